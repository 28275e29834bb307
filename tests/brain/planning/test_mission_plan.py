"""Missions under a time limit: the rest of them is lost in a sensible order, and nothing is lost unsaid."""

from __future__ import annotations

import math
from random import Random

import pytest

from linewalker.brain.mission import Mission
from linewalker.brain.planning.certificate import Stop, certified
from linewalker.brain.planning.mission_plan import PlannedMission, plan_visits, visit_ids, worth_of
from linewalker.brain.planning.planner import Shortfall
from linewalker.brain.planning.problem import Span
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Fix
from linewalker.brain.visit import SkillCall, Visit
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title

HOME = Waypoint(x=-1.0, y=-2.0, yaw=0.0)


def characteristic(name: str, severity: Severity) -> Characteristic:
    return Characteristic(
        id=name,
        title=Title(zh=f"测点{name}", en=f"point {name}"),
        method="gap",
        severity=severity,
        feature="hood",
        question=None,  # type: ignore[arg-type]
        when={},
    )


def visit(name: str, x: float, severity: Severity = Severity.MAJOR, fix: Fix = Fix.NOTHING) -> Visit:
    call = SkillCall(skill="scan_seam", values={}, characteristics=(characteristic(name, severity),))
    return Visit(stance=Waypoint(x=x, y=1.0, yaw=0.0), calls=(call,), fix=fix)


def walk(a: Waypoint, b: Waypoint) -> Span:
    return Span.exactly(1.0 + 2.0 * math.hypot(a.x - b.x, a.y - b.y))


def cost(_visit: Visit) -> Span:
    return Span(low_s=4.0, expected_s=5.0, high_s=7.0)


def planned(*visits: Visit, **options: object) -> PlannedMission:
    mission = Mission(visits=visits, refused={"Z": "too high"})
    found = plan_visits(mission, home=HOME, walk=walk, cost=cost, **options)  # type: ignore[arg-type]
    assert isinstance(found, PlannedMission)
    return found


def names(found: PlannedMission) -> list[str]:
    return [c.id for made in found.mission.visits for c in made.characteristics]


def test_the_mission_has_the_visits_of_the_plan_in_its_order() -> None:
    found = planned(visit("far", 6.0), visit("near", 0.0), visit("middle", 3.0))
    assert names(found) == [stop.stop.task for stop in found.plan.certificate.stops]
    assert names(found) in (["near", "middle", "far"], ["far", "middle", "near"])
    assert found.mission.refused == {"Z": "too high"}


def test_what_there_is_no_time_for_is_worth_least_and_refused_with_the_reason() -> None:
    visits = (visit("far", 6.0, Severity.CRITICAL), visit("near", 0.0, Severity.MINOR), visit("middle", 3.0))
    everything = planned(*visits).plan.certificate.reached.end_s
    found = planned(*visits, within_s=everything - 1.0)
    assert set(names(found)) == {"far", "middle"}
    assert found.mission.refused["near"] == f"no time left for it within {everything - 1.0:g} s"
    assert found.mission.refused["Z"] == "too high"


def test_all_of_it_in_too_little_time_is_no_mission() -> None:
    mission = Mission(visits=(visit("far", 6.0), visit("near", 0.0)), refused={})
    found = plan_visits(mission, home=HOME, walk=walk, cost=cost, within_s=20.0, all_of_it=True)
    assert isinstance(found, Shortfall)


@pytest.mark.parametrize("seed", range(10))
def test_it_is_never_longer_than_the_mission_was(seed: int) -> None:
    random = Random(seed)
    visits = [visit(f"v{i}", random.uniform(-1, 6), fix=random.choice(list(Fix))) for i in range(8)]
    found = planned(*visits)
    given = certified(found.plan.problem, [Stop(task=name, place=name) for name in visit_ids(visits)])
    assert found.plan.certificate.reached.rank <= given.reached.rank
    made = [v.fix for v in found.mission.visits]
    if Fix.ALONG_AND_ACROSS in made:  # as many tell a part of it before as in the mission
        before = visits[: [v.fix for v in visits].index(Fix.ALONG_AND_ACROSS)]
        first = made.index(Fix.ALONG_AND_ACROSS)
        assert made[:first].count(Fix.PARTLY) <= sum(v.fix is Fix.PARTLY for v in before)


def test_a_visit_is_worth_what_it_serves_and_called_by_it() -> None:
    both = SkillCall(
        skill="scan_seam",
        values={},
        characteristics=(characteristic("a", Severity.CRITICAL), characteristic("b", Severity.MINOR)),
    )
    twice = Visit(stance=HOME, calls=(both,))
    assert worth_of(twice).document() == [1, 0, 1]
    nothing = Visit(stance=HOME, calls=(SkillCall(skill="bow", values={}),))
    assert list(visit_ids([twice, twice, nothing])) == ["a+b", "a+b 2", "visit 3"]
