"""The one-tree never promises too much, and on a round way all there is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest
from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning.exhaustive import best_order
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.one_tree import earliest_end
from linewalker.brain.planning.problem import Place, Placement, Problem, Span, Task, travel_table


def around(count: int) -> Problem:
    """Tasks of a second at places on a circle with home on it, a metre a second."""
    angles = [2.0 * math.pi * i / (count + 1) for i in range(count + 1)]
    places = tuple(Place(id=f"p{i}", x_m=9 * math.cos(a), y_m=9 * math.sin(a)) for i, a in enumerate(angles))
    return Problem(
        places=places,
        travel=travel_table(places, lambda a, b: Span.exactly(math.hypot(a.x_m - b.x_m, a.y_m - b.y_m))),
        start="p0",
        end="p0",
        tasks=tuple(
            Task(id=place.id, placements=(Placement(place=place.id, duration=Span.exactly(1.0)),))
            for place in places[1:]
        ),
    )


def bound(instance: Instance, tasks: Iterable[int], goal: int) -> int:
    document = instance.problem.document()
    return earliest_end(document, [document["tasks"][task] for task in sorted(tasks)], goal)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("tight", [0.0, 1.0])
def test_no_order_ends_earlier(seed: int, tight: float) -> None:
    instance = Instance(random_problem(seed, 7, tight=tight))
    order = best_order(instance)
    if order is None:
        return
    end = instance.end_of(order)
    assert end is not None
    done = {instance.nodes[n].task for n in order}
    for goal in (end, 2 * end, instance.horizon):
        assert bound(instance, done, goal) <= end
        assert bound(instance, instance.required, goal) <= end


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20])
def test_on_a_round_way_the_bound_is_the_way_round(count: int) -> None:
    instance = Instance(around(count))
    end = instance.end_of([instance.of_task[task][0] for task in range(count)])
    assert end is not None
    assert end - count - 1 <= bound(instance, range(count), end) <= end


def test_doing_nothing_takes_the_straight_way_and_what_no_way_leads_to_takes_too_long() -> None:
    problem = around(3)
    assert bound(Instance(problem), (), 60_000) == 0
    away = replace(problem, start="p2")
    straight = away.way("p2", "p0")
    assert straight is not None
    assert bound(Instance(away), (), 60_000) == round(1000 * straight.expected_s)
    table = tuple(
        tuple(None if i != j and 2 in (i, j) else leg for j, leg in enumerate(row))
        for i, row in enumerate(problem.travel)
    )
    assert bound(Instance(replace(problem, travel=table)), range(3), 60_000) > 60_000
