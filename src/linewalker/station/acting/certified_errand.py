"""Proves an errand before anything moves: when the robot is where, and that every time limit is kept.

The tasks stay in the order they were asked for; where a time limit leaves no room for all visits at a car, the planner
chooses those that are worth most. What it comes to is a document: the tasks, and a certificate that the checker
verifies without any code of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from linewalker.brain.language.interpretation import Because
from linewalker.brain.mission import Visit
from linewalker.brain.planning.certificate import Stop, certified
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.digest import canonical
from linewalker.brain.planning.mission_plan import plan_visits, worth_of
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall
from linewalker.brain.planning.problem import Case, Place, Placement, Precedence, Problem, Span, Worth, travel_table
from linewalker.brain.planning.problem import Task as Step
from linewalker.brain.planning.summary import summary
from linewalker.brain.route import Waypoint
from linewalker.errors import InputError, PlanRefused
from linewalker.inspection.title import Title
from linewalker.station.acting.errand_maker import Errand
from linewalker.station.acting.task import ActTask, CarTask, Task

Walk = Callable[[Waypoint, Waypoint], Span | None]
"""How long the robot walks from one stance to another, in W; None: there is no way."""
Cost = Callable[[Visit], float]
"""Robot time a visit takes, the way there not counted."""
_ROUGHLY = (0.8, 1.4)


@dataclass(frozen=True, kw_only=True, eq=False)
class CertifiedErrand:
    """An errand with its proof.

    Attributes:
        errand: the tasks, without what there is no time for.
        plan: problem and certificate; the checker has verified it.
        ends: where the robot is in the end.
    """

    errand: Errand
    plan: Plan
    ends: Waypoint

    def document(self) -> dict[str, Any]:
        """Plain data; equal for equal errands from the same place."""
        return {"tasks": [task.document() for task in self.errand], **self.plan.document()}

    def is_what(self, document: Mapping[str, Any]) -> bool:
        """Whether a document, however it travelled, is this one to the last digit."""
        try:
            return canonical(document) == canonical(self.document())
        except PlanRefused:
            return False

    @property
    def goals(self) -> tuple[dict[str, Any], ...]:
        """What it was made of, as documents."""
        first = (task for task in self.errand if isinstance(task, ActTask) or task.time == 1)
        return tuple(task.goal.document() for task in first)

    @property
    def likely_s(self) -> tuple[float, float]:
        """Robot time within which it most likely ends."""
        return self.plan.certificate.likely_end_s


def certify(errand: Errand, start: Waypoint, home: Waypoint, walk: Walk, cost_s: Cost) -> CertifiedErrand | Because:
    """Prove an errand; where a time limit is too short for all visits at a car, the planner leaves some out.

    Returns:
        Why there is no plan, in words: no way somewhere, or no time for anything.
    """
    here, tasks = start, list[Task]()
    for task in errand:
        within = task.within_s if isinstance(task, CarTask) else None
        if isinstance(task, CarTask) and within is not None:
            planned = plan_visits(
                task.mission,
                home=home,
                walk=walk,
                cost=lambda visit: _about(cost_s(visit)),
                start=here,
                within_s=within / task.times,
            )
            if isinstance(planned, Shortfall):
                return Because(code="infeasible", title=summary(planned))
            if task.mission.visits and not planned.mission.visits:
                title = Title(
                    zh=f"{within:g} 秒内一项也做不完", en=f"there is no time for any of it within {within:g} s"
                )
                return Because(code="infeasible", title=title)
            task = replace(task, mission=planned.mission)
        tasks.append(task)
        here = home if isinstance(task, CarTask) else task.place or here
    try:
        problem, stops = _stated(tuple(tasks), start, home, walk, cost_s)
        plan = Plan(problem=problem, certificate=certified(problem, stops))
    except (PlanRefused, InputError) as refused:
        return Because(code="infeasible", title=Title(zh=f"做不到：{refused}", en=f"that can not be done: {refused}"))
    return CertifiedErrand(errand=tuple(tasks), plan=plan, ends=here)


def check(document: Mapping[str, Any]) -> None:
    """Verify what `CertifiedErrand.document` gave.

    Raises:
        PlanRefused: it does not hold.
    """
    try:
        verify(document["problem"], document["certificate"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise PlanRefused(f"this is no plan: {error!r} is missing or of another kind") from error


def _stated(
    errand: Errand, start: Waypoint, home: Waypoint, walk: Walk, cost_s: Cost
) -> tuple[Problem, tuple[Stop, ...]]:
    """The errand as a planning problem, and its tasks in their order."""
    steps = list(_steps(errand, start, home, cost_s))
    places = {"start": start, **{step.place: step.stance for step in steps}}
    at = {name: Place(id=name, x_m=p.x, y_m=p.y, yaw_rad=p.yaw) for name, p in places.items()}

    def travel(here: Place, there: Place) -> Span | None:
        return walk(places[here.id], places[there.id])

    problem = Problem(
        places=tuple(at.values()),
        travel=travel_table(tuple(at.values()), travel),
        start="start",
        end=steps[-1].place if steps else "start",
        tasks=tuple(step.task for step in steps),
        precedences=tuple(
            Precedence(first=one.task.id, then=other.task.id, needed=False) for one, other in pairwise(steps)
        ),
        keeps=Case.EXPECTED,
    )
    return problem, tuple(Stop(task=step.task.id, place=step.place) for step in steps)


@dataclass(frozen=True, kw_only=True)
class _Step:
    """A task of the problem, and where it is done."""

    task: Step
    place: str
    stance: Waypoint


def _steps(errand: Errand, start: Waypoint, home: Waypoint, cost_s: Cost) -> Iterator[_Step]:
    here = start
    for i, task in enumerate(errand):
        if isinstance(task, CarTask):
            for k, visit in enumerate(task.mission.visits):
                yield _step(f"{i + 1}.{k + 1}", task.title, visit.stance, cost_s(visit), worth_of(visit))
            yield _step(f"{i + 1}.home", task.title, home, 0.0, Worth())
            here = home
        else:
            here = task.place or here
            yield _step(f"{i + 1}", task.title, here, task.cost_s, Worth(major=1))


def _step(name: str, title: Title, stance: Waypoint, cost_s: float, worth: Worth) -> _Step:
    span = _about(cost_s)
    task = Step(id=name, title=title, placements=(Placement(place=name, duration=span),), worth=worth)
    return _Step(task=task, place=name, stance=stance)


def _about(seconds: float) -> Span:
    low, high = _ROUGHLY
    return Span(low_s=low * seconds, expected_s=seconds, high_s=high * seconds)
