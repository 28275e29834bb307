"""Laws of whoever carries orders out: nothing without its proof, one thing at a time, and a stop at the next tick."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.errors import StorageFault
from linewalker.station.approval.performer import Draft, Phase
from tests.brain.plane_robot import TICK_S
from tests.station.acting.plane_station import HOME, VINS, PlaneStation, plane_station

REAR, GO_HOME = Goal(skill="go_to", slots={"place": "rear"}), Goal(skill="home")
INSPECT = Goal(skill="inspect", slots={"ids": ("L1", "R1")})


@pytest.fixture
def station(tmp_path: Path) -> Iterator[PlaneStation]:
    with plane_station(tmp_path) as there:
        yield there


def test_goals_are_done_in_their_order(station: PlaneStation) -> None:
    wait, say = Goal(skill="wait", slots={"seconds": 3.0}), Goal(skill="say", slots={"text": "好了"})
    progress = station.do(REAR, wait, say, GO_HOME)
    assert (progress.phase, progress.done, progress.of, progress.proposal) == (Phase.DONE, 4, 4, "P1")
    assert station.said == ["好了"]
    assert station.motion.middle_W == pytest.approx(HOME.pose)
    assert station.codes == ["order_begun", *["task_begun", "task_done"] * 4, "order_done"]


def test_an_inspection_is_judged_and_on_record_once(station: PlaneStation) -> None:
    assert station.do(INSPECT).phase is Phase.DONE
    (car,) = station.cars
    assert {entry.id: entry.value for entry in car.characteristics} == {
        "L1": station.skills.probe.measured[0],
        "R1": station.skills.probe.measured[1],
    }
    assert (car.verdict.name, car.interrupted) == ("OK", None)


def test_what_is_repeated_is_recorded_every_time(station: PlaneStation) -> None:
    slots = {"ids": ("L1",), "times": 3}
    station.do(Goal(skill="inspect", slots=slots))
    station.do(Goal(skill="inspect", slots={"ids": ("L1",)}))
    values = [entry.value for car in station.cars for entry in car.characteristics]
    assert values == station.skills.probe.measured
    assert len(set(values)) == 4
    assert [car.order.sequence for car in station.cars] == [1, 2, 3, 4]
    assert station.plant.happened == [f"came {VINS[0]}"]  # the car stays as long as nobody asks for another


def test_another_car_comes_when_the_robot_is_home(station: PlaneStation) -> None:
    station.do(INSPECT, Goal(skill="go_to", slots={"place": "front"}))
    station.plant.take_away = lambda: left.append(station.motion.middle_W.copy())  # type: ignore[method-assign]
    left: list[Any] = []
    station.do(Goal(skill="inspect", slots={"ids": ("L1",), "vin": VINS[1][-4:]}))
    assert [car.order.vin for car in station.cars] == list(VINS)
    assert left == [pytest.approx(HOME.pose)]


def test_a_plan_travels_as_json_and_is_the_same(station: PlaneStation) -> None:
    draft = station.performer.prepare([INSPECT, REAR])
    assert isinstance(draft, Draft)
    plan = json.loads(json.dumps(draft.plan))
    assert station.performer.begin("P1", [INSPECT, REAR], plan) is None
    assert station.performer.wait(60.0)
    assert station.performer.progress().phase is Phase.DONE


def _another_task(plan: dict[str, Any]) -> None:
    plan["tasks"][0]["values"]["place"] = "front"


def _another_time(plan: dict[str, Any]) -> None:
    plan["certificate"]["visits"][0]["expected"]["ends_s"] += 1.0


def _another_place(plan: dict[str, Any]) -> None:
    plan["problem"]["places"][1]["x_m"] += 1.0


def _no_certificate(plan: dict[str, Any]) -> None:
    del plan["certificate"]


def _no_number(plan: dict[str, Any]) -> None:
    plan["tasks"][0]["place"][0] = float("nan")


@pytest.mark.parametrize("alter", [_another_task, _another_time, _another_place, _no_certificate, _no_number])
def test_nothing_moves_by_a_plan_that_was_altered(
    alter: Callable[[dict[str, Any]], None], station: PlaneStation
) -> None:
    draft = station.performer.prepare([REAR])
    assert isinstance(draft, Draft)
    plan = copy.deepcopy(dict(draft.plan))
    alter(plan)
    refused = station.performer.begin("P1", [REAR], plan)
    assert isinstance(refused, Because)
    assert refused.code in ("plan_refused", "plan_changed")
    assert station.motion.followed == []
    assert station.performer.progress().phase is Phase.IDLE


def test_a_plan_is_for_its_goals_and_from_its_place(station: PlaneStation) -> None:
    draft = station.performer.prepare([REAR])
    assert isinstance(draft, Draft)
    other = station.performer.begin("P1", [GO_HOME], draft.plan)
    assert isinstance(other, Because)
    station.do(Goal(skill="go_to", slots={"place": "left"}))
    elsewhere = station.performer.begin("P2", [REAR], draft.plan)
    assert isinstance(elsewhere, Because)
    assert (other.code, elsewhere.code) == ("plan_changed", "plan_changed")


def test_one_thing_at_a_time_and_what_is_appended_follows(station: PlaneStation) -> None:
    assert station.begin(Goal(skill="wait", slots={"seconds": 3000.0})) is None
    assert station.begin(REAR, proposal="P2").code == "busy"
    draft = station.performer.prepare([GO_HOME])
    assert isinstance(draft, Draft)
    assert station.performer.append("P3", [GO_HOME], draft.plan) is None
    assert station.performer.wait(60.0)
    assert station.performer.progress().proposal == "P3"
    assert station.codes.count("order_done") == 2


def test_a_stop_is_on_the_controller_at_the_next_tick_and_said_when_it_stands(station: PlaneStation) -> None:
    asked: list[float] = []

    def stop() -> None:
        asked.append(station.operator.now_s)
        station.performer.request_stop()

    station.at(2.0, stop)
    progress = station.do(REAR, GO_HOME)
    (report,) = station.motion.reports
    assert report.began_s - asked[0] <= 2.0 * TICK_S
    assert (progress.phase, progress.because.code) == (Phase.STOPPED, "stopped")
    standing = station.performer.standing()
    assert standing.stop == StopState.HOLDING.value
    assert standing.still_s > 0.3
    assert station.codes[-2:] == ["stop_asked", "stopped"]


@pytest.mark.parametrize("time_s", np.arange(0.3, 9.0, 0.87))
def test_whenever_it_is_stopped_nothing_is_lost_and_nothing_goes_on(tmp_path: Path, time_s: float) -> None:
    with plane_station(tmp_path) as station:
        station.at(time_s, station.performer.request_stop)
        progress = station.do(INSPECT)
        assert progress.phase is Phase.STOPPED
        (car,) = station.cars
        assert car.interrupted is not None
        kept = sorted(entry.value for entry in car.characteristics if entry.value is not None)
        assert kept == station.skills.probe.measured
        followed = len(station.motion.followed)
        assert not station.performer.busy
    assert len(station.motion.followed) == followed


def test_a_robot_at_rest_is_stopped_too(station: PlaneStation) -> None:
    station.performer.request_stop()
    while station.performer.progress().phase is not Phase.STOPPED:
        station.performer.wait(0.01)
    assert station.motion.stop_state is StopState.HOLDING


def test_after_a_stop_whoever_has_leave_begins_anew(station: PlaneStation) -> None:
    station.at(1.0, station.performer.request_stop)
    assert station.do(REAR).phase is Phase.STOPPED
    assert station.do(GO_HOME).phase is Phase.DONE
    assert station.motion.middle_W == pytest.approx(HOME.pose)
    assert "released" in station.codes


def test_to_go_on_after_a_stop_releases_it_and_begins_nothing(station: PlaneStation) -> None:
    station.at(1.0, station.performer.request_stop)
    station.do(REAR)
    followed = len(station.motion.followed)
    station.performer.resume()
    while station.motion.stop_state is not StopState.RUNNING:
        station.performer.wait(0.01)
    assert len(station.motion.followed) == followed
    assert station.performer.wait(5.0)


def test_a_paused_robot_rests_and_goes_on_where_it_was(station: PlaneStation) -> None:
    station.at(1.0, station.performer.pause)
    station.at(4.0, lambda: stood.append(station.motion.middle_W.copy()))
    station.at(5.0, lambda: stood.append(station.motion.middle_W.copy()))
    station.at(6.0, station.performer.resume)
    stood: list[Any] = []
    progress = station.do(REAR, GO_HOME)
    assert (progress.phase, progress.done) == (Phase.DONE, 2)
    np.testing.assert_array_equal(stood[0], stood[1])
    assert station.operator.now_s > 10.0


def test_what_is_cancelled_ends_with_the_robot_standing_and_what_was_judged_kept(station: PlaneStation) -> None:
    def cancel_after_the_first() -> None:
        if len(station.skills.probe.measured) == 1 and station.codes[-1] != "order_cancelled":
            station.performer.cancel()  # again and again, also while the arms are drawn in

    station.operator.on_tick.append(cancel_after_the_first)
    progress = station.do(INSPECT, REAR)
    assert progress.phase is Phase.CANCELLED
    assert station.motion.state.arrived
    (car,) = station.cars
    assert [entry.value for entry in car.characteristics if entry.value is not None] == station.skills.probe.measured
    assert car.interrupted is not None
    assert station.codes[-1] == "order_cancelled"
    station.operator.on_tick.remove(cancel_after_the_first)
    assert station.do(GO_HOME).phase is Phase.DONE


def test_a_fall_ends_the_work_for_good_and_is_told(station: PlaneStation) -> None:
    station.at(2.0, lambda: setattr(station.motion, "fallen", True))
    progress = station.do(REAR)
    assert (progress.phase, progress.because.code) == (Phase.FAILED, "station_fault")
    assert "fell" in str(station.performer.fault)
    refused = station.begin(GO_HOME)
    assert refused.code == "station_fault"


@pytest.mark.parametrize("written", range(1, 10, 2))
def test_a_disk_that_takes_nothing_more_ends_the_work_with_the_robot_at_rest(
    station: PlaneStation, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    """Also where nobody can write down any more that it ends."""
    journal = station.workplace.log._journal
    left, write = iter(range(written)), journal.write

    def full(*what: Any, **about: Any) -> Any:
        if next(left, None) is None:
            raise StorageFault("no space left")
        return write(*what, **about)

    monkeypatch.setattr(journal, "write", full)
    progress = station.do(REAR, INSPECT, GO_HOME)
    assert (progress.phase, progress.because.code) == (Phase.FAILED, "station_fault")
    assert station.motion.state.arrived
    kept = [entry.value for car in station.cars for entry in car.characteristics if entry.value is not None]
    assert kept == station.skills.probe.measured


def test_a_stop_that_nobody_can_write_down_is_one(station: PlaneStation, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise StorageFault("no space left")

    station.at(2.0, lambda: monkeypatch.setattr(station.workplace.log._journal, "write", full))
    station.at(2.1, station.performer.request_stop)
    progress = station.do(REAR)
    assert (progress.phase, progress.because.code) == (Phase.FAILED, "station_fault")
    assert station.motion.stop_state is StopState.HOLDING


def test_what_is_read_back_says_all_of_it_in_both_languages(station: PlaneStation) -> None:
    draft = station.performer.prepare([INSPECT, Goal(skill="wait", slots={"seconds": 60.0})])
    assert isinstance(draft, Draft)
    for word in ("L1", "R1", VINS[0], "60"):
        assert word in draft.read_back.zh
        assert word in draft.read_back.en


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        (Goal(skill="guide"), "not_available_here"),
        (Goal(skill="inspect", slots={"ids": ("X9",)}), "nothing_in_scope"),
        (Goal(skill="inspect", slots={"vin": "0000"}), "no_such_vin"),
        (Goal(skill="look", slots={"part": "sunroof"}), "no_such_part"),
        (Goal(skill="wait", slots={"seconds": float("nan")}), "wrong_slot"),
        (Goal(skill="go_to", slots={"place": "moon"}), "wrong_slot"),
        (Goal(skill="go_to", slots={"x_m": 1.0, "y_m": 0.0}), "infeasible"),
        (Goal(skill="inspect", slots={"within_s": 1.5}), "infeasible"),
    ],
)
def test_what_can_not_be_done_here_is_said_before_anything_moves(goal: Goal, code: str, station: PlaneStation) -> None:
    draft = station.performer.prepare([goal])
    assert isinstance(draft, Because)
    assert draft.code == code
    assert draft.title.zh != draft.title.en
