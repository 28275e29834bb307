"""How early a plan can end at best, out of its problem alone: works, and a one-tree (Held and Karp 1970, 1971).

Whoever goes from the start to all tasks and to the end, and is thought to be back at once, makes a tour. A tree over
all places but one, and the two shortest ways to that one, is never longer than a tour. Prices on places lengthen all
ways at a place alike, and a tour pays each price twice: whatever the prices are, what such a tree is longer than
twice their sum is a bound. They are raised where the tree passes too often and lowered where it ends, until it is
almost a tour itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]
_ROUNDS, _SHRINK = 120, 0.965


def earliest_end(problem: Document, tasks: Sequence[Document], goal: int) -> int:
    """Before this no plan that does some tasks, and perhaps others, has ended, ms.

    Args:
        problem: its document.
        tasks: some of it.
        goal: an end that is reached or hoped for, ms: what the prices are changed in proportion to.
    """
    case = {"expected": 1, "worst": 2}[problem["keeps"]]
    ids = [place["id"] for place in problem["places"]]
    groups = [[ids.index(placement["place"]) for placement in task["placements"]] for task in tasks]
    groups += [[ids.index(problem["start"])], [ids.index(problem["end"])]]
    there = _shortest(problem["travel_s"], case, 2 * goal + 1)
    if not tasks:
        return there[groups[0][0]][groups[1][0]]
    works = sum(min(_ms(placement["duration_s"][case]) for placement in task["placements"]) for task in tasks)
    ways = [[min(min(there[i][j], there[j][i]) for i in a for j in b) for b in groups] for a in groups]
    ways[-1][-2] = ways[-2][-1] = 0  # from the end to the start at once
    return works + _longest_one_tree(ways, goal - works)


def _longest_one_tree(ways: Sequence[Sequence[int]], goal: int) -> int:
    """What it is longer than twice its prices, over the prices that are tried."""
    prices, step, best = [0.0] * len(ways), 1.0, 0
    for _ in range(_ROUNDS):
        whole = [round(price) for price in prices]
        length, degrees = _one_tree([[way + a + b for way, b in zip(row, whole)] for row, a in zip(ways, whole)])
        best = max(best, length - 2 * sum(whole))
        off = [degree - 2 for degree in degrees]
        if not any(off):
            break
        change = step * max(goal - best, goal // 100 + 1) / sum(d * d for d in off)
        prices = [price + change * d for price, d in zip(prices, off)]
        step *= _SHRINK
    return best


def _one_tree(ways: Sequence[Sequence[int]]) -> tuple[int, list[int]]:
    """Length of the shortest one over all but the last place (Prim 1957); how many of its ways meet at each place."""
    last, degrees, length = len(ways) - 1, [0] * len(ways), 0
    reach = {i: (way, 0) for i, way in enumerate(ways[0]) if 0 < i < last}
    while reach:
        k = min(reach, key=reach.__getitem__)
        way, by = reach.pop(k)
        length, degrees[k], degrees[by] = length + way, degrees[k] + 1, degrees[by] + 1
        for i, on in enumerate(ways[k]):
            if i in reach and on < reach[i][0]:
                reach[i] = on, k
    for way, i in sorted((way, i) for i, way in enumerate(ways[last]) if i < last)[:2]:
        length, degrees[i], degrees[last] = length + way, degrees[i] + 1, degrees[last] + 1
    return length, degrees


def _shortest(travel_s: Sequence[Sequence[Any]], case: int, none: int) -> list[list[int]]:
    """Between any two places, by whatever places, ms (Floyd 1962); ``none`` stands where there is no way."""
    ways = [[none if leg is None else _ms(leg[case]) for leg in row] for row in travel_s]
    for k, by in enumerate(ways):
        for row in ways:
            row[:] = [min(way, row[k] + on) for way, on in zip(row, by)]
    return ways


def _ms(seconds: float) -> int:
    return round(1000 * seconds)
