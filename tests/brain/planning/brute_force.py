"""All plans of a small problem, and the best of them: the slow reference that the search has to equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations, product
from unittest.mock import patch

from linewalker.brain.planning import one_tree
from linewalker.brain.planning.certificate import Certificate, Quality, Stop, certified
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.problem import Problem, Task
from linewalker.errors import PlanRefused


def best_plan(problem: Problem) -> Quality | None:
    """How good the best plan is that the checker accepts; None: it accepts none."""
    found = [certificate.reached for certificate in all_plans(problem)]
    return min(found, key=lambda quality: quality.rank, default=None)


def all_plans(problem: Problem) -> list[Certificate]:
    """Every plan that the checker accepts."""
    with patch.object(one_tree, "_ROUNDS", 1):  # a poor bound is one as well, and here nobody looks at it
        return [certificate for stops in _all_orders(problem) if (certificate := _accepted(problem, stops))]


def _accepted(problem: Problem, stops: Sequence[Stop]) -> Certificate | None:
    places = [problem.start, *(stop.place for stop in stops), problem.end]
    if any(problem.way(here, there) is None for here, there in pairwise(places)):
        return None
    certificate = certified(problem, stops)
    try:
        verify(problem.document(), certificate.document())
    except PlanRefused:
        return None
    return certificate


def _all_orders(problem: Problem) -> Iterator[tuple[Stop, ...]]:
    required = {task.id for task in problem.tasks if task.required}
    for count in range(len(required), len(problem.tasks) + 1):
        for tasks in permutations(problem.tasks, count):
            if required <= {task.id for task in tasks}:
                yield from product(*(list(stops_of(problem, task)) for task in tasks))


def stops_of(problem: Problem, task: Task) -> Iterator[Stop]:
    """Every way to do a task."""
    zones = {place.id: place.zone for place in problem.places}
    for placement in task.placements:
        zone = zones[placement.place]
        for permit in [p for p in problem.permits if p.zone == zone] if zone else [None]:
            yield Stop(task=task.id, place=placement.place, permit=permit)
