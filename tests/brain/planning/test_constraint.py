"""Constraints by name, and problems without some of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from benchmarks.brain.planning_problems import random_problem, round_a_car

from linewalker.brain.planning.conflict_checker import relaxed
from linewalker.brain.planning.constraint import Constraint, Kind, constraints_of, only
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.problem import Precedence
from linewalker.brain.planning.search import decide


@pytest.mark.parametrize("seed", range(20))
def test_a_problem_with_all_its_constraints_demands_the_same(seed: int) -> None:
    problem = random_problem(seed, 5, tight=1.5)
    same = only(problem, constraints_of(problem))
    assert set(constraints_of(same)) <= set(constraints_of(problem))
    assert decide(Instance(same)).impossible == decide(Instance(problem)).impossible


@pytest.mark.parametrize("seed", range(20))
def test_without_constraints_nothing_is_to_be_done(seed: int) -> None:
    assert not any(task.required for task in only(random_problem(seed, 5, tight=1.5), ()).tasks)
    assert only(round_a_car(seed, 5), ()).tasks == ()  # nor to be done on the way: ways lead everywhere


def test_what_a_required_task_needs_stays_and_what_nobody_needs_goes() -> None:
    problem = random_problem(0, 4, tight=0.0)
    names = [task.id for task in problem.tasks]
    chain = tuple(Precedence(first=a, then=b) for a, b in pairwise(names[:3]))
    wanted = Constraint(kind=Kind.REQUIRED, of=(names[2],))
    problem = replace(problem, tasks=tuple(replace(t, required=True) for t in problem.tasks), precedences=chain)
    rules = [Constraint(kind=Kind.PRECEDENCE, of=(rule.first, rule.then)) for rule in chain]
    rest = only(problem, [wanted, *rules])
    assert [task.id for task in rest.tasks if task.required] == [names[2]]
    assert [task.id for task in rest.tasks] == names[:3]
    assert [task.id for task in only(problem, [wanted, rules[0]]).tasks] == [names[2]]


@pytest.mark.parametrize("seed", range(20))
def test_the_checker_relaxes_a_problem_in_the_same_way(seed: int) -> None:
    problem = random_problem(seed, 6, tight=1.5)
    for kept in (constraints_of(problem)[::2], constraints_of(problem)[1::2], constraints_of(problem)):
        members = [constraint.document() for constraint in kept]
        assert relaxed(problem.document(), members) == only(problem, kept).document()
