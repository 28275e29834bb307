"""Some tasks alone: never too much where there is a plan, exact where nothing is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.brain.planning_problems import random_problem

from linewalker.brain.planning import exhaustive
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import find_plan
from linewalker.brain.planning.problem import Precedence
from linewalker.brain.planning.relaxation import FEW, demanded, part_of, relaxed, too_much
from tests.brain.planning.brute_force import best_plan

POSSIBLE = [seed for seed in range(20) if exhaustive.best_order(Instance(random_problem(seed, 6, tight=0.3)))]


def test_there_are_such_problems() -> None:
    assert len(POSSIBLE) > 8


@pytest.mark.parametrize("seed", range(40))
def test_what_is_too_much_for_few_tasks_has_no_plan(seed: int) -> None:
    problem = random_problem(seed, 4, tight=2.0)
    if too_much(Instance(problem)):
        assert best_plan(problem) is None


def test_most_of_what_has_no_plan_is_seen_at_once() -> None:
    without = [p for seed in range(40) if best_plan(p := random_problem(seed, 4, tight=2.0)) is None]
    assert sum(too_much(Instance(problem)) for problem in without) > 0.8 * len(without)


@pytest.mark.parametrize("seed", POSSIBLE)
def test_relaxed_tasks_end_no_later_than_all_do(seed: int) -> None:
    """By the same nodes, in whatever order is best for them."""
    instance = Instance(random_problem(seed, 6, tight=0.3))
    order, tasks = exhaustive.best_order(instance), demanded(instance)
    assert order is not None
    alone = relaxed(instance, tasks)
    best = exhaustive.best_order(alone)
    assert best is not None
    end, sooner = instance.end_of(order), alone.end_of(best)
    assert end is not None
    assert sooner is not None
    assert sooner <= end


def test_a_part_with_all_tasks_is_the_whole() -> None:
    problem = random_problem(3, 6, tight=0.3)
    whole = Instance(replace(problem, tasks=tuple(replace(task, required=True) for task in problem.tasks)))
    part, nodes = part_of(whole, range(6))
    assert nodes == tuple(range(len(whole.nodes)))
    assert (part.way, part.not_after, part.needs) == (whole.way, whole.not_after, whole.needs)
    assert exhaustive.best_order(part) == exhaustive.best_order(whole)


def test_what_is_needed_is_demanded() -> None:
    problem = random_problem(0, 4, tight=0.0)
    tasks = tuple(replace(task, required=task.id == "t2") for task in problem.tasks)
    rules = (Precedence(first="t0", then="t1"), Precedence(first="t1", then="t2"), Precedence(first="t3", then="t0"))
    assert demanded(Instance(replace(problem, tasks=tasks, precedences=rules[:2]))) == {0, 1, 2}
    assert demanded(Instance(replace(problem, tasks=tasks, precedences=rules))) == {0, 1, 2, 3}


def test_one_task_of_many_that_is_late_whatever_is_done_first() -> None:
    problem = random_problem(1, 3 * FEW, tight=0.0)
    assert not too_much(Instance(problem))
    late = tuple(replace(task, required=True, deadline_s=0.5) if task.id == "t7" else task for task in problem.tasks)
    assert too_much(Instance(replace(problem, tasks=late)))


def test_a_plan_that_only_some_tasks_have_by_themselves_is_found() -> None:
    """Among 20 tasks, of which 13 are required, that local search and CP-SAT miss when they begin with all."""
    assert isinstance(find_plan(random_problem(20002, 20, tight=1.2), effort=0.05), Plan)
