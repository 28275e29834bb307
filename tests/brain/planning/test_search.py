"""The search equals brute force: all orders of few tasks, through the checker."""

from __future__ import annotations

import pytest
from benchmarks.brain.planning_problems import random_problem
from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.brain.planning import exhaustive
from linewalker.brain.planning.certificate import certified
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.problem import Problem
from linewalker.brain.planning.search import Found, decide, proved, search
from tests.brain.planning.brute_force import best_plan


def reached(problem: Problem, found: Found) -> object:
    """How good what was found is, and whether it is said to be best."""
    if found.order is None:
        return None
    reached = certified(problem, Instance(problem).stops(found.order)).reached
    return reached, reached == found.bound


@settings(max_examples=80, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), tasks=st.integers(0, 4), tight=st.floats(0.0, 2.0))
def test_both_ways_to_search_find_the_best_plan_and_say_so(seed: int, tasks: int, tight: float) -> None:
    problem = random_problem(seed, tasks, tight=tight)
    best = best_plan(problem)
    instance = Instance(problem)
    for found in (search(instance), proved(instance, None, effort=2.0)):
        assert reached(problem, found) == (None if best is None else (best, True))
        assert found.impossible == (best is None)
    assert decide(instance).impossible == (best is None)


@pytest.mark.parametrize("seed", range(6))
def test_dynamic_and_constraint_programming_agree_where_brute_force_ends(seed: int) -> None:
    problem = random_problem(seed, 7, tight=0.8)
    instance = Instance(problem)
    assert reached(problem, proved(instance, None, effort=10.0)) == reached(problem, search(instance))


def test_more_tasks_than_can_be_proved_get_the_same_order_every_time_and_a_bound_that_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exhaustive, "MOST_TASKS", 9)
    problem = random_problem(2, 12, tight=0.3)
    found = search(Instance(problem), effort=0.4)
    assert found == search(Instance(problem), effort=0.4)
    assert found.order is not None
    assert found.bound is not None
    exact = exhaustive.best_order(Instance(problem))
    assert exact is not None
    best = certified(problem, Instance(problem).stops(exact)).reached
    assert found.bound.rank <= best.rank <= certified(problem, Instance(problem).stops(found.order)).reached.rank
