"""Proves an errand before anything moves: when the robot is where, and that every time limit is kept.

The tasks stay in the order they were asked for; where a time limit leaves no room for all visits at a car, the planner
chooses those that are worth most. What it comes to is a document: the tasks, and a certificate that the checker
verifies without any code of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from linewalker.brain.language.interpretation import Because
from linewalker.brain.planning.certificate import Stop, certified
from linewalker.brain.planning.checker import verify
from linewalker.brain.planning.digest import canonical
from linewalker.brain.planning.mission_plan import plan_visits, title_of, worth_of
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall
from linewalker.brain.planning.problem import Problem, Span, Worth
from linewalker.brain.planning.summary import plan_document, summary
from linewalker.brain.planning.turns import Step, Turn, Walk, turns_problem
from linewalker.brain.route import Waypoint
from linewalker.brain.visit import Visit
from linewalker.errors import InputError, PlanRefused
from linewalker.inspection.title import Title
from linewalker.station.acting.errand_maker import Errand
from linewalker.station.acting.task import ActTask, CarTask, Task

Cost = Callable[[Visit], float]
"""Robot time a visit takes, the way there not counted."""
Passing = Callable[[Waypoint, Sequence[Waypoint], Waypoint], Sequence[Span] | None]
"""How long a walk takes to each of some places it only goes through, and from the last of them to where it ends."""
_ROUGHLY = (0.8, 1.4)
_AT_ONCE = Span.exactly(0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Proving:
    """What plans are proved with.

    Attributes:
        home: where work at a car ends.
        walk, cost_s: how long things take.
        passing: how long walks past places take; None: as if the robot stood at each.
        comes_in: how long a car takes to be in place.
        settles: how long the robot takes to rest where it has walked to, before an act.
    """

    home: Waypoint
    walk: Walk
    cost_s: Cost
    passing: Passing | None = None
    comes_in: Span = _AT_ONCE
    settles: Span = _AT_ONCE


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
        return {"tasks": [task.document() for task in self.errand], **plan_document(self.plan)}

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


def certify(errand: Errand, start: Waypoint, proving: Proving, *, present: str = "") -> CertifiedErrand | Because:
    """Prove an errand; where a time limit is too short for all visits at a car, the planner leaves some out.

    Args:
        errand: its tasks.
        start: where the robot stands.
        proving: what it is proved with.
        present: VIN of the car that is in place; empty: none is.

    Returns:
        Why there is no plan, in words: no way somewhere, or no time for anything.
    """
    here, tasks, home = start, list[Task](), proving.home
    for task in errand:
        within = task.within_s if isinstance(task, CarTask) else None
        if isinstance(task, CarTask) and within is not None:
            planned = plan_visits(
                task.mission,
                home=home,
                walk=proving.walk,
                cost=lambda visit: _about(proving.cost_s(visit)),
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
        problem, stops = _stated(tuple(tasks), start, proving, present)
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


def _stated(errand: Errand, start: Waypoint, proving: Proving, present: str) -> tuple[Problem, tuple[Stop, ...]]:
    """The errand as a planning problem, and its tasks in their order."""
    steps = list(_steps(errand, start, proving, present))
    end = steps[-1].stances[0][0] if steps else start
    walk = _walks_by(errand, steps, start, proving)
    problem = turns_problem([Turn(steps=(step,)) for step in steps], start=start, end=end, walk=walk)
    return problem, tuple(Stop(task=task.id, place=task.placements[0].place) for task in problem.tasks)


def _steps(errand: Errand, start: Waypoint, proving: Proving, present: str) -> Iterator[Step]:
    here = start
    for i, task in enumerate(errand):
        if isinstance(task, CarTask):
            yield from _arrival(f"{i + 1}", task, proving, here, present)
            present = task.order.vin
            yield from _at_car(f"{i + 1}", task, proving, all(earlier.goal is task.goal for earlier in errand[:i]))
            here = proving.home
        else:
            walks, here = task.place is not None, task.place or here
            span = _about(task.cost_s)
            span = _sum(proving.settles, span) if walks else span
            yield Step(id=f"{i + 1}", title=task.title, stances=((here, span),), worth=Worth(major=1))


def _arrival(number: str, task: CarTask, proving: Proving, here: Waypoint, present: str) -> Iterator[Step]:
    """The car comes in; one that is in its place leaves when the robot is home."""
    if task.order.vin == present or proving.comes_in == _AT_ONCE:
        return
    where, span = (proving.home, _sum(proving.settles, proving.comes_in)) if present else (here, proving.comes_in)
    title = Title(zh="等车辆到位", en="wait for the car to come in")
    yield Step(id=f"{number}.car", title=title, stances=((where, span),), worth=Worth())


def _at_car(number: str, task: CarTask, proving: Proving, from_the_beginning: bool) -> Iterator[Step]:
    for k, visit in enumerate(task.mission.visits):
        stances = ((visit.stance, _about(proving.cost_s(visit))),)
        yield Step(id=f"{number}.{k + 1}", title=title_of(visit), stances=stances, worth=worth_of(visit))
    deadline_s = None
    if task.within_s is not None and from_the_beginning:
        deadline_s = task.time * round(task.within_s / task.times, 3)  # a later goal's time begins with it
    back = Title(zh="回原位", en="back home")
    there = ((proving.home, _AT_ONCE),)
    yield Step(id=f"{number}.home", title=back, stances=there, worth=Worth(), deadline_s=deadline_s)


def _walks_by(errand: Errand, steps: Sequence[Step], start: Waypoint, proving: Proving) -> Walk:
    """Walks; those past what is done on the way take what the whole of each takes, and not a stand at every place."""
    legs: dict[tuple[Waypoint, Waypoint], Span] = {}
    by_the_way = {
        f"{i + 1}.{k + 1}"
        for i, task in enumerate(errand)
        if isinstance(task, CarTask)
        for k, visit in enumerate(task.mission.visits)
        if visit.passing
    }
    here, through = start, list[Waypoint]()
    for step in steps:
        there = step.stances[0][0]
        if step.id in by_the_way:
            through.append(there)
            continue
        spans = proving.passing(here, through, there) if through and proving.passing is not None else None
        if spans is not None:
            legs |= dict(zip(pairwise([here, *through, there]), spans))
        here, through = there, []
    return lambda one, other: legs.get((one, other)) or proving.walk(one, other)


def _sum(one: Span, other: Span) -> Span:
    return Span(
        low_s=one.low_s + other.low_s, expected_s=one.expected_s + other.expected_s, high_s=one.high_s + other.high_s
    )


def _about(seconds: float) -> Span:
    low, high = _ROUGHLY
    return Span(low_s=low * seconds, expected_s=seconds, high_s=high * seconds)
