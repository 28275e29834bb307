"""The planner: from a problem to a certified plan, or to why there is none and the best of what can be done instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from linewalker.brain.planning.certificate import certified
from linewalker.brain.planning.conflict import Conflict, minimal_conflict
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.problem import Problem
from linewalker.brain.planning.search import DEFAULT_EFFORT, Found, search


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """There is no plan that does all that is required.

    Attributes:
        problem: that has none.
        conflict: which constraints can not be kept together; None: the search ended before it had found a plan, or had
            proved that there is none, or which constraints that is due to.
        partial: the best plan for the same problem with nothing required in it; None: not even doing nothing keeps
            the limit.
    """

    problem: Problem
    conflict: Conflict | None
    partial: Plan | None


def find_plan(problem: Problem, *, hint: Sequence[str] = (), effort: float = DEFAULT_EFFORT) -> Plan | Shortfall:
    """The best plan: worth most by class, and of those the one that ends first. The same problem gets the same plan.

    Args:
        problem: what is to be done.
        hint: ids of tasks in an order that a plan is never worse than (each at its first placement).
        effort: as in `search`; few tasks take less.
    """
    instance = Instance(problem)
    found = search(instance, hint=hint, effort=effort)
    plan = _plan(instance, found)
    if plan is not None:
        return plan
    order = [*hint, *(task.id for task in problem.tasks if task.id not in set(hint))]
    conflict = minimal_conflict(problem, order)
    optional = tuple(replace(task, required=False) for task in problem.tasks)
    rest = Instance(replace(problem, tasks=optional))
    return Shortfall(problem=problem, conflict=conflict, partial=_plan(rest, search(rest, hint=hint, effort=effort)))


def _plan(instance: Instance, found: Found) -> Plan | None:
    if found.order is None:
        return None
    certificate = certified(instance.problem, instance.stops(found.order))
    return Plan(problem=instance.problem, certificate=certificate, bound=found.bound)
