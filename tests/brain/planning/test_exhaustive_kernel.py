"""The table holds what trying every order of every set of tasks comes to."""

from itertools import permutations, product

import numpy as np
import pytest
from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning.exhaustive_kernel import NEVER, earliest
from linewalker.brain.planning.instance import Instance
from linewalker.kernel import make_ready


def ready_after(instance: Instance, order: tuple[int, ...]) -> int:
    """When nodes are done one after the other; NEVER if a limit forbids it."""
    ready, before, done = 0, -1, 0
    for n in order:
        node = instance.nodes[n]
        way = instance.way[before][n] if before >= 0 else instance.from_start[n]
        if way is None or done & instance.not_after[node.task] or ~done & instance.needs[node.task]:
            return NEVER
        arrives = max(ready + way, node.begins)
        if before >= 0 and arrives - way > instance.nodes[before].leaves:
            return NEVER
        ready, before, done = arrives + node.work, n, done | 1 << node.task
        if ready > node.ends:
            return NEVER
    return ready


def numbers(rows: object) -> np.ndarray:
    return np.array(rows, dtype=np.int64)


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_any_set_is_ready_earlier(seed: int) -> None:
    make_ready()
    instance = Instance(random_problem(seed, 4, tight=(0.3, 1.0)[seed % 2]))
    nodes, sets = instance.nodes, 1 << len(instance.of_task)
    told = numbers([(n.task, n.work, n.begins, n.ends, n.leaves) for n in nodes])
    to = numbers(
        [[NEVER if (way := instance.way[m][n]) is None else way for m in range(len(nodes))] for n in range(len(nodes))]
    )
    start = numbers([NEVER if way is None else way for way in instance.from_start])
    ready = np.empty((sets, len(nodes)), dtype=np.int64)
    earliest(told, numbers(instance.not_after), numbers(instance.needs), to, start, ready)
    for done in range(sets):
        tasks = [task for task in range(len(instance.of_task)) if done >> task & 1]
        orders = [o for tried in permutations(tasks) for o in product(*(instance.of_task[task] for task in tried))]
        for n in range(len(nodes)):
            best = min((ready_after(instance, o) for o in orders if o and o[-1] == n), default=NEVER)
            assert ready[done, n] == best
