"""Plans, and what is left where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.brain.planning_problems import random_problem, round_a_car

from linewalker.brain.planning.certificate import Stop, certified
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall, find_plan
from tests.brain.planning.brute_force import best_plan


@pytest.mark.parametrize("seed", range(40))
def test_a_problem_has_a_plan_or_a_conflict_and_the_best_part_of_a_plan(seed: int) -> None:
    problem = random_problem(seed, 4, tight=1.2)
    found = find_plan(problem)
    if isinstance(found, Plan):
        assert found.certificate.reached == best_plan(problem)
        return
    assert best_plan(problem) is None
    assert found.conflict is not None
    assert found.partial is not None  # doing nothing keeps every limit here
    rest = replace(problem, tasks=tuple(replace(task, required=False) for task in problem.tasks))
    assert found.partial.certificate.reached == best_plan(rest)


@pytest.mark.parametrize("visits", [5, 18])
@pytest.mark.parametrize("seed", range(5))
def test_a_plan_is_never_worse_than_once_round_the_car(seed: int, visits: int) -> None:
    problem = round_a_car(seed, visits, limits=False)
    ring = [task.id for task in problem.tasks]
    once_round = certified(problem, [Stop(task=name, place=name) for name in ring])
    found = find_plan(problem, hint=ring, effort=0.01)
    assert isinstance(found, Plan)
    assert found.certificate.reached.rank <= once_round.reached.rank


def test_where_not_even_doing_nothing_is_in_time_there_is_no_part_of_a_plan() -> None:
    problem = random_problem(0, 3, tight=0.0)
    away = replace(problem, start=next(p.id for p in problem.places[1:]), limit_s=0.5)
    found = find_plan(away)
    assert isinstance(found, Shortfall)
    assert found.partial is None
