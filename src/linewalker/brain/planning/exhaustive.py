"""The best order of a few tasks, proved: dynamic programming over what is done and where that ended.

Of all ways to have done the same tasks and to have ended with the same node, the one that is ready earliest serves
whatever follows best. So ``ready[node, done]`` is all there is to know (Bellman 1962; Held and Karp 1962).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.brain.planning.instance import Instance, Order

MOST_TASKS = 16
"""They take a third of a second; each more doubles that."""

_NEVER = 2**40


def best_order(instance: Instance) -> Order | None:
    """The order that is worth most and then ends earliest, among those that do what is required; None: there is none.

    Args:
        instance: of at most `MOST_TASKS` tasks.
    """
    table = _Table(instance)
    done = np.arange(1 << len(instance.of_task))
    ends = table.ready + np.array([_NEVER if way is None else way for way in instance.to_end])[:, None]
    end = ends.min(axis=0, initial=_NEVER)
    if instance.straight <= instance.horizon:
        end[0] = instance.straight
    required = sum(1 << task for task in instance.required)
    allowed = np.flatnonzero((end <= instance.horizon) & (done & required == required))
    if not len(allowed):
        return None
    is_done = allowed[:, None] >> np.arange(len(instance.of_task)) & 1
    critical, major, minor = (-is_done @ np.array(instance.worths, dtype=np.int64).reshape(-1, 3)).T
    best = int(allowed[np.lexsort((end[allowed], minor, major, critical))[0]])
    return table.order(best, int(ends[:, best].argmin())) if best else ()


class _Table:
    """``ready[node, done]``: when everything in a set of tasks can be done at the earliest, ending with a node; ms."""

    def __init__(self, instance: Instance):
        self._instance = instance
        tasks = len(instance.of_task)
        self._way = np.array([[_NEVER if way is None else way for way in row] for row in instance.way], dtype=np.int64)
        self._leaves = np.array([node.leaves for node in instance.nodes], dtype=np.int64)
        self.ready = np.full((len(instance.nodes), 1 << tasks), _NEVER, dtype=np.int64)
        sizes = np.array([bin(done).count("1") for done in range(1 << tasks)])
        for n, way in enumerate(instance.from_start):
            start = np.array([[0 if way is None else way]])
            if way is not None and self._allowed(n, np.zeros(1, dtype=np.int64))[0]:
                self.ready[n, 1 << instance.nodes[n].task] = self._ready(n, np.zeros((1, 1), np.int64), start, None)[0]
        for size in range(1, tasks):
            before = np.flatnonzero(sizes == size)
            for n, node in enumerate(instance.nodes):
                bit = 1 << node.task
                sets = before[(before & bit == 0) & self._allowed(n, before)]
                then = self._ready(n, self.ready[:, sets], self._way[:, n : n + 1], self._leaves[:, None])
                self.ready[n, sets | bit] = then

    def _allowed(self, n: int, done: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a node may be next where these sets of tasks are done."""
        task = self._instance.nodes[n].task
        needs = self._instance.needs[task]
        return (done & self._instance.not_after[task] == 0) & (done & needs == needs)

    def _ready(
        self,
        n: int,
        ready: NDArray[np.int64],
        way: NDArray[np.int64],
        leaves: NDArray[np.int64] | None,
    ) -> NDArray[np.int64]:
        """When a node is done, at the earliest over what may come before it (rows)."""
        node = self._instance.nodes[n]
        arrives = np.maximum(ready + way, node.begins)
        ends = arrives + node.work
        late = ends > node.ends
        if leaves is not None:
            late |= arrives - way > leaves
        return np.where(late, _NEVER, ends).min(axis=0, initial=_NEVER)

    def order(self, done: int, last: int) -> Order:
        """How a set of tasks is done that ends with a node."""
        instance = self._instance
        order: Order = (last,)
        while done := done & ~(1 << instance.nodes[last].task):
            sets = np.array([done])
            way, leaves = self._way[:, last], self._leaves
            goal = self.ready[last, done | 1 << instance.nodes[last].task]
            reached = [
                self._ready(last, self.ready[i : i + 1, sets], way[i : i + 1, None], leaves[i : i + 1, None])[0]
                for i in range(len(instance.nodes))
            ]
            last = reached.index(goal)
            order = (last, *order)
        return order
