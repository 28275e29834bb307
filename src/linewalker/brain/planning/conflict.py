"""Why there is no plan: a set of constraints that can not all be kept, and of which none can be spared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linewalker.brain.planning.certificate import Certificate, certified
from linewalker.brain.planning.constraint import Constraint, Kind, constraints_of, only
from linewalker.brain.planning.instance import Instance
from linewalker.brain.planning.problem import Problem, Task
from linewalker.brain.planning.search import Found, decide

_MOST_UNDECIDED = 2


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A minimal conflict.

    Attributes:
        problem: the digest of the problem.
        members: its constraints.
        without: for each member a plan that keeps all others.
    """

    problem: str
    members: tuple[Constraint, ...]
    without: tuple[Certificate, ...]

    def document(self) -> dict[str, Any]:
        """As it stands in JSON, and as its checker reads it."""
        return {
            "problem": self.problem,
            "members": [member.document() for member in self.members],
            "without": [certificate.document() for certificate in self.without],
        }


def minimal_conflict(problem: Problem, hint: Sequence[str] = ()) -> Conflict | None:
    """A minimal conflict; None: there is a plan, or the search could not decide what belongs to a conflict.

    First whole kinds of constraints are given up, then all tasks behind the shortest run of demanding ones that is too
    much, then single constraints: whatever can be spared, goes (the deletion filter; Chinneck and Dravnieks 1991).

    Args:
        problem: without a plan, as a rule.
        hint: ids of its tasks in an order that is good to begin with.
    """
    members, oracle = constraints_of(problem), _Oracle(problem, hint)
    if not oracle.impossible(members):
        return None
    for kind in (Kind.PRECEDENCE, Kind.PERMIT, Kind.DEADLINE, Kind.LIMIT):
        members = oracle.without(members, [member for member in members if member.kind is kind])
    members = _shortest_run(problem, members, oracle)
    for member in sorted(members, key=lambda member: member.kind is not Kind.REQUIRED):
        members = oracle.without(members, [member])
    plans = tuple(plan for member in members if (plan := oracle.plan([m for m in members if m != member])))
    return Conflict(problem=problem.digest, members=members, without=plans) if len(plans) == len(members) else None


class _Oracle:
    """Decides which constraints can be kept together; remembers what it found, and begins with it.

    Of many tasks under a limit that they miss by a hair this takes long, or is not found out: then it gives up.
    """

    def __init__(self, problem: Problem, hint: Sequence[str]):
        self._problem, self._hint = problem, list(hint)
        self._undecided = 0
        self._known: dict[frozenset[Constraint], tuple[Instance, Found]] = {}

    def impossible(self, kept: Sequence[Constraint]) -> bool:
        """Whether they can not."""
        return self._decided(kept)[1].impossible

    def without(self, members: tuple[Constraint, ...], spared: Sequence[Constraint]) -> tuple[Constraint, ...]:
        """Members that can not be kept together, without some if the others can not either."""
        fewer = tuple(member for member in members if member not in spared)
        return fewer if len(fewer) < len(members) and self.impossible(fewer) else members

    def plan(self, kept: Sequence[Constraint]) -> Certificate | None:
        """A plan that keeps them; None: none was found."""
        instance, found = self._decided(kept)
        return None if found.order is None else certified(instance.problem, instance.stops(found.order))

    def _decided(self, kept: Sequence[Constraint]) -> tuple[Instance, Found]:
        key = frozenset(kept)
        if key not in self._known and self._undecided > _MOST_UNDECIDED:
            return Instance(only(self._problem, ())), Found()
        if key not in self._known:
            instance = Instance(only(self._problem, kept))
            numbers = {task.id: i for i, task in enumerate(instance.problem.tasks)}
            found = decide(instance, [numbers[name] for name in self._hint if name in numbers])
            if found.order is not None:
                done = [stop.task for stop in instance.stops(found.order)]
                self._hint = [*done, *(name for name in self._hint if name not in done)]
            self._undecided += found.order is None and not found.impossible
            self._known[key] = instance, found
        return self._known[key]


def _shortest_run(problem: Problem, members: Sequence[Constraint], oracle: _Oracle) -> tuple[Constraint, ...]:
    """The members without the tasks that are not needed to make it too much, the most demanding taken first."""
    tasks = {task.id: task for task in problem.tasks}
    required = [m for m in members if m.kind is Kind.REQUIRED]
    required.sort(key=lambda member: _ease(tasks[member.of[0]]))
    others = [m for m in members if m.kind is not Kind.REQUIRED]
    fit, too_many = 0, len(required)
    while too_many - fit > 1:
        middle = (fit + too_many) // 2
        if oracle.impossible([*others, *required[:middle]]):
            too_many = middle
        else:
            fit = middle
    return *others, *required[:too_many]


def _ease(task: Task) -> tuple[float, float]:
    """The smaller the more demanding: how early it has to be done, then how long it takes."""
    latest_s = float("inf") if task.deadline_s is None else task.deadline_s
    return latest_s, -min(placement.duration.high_s for placement in task.placements)
