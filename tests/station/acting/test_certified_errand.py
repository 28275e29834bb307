"""Plans of errands: the checker takes every one, and none that was altered."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linewalker.brain.language.goal import Goal
from linewalker.brain.planning.problem import Case, Span
from linewalker.brain.route import Waypoint
from linewalker.errors import PlanRefused
from linewalker.station.acting.certified_errand import CertifiedErrand, Passing, certify, check
from linewalker.station.approval.performer import Draft
from tests.station.acting.plane_station import PlaneStation, plane_station

GOALS = (
    Goal(skill="inspect", slots={"ids": ("L1", "R1")}),
    Goal(skill="inspect", slots={"ids": ("L2",), "times": 2}),
    Goal(skill="go_to", slots={"place": "rear"}),
    Goal(skill="go_to", slots={"place": "left"}),
    Goal(skill="home"),
    Goal(skill="wait", slots={"seconds": 4.0}),
    Goal(skill="say", slots={"text": "hello"}),
    Goal(skill="dance"),
)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlaneStation]:
    with plane_station(tmp_path_factory.mktemp("station")) as there:
        yield there


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(goals=st.lists(st.sampled_from(GOALS), min_size=1, max_size=5))
def test_whatever_is_asked_for_its_plan_is_one_the_checker_takes(goals: list[Goal], station: PlaneStation) -> None:
    draft = station.performer.prepare(goals)
    assert isinstance(draft, Draft)
    plan = json.loads(json.dumps(draft.plan))
    check(plan)
    assert [task["goal"]["skill"] for task in plan["tasks"] if task.get("time", 1) == 1] == [g.skill for g in goals]
    low_s, high_s = plan["certificate"]["likely_end_s"]
    assert 0.0 <= low_s <= high_s


@pytest.mark.parametrize("plan", [{}, {"problem": 1}, {"problem": {}, "certificate": {}}, {"problem": None}])
def test_what_is_no_plan_is_refused(plan: dict[str, Any]) -> None:
    with pytest.raises(PlanRefused):
        check(plan)


def test_every_number_of_the_certificate_counts(station: PlaneStation) -> None:
    draft = station.performer.prepare([GOALS[2], GOALS[5]])
    assert isinstance(draft, Draft)
    for i, case in ((0, "expected"), (1, "worst")):
        plan = copy.deepcopy(dict(draft.plan))
        plan["certificate"]["visits"][i][case]["arrives_s"] += 0.001
        with pytest.raises(PlanRefused):
            check(plan)


def test_a_time_limit_stands_in_the_plan_and_the_plan_is_told_in_words(station: PlaneStation) -> None:
    limited = Goal(skill="inspect", slots={"ids": ("L1", "R1"), "within_s": 500.0, "times": 2})
    draft = station.performer.prepare([limited, GOALS[3]])
    assert isinstance(draft, Draft)
    plan = json.loads(json.dumps(draft.plan))
    deadlines = {task["id"]: task["deadline_s"] for task in plan["problem"]["tasks"]}
    assert [deadlines[name] for name in deadlines if name.endswith("home")] == [250.0, 500.0]
    assert "预计" in plan["summary"]["zh"]
    assert "as expected" in plan["summary"]["en"]
    assert plan["conflict"] is None


def proved(station: PlaneStation, goals: list[Goal], present: str = "", **more: Any) -> CertifiedErrand:
    place = station.workplace
    errand = place.maker.errand(goals)
    assert isinstance(errand, tuple)
    found = certify(errand, place.proving.home, replace(place.proving, **more), present=present)
    assert isinstance(found, CertifiedErrand)
    return found


def end_s(found: CertifiedErrand) -> float:
    check(json.loads(json.dumps(found.document())))
    return found.plan.certificate.stops[-1].times[Case.EXPECTED].ends_s


def test_a_car_that_has_to_come_in_takes_its_time_once(station: PlaneStation) -> None:
    goals = [GOALS[0], GOALS[1]]
    vin, at_once = proved(station, goals).document()["tasks"][0]["vin"], end_s(proved(station, goals))
    assert end_s(proved(station, goals, comes_in=Span.exactly(2.5))) == pytest.approx(at_once + 2.5)
    assert end_s(proved(station, goals, vin, comes_in=Span.exactly(2.5))) == pytest.approx(at_once)
    other = end_s(proved(station, goals, "another", comes_in=Span.exactly(2.5), settles=Span.exactly(0.4)))
    assert other == pytest.approx(at_once + 2.9)  # it leaves first, when the robot rests at home, where it is


def test_only_who_walks_somewhere_settles_there(station: PlaneStation) -> None:
    goals = [GOALS[2], GOALS[5], GOALS[4]]
    assert end_s(proved(station, goals, settles=Span.exactly(0.4))) == pytest.approx(
        end_s(proved(station, goals)) + 0.8
    )


def test_walks_past_what_is_seen_on_the_way_take_what_the_whole_takes(station: PlaneStation) -> None:
    place, asked = station.workplace, list[tuple[Waypoint, ...]]()
    errand = place.maker.errand([GOALS[0]])
    assert isinstance(errand, tuple)
    (task,) = errand
    first, second = task.mission.visits  # type: ignore[union-attr]
    passing = replace(task.mission, visits=(replace(first, passing=True), second))  # type: ignore[union-attr]

    def walk(here: Waypoint, through: Sequence[Waypoint], there: Waypoint) -> list[Span]:
        asked.append((here, *through, there))
        return [Span.exactly(3.0), Span.exactly(4.0)]

    passes: Passing = walk
    home = place.proving.home
    found = certify((replace(task, mission=passing),), home, replace(place.proving, passing=passes))
    assert isinstance(found, CertifiedErrand)
    assert asked == [(home, first.stance, second.stance)]
    stops = found.plan.certificate.stops
    assert stops[0].times[Case.EXPECTED].arrives_s == pytest.approx(3.0)
    assert stops[1].times[Case.EXPECTED].arrives_s - stops[0].times[Case.EXPECTED].ends_s == pytest.approx(4.0)
