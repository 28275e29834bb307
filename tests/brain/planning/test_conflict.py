"""Conflicts: none of their members can be spared, by deletion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning import exhaustive
from linewalker.brain.planning.conflict import minimal_conflict
from linewalker.brain.planning.conflict_checker import verify_conflict
from linewalker.brain.planning.constraint import Constraint, Kind, only
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.problem import Precedence, Problem
from linewalker.brain.planning.search import decide
from tests.brain.planning.brute_force import best_plan
from tests.brain.planning.test_certificate import PERMIT, PROBLEM

IMPOSSIBLE = [seed for seed in range(60) if decide(Instance(random_problem(seed, 4, tight=2.0))).impossible]
REQUIRED_A = Constraint(kind=Kind.REQUIRED, of=("a",))
REQUIRED_B = Constraint(kind=Kind.REQUIRED, of=("b",))


def members(problem: Problem) -> set[Constraint]:
    """Of its conflict, which the checker has accepted."""
    conflict = minimal_conflict(problem)
    assert conflict is not None
    verify_conflict(problem.document(), conflict.document(), lambda _: False)
    return set(conflict.members)


def test_what_can_be_planned_has_none() -> None:
    assert minimal_conflict(PROBLEM) is None


def test_there_are_such_problems() -> None:
    assert len(IMPOSSIBLE) > 20


@pytest.mark.parametrize("seed", IMPOSSIBLE)
def test_all_members_together_are_too_much_and_all_but_any_one_are_not(seed: int) -> None:
    problem = random_problem(seed, 4, tight=2.0)
    found = members(problem)
    assert best_plan(only(problem, found)) is None
    for member in found:
        assert best_plan(only(problem, found - {member})) is not None


@pytest.mark.parametrize("seed", IMPOSSIBLE[:12])
def test_many_tasks_are_decided_by_constraint_programming_alike(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exhaustive, "MOST_TASKS", -1)
    problem = random_problem(seed, 4, tight=2.0)
    found = members(problem)
    assert best_plan(only(problem, found)) is None


def test_two_tasks_that_do_not_fit_under_the_limit() -> None:
    """Each alone would: (5 + 12 + 5) s and, waiting for its permit, (20 + 12 + 5) s; both need 39 s."""
    problem = replace(PROBLEM, limit_s=37.5)
    assert members(problem) == {Constraint(kind=Kind.LIMIT), REQUIRED_A, REQUIRED_B}


def test_a_deadline_before_the_zone_opens() -> None:
    early = replace(PROBLEM.tasks[0], deadline_s=30.0)
    problem = replace(PROBLEM, tasks=(early, *PROBLEM.tasks[1:]))
    expected = {REQUIRED_A, Constraint(kind=Kind.DEADLINE, of=("a",)), Constraint(kind=Kind.PERMIT, of=("press",))}
    assert members(problem) == expected


def test_tasks_that_wait_for_one_another() -> None:
    circle = (Precedence(first="a", then="b"), Precedence(first="b", then="a"))
    problem = replace(PROBLEM, precedences=circle, limit_s=None)
    rules = {Constraint(kind=Kind.PRECEDENCE, of=(rule.first, rule.then)) for rule in circle}
    found = members(problem)
    assert found > rules
    assert found - rules <= {REQUIRED_A, REQUIRED_B}


def test_a_task_that_is_not_required_may_still_be_done_on_the_way() -> None:
    """From a to b there is a way by c alone, so all that matters is c's deadline."""
    table = [list(row) for row in PROBLEM.travel]
    table[1][2] = None  # from left to right
    tasks = (
        *PROBLEM.tasks[:2],
        replace(PROBLEM.tasks[2], placements=(replace(PROBLEM.tasks[2].placements[0], place="home"),)),
    )
    rule = (Precedence(first="a", then="b"),)
    problem = replace(PROBLEM, tasks=tasks, travel=tuple(map(tuple, table)), precedences=rule, limit_s=None)
    assert minimal_conflict(problem) is None
    assert best_plan(problem) is not None


def test_a_task_to_which_no_way_leads() -> None:
    table = tuple(
        tuple(None if i != j and 1 in (i, j) else leg for j, leg in enumerate(row))
        for i, row in enumerate(PROBLEM.travel)
    )
    assert members(replace(PROBLEM, travel=table)) == {REQUIRED_A}


def test_a_zone_without_a_permit_and_a_limit_that_not_even_the_way_home_keeps() -> None:
    assert members(replace(PROBLEM, permits=())) == {REQUIRED_A, Constraint(kind=Kind.PERMIT, of=("press",))}
    away = replace(PROBLEM, start="right", limit_s=4.0, permits=(PERMIT,))
    assert members(away) == {Constraint(kind=Kind.LIMIT)}
