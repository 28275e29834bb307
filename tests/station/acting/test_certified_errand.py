"""Plans of errands: the checker takes every one, and none that was altered."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linewalker.brain.language.goal import Goal
from linewalker.errors import PlanRefused
from linewalker.station.acting.certified_errand import check
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
