"""How early a plan can end at best: works and a minimum one-tree (Held and Karp 1970, 1971).

Whoever goes from the start to all tasks and to the end, and then is thought to go back, makes a tour. A tree over all
places but one, and the two shortest ways to that one, is never longer than a tour. Prices on places lengthen all ways
at a place alike; every tour pays each price twice, so what a priced one-tree is longer than the prices are, is a bound
for any prices, and prices are raised where the tree passes too often and lowered where it ends.
"""

from __future__ import annotations

from collections.abc import Collection
from math import ceil

import numpy as np
from numpy.typing import NDArray

from linewalker.brain.planning.instance import Instance

Array = NDArray[np.float64]
_ROUNDS, _FIRST_STEP, _SHRINK = 150, 1.0, 0.97


def earliest_end(instance: Instance, tasks: Collection[int], known_end: int | None = None) -> int:
    """When every order that does some tasks, and perhaps more, has ended at the earliest, ms; a bound from below.

    Args:
        instance: what has ways and works.
        tasks: that are done.
        known_end: an end that is known to be reached, or hoped for: what the steps of the prices are scaled by.
    """
    if not all(instance.of_task[task] for task in tasks):
        return instance.horizon + 1  # one of them can be done nowhere
    works = sum(min(instance.nodes[n].work for n in instance.of_task[task]) for task in tasks)
    ways = _ways(instance, sorted(tasks))
    goal = (instance.horizon if known_end is None else known_end) - works
    prices, best, step = np.zeros(len(ways)), 0.0, _FIRST_STEP
    for _ in range(_ROUNDS):
        length, degrees = _one_tree(ways + prices[:, None] + prices[None, :])
        best = max(best, length - 2.0 * prices.sum())
        off = degrees - 2
        if not off.any():
            break
        prices += step * max(goal - best, 0.01 * goal + 1.0) / float(off @ off) * off
        step *= _SHRINK
    return works + ceil(best - 1e-3)


def _ways(instance: Instance, tasks: list[int]) -> Array:
    """Between tasks, start and end: the shorter direction, by whatever places, ms; from end to start nothing."""
    nodes = len(instance.nodes)
    there = np.full((nodes + 2, nodes + 2), np.inf)
    table = [[*row, to_end] for row, to_end in zip(instance.way, instance.to_end)]
    for i, row in enumerate(table):
        there[i, [*range(nodes), nodes + 1]] = [np.inf if way is None else way for way in row]
    there[nodes, :nodes] = [np.inf if way is None else way for way in instance.from_start]
    there[nodes, nodes + 1] = instance.straight
    for k in range(nodes):
        there = np.minimum(there, there[:, k : k + 1] + there[k : k + 1, :])
    there = np.minimum(there, there.T)
    there[nodes, nodes + 1] = there[nodes + 1, nodes] = 0.0
    groups = [*(instance.of_task[task] for task in tasks), [nodes], [nodes + 1]]
    ways = np.array([[there[np.ix_(a, b)].min(initial=np.inf) for b in groups] for a in groups])
    return np.minimum(ways, 2.0 * instance.horizon)  # where there is none, the horizon is missed


def _one_tree(ways: Array) -> tuple[float, NDArray[np.int64]]:
    """Length of the shortest one-tree, and how many of its ways meet at each place; by Prim (1957)."""
    n = len(ways)
    degrees, length = np.zeros(n, dtype=np.int64), 0.0
    if n < 3:
        return 2.0 * float(ways[0, 1]), np.full(n, 2)
    nearest, reach, inside = np.zeros(n, dtype=np.int64), ways[0].copy(), np.zeros(n, dtype=bool)
    inside[[0, n - 1]] = True  # the last place is not part of the tree
    for _ in range(n - 2):
        k = int(np.where(inside, np.inf, reach).argmin())
        length += float(reach[k])
        degrees[[k, nearest[k]]] += 1
        inside[k] = True
        closer = ways[k] < reach
        reach[closer], nearest[closer] = ways[k][closer], k
    two = np.argsort(ways[n - 1, : n - 1], kind="stable")[:2]
    degrees[two] += 1
    degrees[n - 1] = 2
    return length + float(ways[n - 1, two].sum()), degrees
