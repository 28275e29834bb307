"""Dynamic programming: what it finds is known in closed form, and nothing that it could be given is too small."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning.exhaustive import best_order
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.problem import Place, Placement, Problem, Span, Task, Worth, travel_table

SOLVABLE = [seed for seed in range(12) if best_order(Instance(random_problem(seed, 6, tight=0.3))) is not None]


def along_a_line(*x_m: float, limit_s: float | None = None) -> Problem:
    """Tasks of a second at places on a line, a metre a second apart; home is at 0."""
    places = (Place(id="home"), *(Place(id=f"p{i}", x_m=x) for i, x in enumerate(x_m)))
    return Problem(
        places=places,
        travel=travel_table(places, lambda a, b: Span.exactly(abs(a.x_m - b.x_m))),
        start="home",
        end="home",
        tasks=tuple(
            Task(id=f"t{i}", placements=(Placement(place=f"p{i}", duration=Span.exactly(1.0)),), required=False)
            for i in range(len(x_m))
        ),
        limit_s=limit_s,
    )


def test_on_a_line_the_robot_walks_to_both_ends_and_back() -> None:
    instance = Instance(along_a_line(3.0, -2.0, 5.0, 1.0, -4.0))
    order = best_order(instance)
    assert order is not None
    assert instance.end_of(order) == 1000 * (2 * (5 + 4) + 5)


def test_under_a_limit_it_does_what_is_worth_most() -> None:
    """One critical task far away outweighs all the minor ones near by."""
    problem = along_a_line(1.0, 2.0, 3.0, -9.0, limit_s=20.0)
    tasks = (*problem.tasks[:3], Task(id="far", placements=problem.tasks[3].placements, worth=Worth(critical=1)))
    order = best_order(Instance(replace(problem, tasks=tasks)))
    assert order == (3,)


def test_nothing_to_do_is_done_at_home() -> None:
    assert best_order(Instance(along_a_line())) == ()
    assert best_order(Instance(along_a_line(3.0, limit_s=6.9))) == ()


@pytest.mark.parametrize("seed", SOLVABLE)
def test_no_permutation_of_what_it_does_is_quicker(seed: int) -> None:
    instance = Instance(random_problem(seed, 6, tight=0.3))
    order = best_order(instance)
    assert order is not None
    ends = [end for tried in permutations(order) if (end := instance.end_of(tried)) is not None]
    assert min(ends) == instance.end_of(order)
