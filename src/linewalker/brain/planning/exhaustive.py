"""The best order of a few tasks, proved: dynamic programming over what is done and where that ended.

Of all ways to have done the same tasks and to have ended with the same node, the one that is ready earliest serves
whatever follows best. So ``ready[done, node]`` is all there is to know (Bellman 1962; Held and Karp 1962).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from linewalker.brain.planning.exhaustive_kernel import NEVER, earliest
from linewalker.brain.planning.instance import Instance, Order
from linewalker.kernel import make_ready

MOST_TASKS = 16
"""They take a tenth of a second; each more doubles that."""


def best_order(instance: Instance) -> Order | None:
    """The order that is worth most and then ends earliest, among those that do what is required; None: there is none.

    Args:
        instance: of at most `MOST_TASKS` tasks.
    """
    table = _Table(instance)
    done = np.arange(1 << len(instance.of_task))
    ends = table.ready + _ways(instance.to_end)
    end = ends.min(axis=1, initial=NEVER)
    if instance.straight <= instance.horizon:
        end[0] = instance.straight
    required = sum(1 << task for task in instance.required)
    allowed = np.flatnonzero((end <= instance.horizon) & (done & required == required))
    if not len(allowed):
        return None
    is_done = allowed[:, None] >> np.arange(len(instance.of_task)) & 1
    critical, major, minor = (-is_done @ np.array(instance.worths, dtype=np.int64).reshape(-1, 3)).T
    best = int(allowed[np.lexsort((end[allowed], minor, major, critical))[0]])
    return table.order(best, int(ends[best].argmin())) if best else ()


class _Table:
    """``ready[done, node]``: when everything in a set of tasks can be done at the earliest, ending with a node; ms."""

    def __init__(self, instance: Instance):
        make_ready()
        nodes = instance.nodes
        self._task = [node.task for node in nodes]
        told = [(node.task, node.work, node.begins, node.ends, node.leaves) for node in nodes]
        self._nodes = np.array(told, dtype=np.int64).reshape(-1, 5)
        rows = [_ways(row) for row in instance.way]
        self._way = np.ascontiguousarray(np.array(rows, dtype=np.int64).reshape(len(nodes), len(nodes)).T)
        self.ready = np.empty((1 << len(instance.of_task), len(nodes)), dtype=np.int64)
        not_after, needs = (np.array(sets, dtype=np.int64) for sets in (instance.not_after, instance.needs))
        earliest(self._nodes, not_after, needs, self._way, _ways(instance.from_start), self.ready)

    def order(self, done: int, last: int) -> Order:
        """How a set of tasks is done that ends with a node."""
        order: Order = (last,)
        while before := done & ~(1 << self._task[last]):
            arrives = self.ready[before] + self._way[last]
            waits = np.maximum(arrives, self._nodes[last, 2])
            in_time = waits - self._way[last] <= self._nodes[:, 4]
            began = self.ready[done, last] - self._nodes[last, 1]
            done, last = before, int(np.flatnonzero(in_time & (waits == began))[0])
            order = (last, *order)
        return order


def _ways(ways: Iterable[int | None]) -> NDArray[np.int64]:
    return np.array([NEVER if way is None else way for way in ways], dtype=np.int64)
