"""Few tasks of many: whether they alone, ordered exactly, already ask for too much.

Whoever does more tasks between two of them is never earlier at the second than on the shortest way there is by any
places. So some tasks by themselves, with such ways between them and leave to wait anywhere, are a relaxation: where
even they have no order, nothing has that does them. A conflict is as a rule one of few tasks, and of few this is found
out at once, however many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import copy
from dataclasses import replace

import numpy as np

from linewalker.brain.planning import exhaustive
from linewalker.brain.planning.certificate import span_ms
from linewalker.brain.planning.instance import Instance, Order
from linewalker.geometry import Array

FEW = 12
"""So many tasks are ordered exactly in some hundredths of a second."""
_NEVER = 2.0**40


def demanded(instance: Instance) -> frozenset[int]:
    """Tasks that every plan does: what is required, and what that needs."""
    tasks = set(instance.required)
    while more := {first for first, then, needed in instance.rules if needed and then in tasks} - tasks:
        tasks |= more
    return frozenset(tasks)


def part_of(instance: Instance, tasks: Collection[int]) -> tuple[Instance, Order]:
    """The same for some of the tasks, all of them required; and which of the nodes its nodes are."""
    numbers = {task: i for i, task in enumerate(sorted(tasks))}
    nodes = tuple(n for n, node in enumerate(instance.nodes) if node.task in numbers)
    part = copy(instance)
    part.nodes = tuple(replace(instance.nodes[n], task=numbers[instance.nodes[n].task]) for n in nodes)
    part.of_task = [[n for n, node in enumerate(part.nodes) if node.task == t] for t in range(len(numbers))]
    part.rules = [(numbers[a], numbers[b], needed) for a, b, needed in instance.rules if {a, b} <= numbers.keys()]
    part.not_after = [sum({1 << b for a, b, _ in part.rules if a == t}) for t in range(len(numbers))]
    part.needs = [sum({1 << a for a, b, needed in part.rules if needed and b == t}) for t in range(len(numbers))]
    part.worths = [instance.worths[task] for task in numbers]
    part.required = frozenset(range(len(numbers)))
    part.way = [[instance.way[i][j] for j in nodes] for i in nodes]
    part.from_start, part.to_end = ([ways[n] for n in nodes] for ways in (instance.from_start, instance.to_end))
    return part, nodes


def relaxed(instance: Instance, tasks: Collection[int]) -> Instance:
    """Some tasks alone, on the shortest ways, with leave to wait anywhere."""
    return _relaxed(instance, tasks, _shortest(instance))


def too_much(instance: Instance) -> bool:
    """Whether few of the tasks that every plan does have no order even by themselves; False says nothing."""
    ways = _shortest(instance)
    groups = _groups(instance, demanded(instance))
    return any(exhaustive.best_order(_relaxed(instance, few, ways)) is None for few in groups)


def _groups(instance: Instance, tasks: Collection[int]) -> Iterator[Sequence[int]]:
    """Few tasks that may be too much together: with one another's rules, in one zone, the most urgent ones."""
    latest = {task: max((instance.nodes[n].ends for n in instance.of_task[task]), default=0) for task in tasks}

    def most_urgent(some: Collection[int]) -> tuple[int, ...]:
        return tuple(sorted(sorted(some, key=lambda task: latest[task])[:FEW]))

    zones = {task: {instance.nodes[n].zone for n in instance.of_task[task]} for task in tasks}
    pairs = [(a, b) for a, b, _ in instance.rules if a in tasks and b in tasks]
    groups = [most_urgent(tasks)]
    if len(tasks) > FEW:
        groups += [(task,) for task in sorted(tasks)]
        groups += [most_urgent(_linked(task, pairs)) for task in sorted({a for a, _ in pairs})]
        for zone in sorted({node.zone for node in instance.nodes if node.zone}):
            groups.append(most_urgent([task for task in tasks if zones[task] == {zone}]))
    yield from dict.fromkeys(group for group in groups if group)


def _linked(task: int, pairs: Sequence[tuple[int, int]]) -> set[int]:
    linked, before = {task}, 0
    while len(linked) > before:
        before = len(linked)
        linked |= {one for pair in pairs if linked & set(pair) for one in pair}
    return linked


def _shortest(instance: Instance) -> Array:
    """Ways by any places, ms, from each place of the problem to each (Floyd 1962)."""
    problem = instance.problem
    legs = [[_NEVER if leg is None else span_ms(leg, problem.keeps) for leg in row] for row in problem.travel]
    ways: Array = np.array(legs, dtype=float)
    for k in range(len(ways)):
        np.minimum(ways, ways[:, k : k + 1] + ways[k], out=ways)
    return ways


def _relaxed(instance: Instance, tasks: Collection[int], ways: Array) -> Instance:
    part, _ = part_of(instance, tasks)
    problem, at = part.problem, {place.id: i for i, place in enumerate(part.problem.places)}
    part.nodes = tuple(replace(node, leaves=max(part.horizon, node.leaves)) for node in part.nodes)
    places, start, end = [at[node.stop.place] for node in part.nodes], at[problem.start], at[problem.end]

    def way(a: int, b: int) -> int | None:
        return int(ways[a, b]) if ways[a, b] < _NEVER else None

    part.way = [
        [None if i.task == j.task else way(a, b) for j, b in zip(part.nodes, places)]
        for i, a in zip(part.nodes, places)
    ]
    part.from_start, part.to_end = [way(start, b) for b in places], [way(a, end) for a in places]
    return part
