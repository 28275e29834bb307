"""The one-tree never promises too much, and on a round way all there is."""

from __future__ import annotations

import math

import pytest

from linewalker.brain.planning.exhaustive import best_order
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.one_tree import earliest_end
from linewalker.brain.planning.problem import Place, Placement, Problem, Span, Task, travel_table
from tests.brain.planning.random_problems import random_problem


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
    for hoped in (None, end, 2 * end):
        assert earliest_end(instance, done, hoped) <= end
    assert earliest_end(instance, instance.required) <= end


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20])
def test_on_a_round_way_the_bound_is_the_way_round(count: int) -> None:
    instance = Instance(around(count))
    end = instance.end_of([instance.of_task[task][0] for task in range(count)])
    assert end is not None
    assert end - count - 1 <= earliest_end(instance, range(count), end) <= end


def test_doing_nothing_takes_the_straight_way_and_what_can_be_done_nowhere_too_long() -> None:
    problem = around(3)
    instance = Instance(problem)
    assert earliest_end(instance, ()) == 0
    instance.of_task[1] = []
    assert earliest_end(instance, range(3)) > instance.horizon
