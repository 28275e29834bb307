"""The constraints of a problem by name, each of which can be given up: what a conflict is made of.

How long things take, which ways there are and when tasks may begin is how the world is, and none of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from linewalker.brain.planning.problem import Problem


class Kind(Enum):
    """What a constraint demands."""

    REQUIRED = "required"
    """That a task is done."""

    DEADLINE = "deadline"
    """That a task is done in time."""

    PRECEDENCE = "precedence"
    """That a task is done before another."""

    PERMIT = "permit"
    """That the robot is in a zone with a permit alone."""

    LIMIT = "limit"
    """That the plan ends in time."""


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """One constraint.

    Attributes:
        kind: what it demands.
        of: ids of the tasks, or the zone, that it is about.
    """

    kind: Kind
    of: tuple[str, ...] = ()

    def document(self) -> list[str]:
        """As it stands in JSON."""
        return [self.kind.value, *self.of]


def constraints_of(problem: Problem) -> tuple[Constraint, ...]:
    """All constraints of a problem."""
    found = [Constraint(kind=Kind.LIMIT)] if problem.limit_s is not None else []
    zones = dict.fromkeys(place.zone for place in problem.places if place.zone)
    found += [Constraint(kind=Kind.PERMIT, of=(zone,)) for zone in zones]
    pairs = dict.fromkeys((p.first, p.then) for p in problem.precedences)
    found += [Constraint(kind=Kind.PRECEDENCE, of=pair) for pair in pairs]
    found += [Constraint(kind=Kind.DEADLINE, of=(t.id,)) for t in problem.tasks if t.deadline_s is not None]
    found += [Constraint(kind=Kind.REQUIRED, of=(t.id,)) for t in problem.tasks if t.required]
    return tuple(found)


def only(problem: Problem, kept: Collection[Constraint]) -> Problem:
    """A problem without all constraints but some.

    Tasks that nothing kept speaks for are left out, unless they could help: between two others, where there is no way
    from one to the other, or to wait outside of a zone.
    """
    constraints = set(kept)

    def holds(kind: Kind, *of: str) -> bool:
        return Constraint(kind=kind, of=of) in constraints

    precedences = [p for p in problem.precedences if holds(Kind.PRECEDENCE, p.first, p.then)]
    wanted = {task.id for task in problem.tasks if holds(Kind.REQUIRED, task.id)}
    if any(None in row for row in problem.travel) or any(constraint.kind is Kind.PERMIT for constraint in constraints):
        wanted = {task.id for task in problem.tasks}
    while more := {p.first for p in precedences if p.needed and p.then in wanted} - wanted:
        wanted |= more
    tasks = (
        replace(
            task,
            required=holds(Kind.REQUIRED, task.id),
            deadline_s=task.deadline_s if holds(Kind.DEADLINE, task.id) else None,
        )
        for task in problem.tasks
        if task.id in wanted
    )
    return replace(
        problem,
        places=tuple(place if holds(Kind.PERMIT, place.zone) else replace(place, zone="") for place in problem.places),
        tasks=tuple(tasks),
        precedences=tuple(p for p in precedences if p.first in wanted and p.then in wanted),
        permits=tuple(permit for permit in problem.permits if holds(Kind.PERMIT, permit.zone)),
        limit_s=problem.limit_s if holds(Kind.LIMIT) else None,
    )
