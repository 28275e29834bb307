"""From a car's mission to a planning problem, and from a certified plan back to a mission.

A mission as it is made does all it was asked for, in an order that goes round the car. Within a time limit that may be
too much: then the planner chooses what is worth most, and where it fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from linewalker.brain.mission import Mission
from linewalker.brain.planning.plan import Plan
from linewalker.brain.planning.planner import Shortfall
from linewalker.brain.planning.problem import Span, Worth
from linewalker.brain.planning.search import DEFAULT_EFFORT
from linewalker.brain.planning.summary import reason_for
from linewalker.brain.planning.turns import Step, Turn, Walk, plan_turns
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Fix
from linewalker.brain.visit import Visit
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title


@dataclass(frozen=True, kw_only=True)
class PlannedMission:
    """A mission with the proof that it keeps its time limit.

    Attributes:
        mission: its visits in the order of the plan; what there is no time for is refused, with the reason.
        plan: certified; its tasks are the visits, by `visit_ids`.
    """

    mission: Mission
    plan: Plan


def plan_visits(
    mission: Mission,
    *,
    home: Waypoint,
    walk: Walk,
    cost: Callable[[Visit], Span],
    start: Waypoint | None = None,
    within_s: float | None = None,
    all_of_it: bool = False,
    effort: float = DEFAULT_EFFORT,
) -> PlannedMission | Shortfall:
    """The best way to make a mission's visits, never worse than in the order they are in.

    What tells where the car stands along and across comes before what tells a part of it, as in the mission.

    Args:
        mission: its visits, and what it refuses already.
        home: where the robot goes in the end, in the axes of V, as all stances.
        walk: how long it walks from one stance to another.
        cost: how long it works at a visit.
        start: where it is; None: at home.
        within_s: it is home by then.
        all_of_it: there is no plan without all visits; otherwise those that are worth most by class are made.
        effort: as in `find_plan`.
    """
    visits = visit_ids(mission.visits)
    turn = Turn(
        steps=tuple(
            Step(id=name, title=title_of(visit), stances=((visit.stance, cost(visit)),), worth=worth_of(visit))
            for name, visit in visits.items()
        ),
        before=tuple(_fixes_first(visits)),
        all_of_it=all_of_it,
    )
    found = plan_turns([turn], start=start or home, end=home, walk=walk, within_s=within_s, effort=effort)
    if isinstance(found, Shortfall):
        return found
    tasks = {task.id: task for task in found.problem.tasks}
    refused = dict(mission.refused)
    for name in found.certificate.left_out:
        why = reason_for(found, tasks[name])
        refused |= {characteristic.id: why.en for characteristic in visits[name].characteristics}
    made = tuple(visits[stop.stop.task] for stop in found.certificate.stops)
    return PlannedMission(mission=replace(mission, visits=made, refused=refused), plan=found)


def visit_ids(visits: Sequence[Visit]) -> dict[str, Visit]:
    """Visits by what a plan calls them: what they serve, or else where in the mission they stand."""
    named: dict[str, Visit] = {}
    for i, visit in enumerate(visits, 1):
        name = "+".join(characteristic.id for characteristic in visit.characteristics) or f"visit {i}"
        named[name if name not in named else f"{name} {i}"] = visit
    return named


def worth_of(visit: Visit) -> Worth:
    """How many characteristics of each class it serves."""
    classes = [characteristic.severity for characteristic in visit.characteristics]
    critical, major, minor = (
        classes.count(severity) for severity in (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)
    )
    return Worth(critical=critical, major=major, minor=minor)


def title_of(visit: Visit) -> Title:
    """The titles of all that it serves."""
    titles = [characteristic.title for characteristic in visit.characteristics]
    if not titles:
        skills = list(dict.fromkeys(call.skill for call in visit.calls))
        return Title(zh="、".join(skills), en=", ".join(skills))
    return Title(zh="、".join(title.zh for title in titles), en=", ".join(title.en for title in titles))


def _fixes_first(visits: Mapping[str, Visit]) -> Iterator[tuple[str, str]]:
    """What first tells all of where the car stands, before all that tell a part and come later in the mission."""
    names = list(visits)
    first = next((i for i, name in enumerate(names) if visits[name].fix is Fix.ALONG_AND_ACROSS), len(names))
    for name in names[first + 1 :]:
        if visits[name].fix is Fix.PARTLY:
            yield names[first], name
