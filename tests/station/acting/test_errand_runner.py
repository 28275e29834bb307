"""Twenty things that go wrong while an errand runs: each ends finished or safely stopped, the reason is in the journal,
and of what was measured nothing is lost and nothing stands twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.journal import read_journal
from linewalker.brain.navigator import Navigator
from linewalker.brain.route import disc
from linewalker.errors import NoWay, SensorFailed, StorageFault, UnreachableError
from linewalker.factory.records.results import CarState
from linewalker.geometry import Array
from linewalker.inspection.verdict import Reason
from linewalker.station.approval.performer import Phase
from linewalker.station.run_folder import JOURNAL_FILE
from tests.station.acting.plane_station import STANCES, VINS, PlaneStation, plane_station

ALL = Goal(skill="inspect")
SHIFT = (ALL, Goal(skill="inspect", slots={"vin": VINS[1]}), Goal(skill="home"))
"""Both cars, three characteristics each."""
Inject = Callable[[PlaneStation], object]


def breaks(*errors: Exception | None) -> Inject:
    return lambda station: station.skills.probe.breaks.extend(errors)


def after(time_s: float, do: Inject) -> Inject:
    return lambda station: station.at(time_s, lambda: do(station))


def stands_there(place: str, until_s: float) -> Inject:
    """Somebody at a stance until then."""

    def inject(station: PlaneStation) -> None:
        stance = STANCES[place]
        others: list[Array] = [disc(stance.x, stance.y - 0.3, 0.25)]
        navigator = station.workplace.runner._navigator
        navigator.obstacles = lambda: others
        station.at(until_s, others.clear)

    return inject


def unseen(since_s: float, until_s: float) -> Inject:
    def inject(station: PlaneStation) -> None:
        station.at(since_s, lambda: setattr(station.motion, "unseen_since_s", since_s))
        station.at(until_s, lambda: setattr(station.motion, "unseen_since_s", None))

    return inject


def touches(time_s: float) -> Inject:
    def inject(station: PlaneStation) -> None:
        robot = station.operator.robot
        station.at(time_s, lambda: setattr(robot, "touched", True))
        station.at(time_s + 0.1, lambda: setattr(robot, "touched", False))

    return inject


def late(takes_s: float) -> Inject:
    return lambda station: setattr(station.plant, "takes_s", takes_s)


def falls(station: PlaneStation) -> None:
    station.motion.fallen = True


def stops(station: PlaneStation) -> None:
    station.motion.request_stop()  # as a controller does by itself


def pauses_for(station: PlaneStation) -> None:
    station.performer.pause()
    station.at(station.operator.now_s + 2.0, station.performer.resume)


def disk_full(station: PlaneStation) -> None:
    def keep(_: object) -> int:
        raise StorageFault("no room")

    station.records.keep = keep  # type: ignore[method-assign]


STEPPED, SILENT, BUG = UnreachableError("the robot had to step"), SensorFailed("silent"), KeyError("trim")
FAR = NoWay("no way there")
CASES: dict[str, tuple[Inject, Phase, str]] = {
    "nothing": (lambda _: None, Phase.DONE, "order_done"),
    "a scan fails once": (breaks(STEPPED), Phase.DONE, "visit_repeated"),
    "a scan fails twice": (breaks(STEPPED, STEPPED), Phase.DONE, "visit_failed"),
    "the scanner is silent once": (breaks(None, SILENT), Phase.DONE, "visit_repeated"),
    "the scanner is silent": (breaks(None, SILENT, SILENT), Phase.DONE, "visit_failed"),
    "a stance that nothing leads to": (breaks(None, None, FAR), Phase.DONE, "visit_failed"),
    "a skill with a bug": (breaks(BUG), Phase.DONE, "visit_failed"),
    "everything fails": (breaks(*[BUG] * 6), Phase.DONE, "visit_failed"),
    "a visitor for a moment": (stands_there("door_left", 4.0), Phase.DONE, "way_waited_for"),
    "a pallet for good": (stands_there("door_left", 1e9), Phase.DONE, "way_given_up"),
    "a pallet at the right": (stands_there("door_right", 1e9), Phase.DONE, "way_given_up"),
    "nobody sees the robot for a while": (unseen(1.0, 5.0), Phase.DONE, "place_found"),
    "nobody sees the robot any more": (unseen(1.0, 1e9), Phase.STOPPED, "place_given_up"),
    "the car is touched on the way": (touches(1.0), Phase.DONE, "car_touched"),
    "the car is touched at work": (touches(3.9), Phase.DONE, "car_touched"),
    "the car is late": (late(4.0), Phase.DONE, "car_came"),
    "the car never comes": (late(1e9), Phase.DONE, "car_late"),
    "the robot stops itself walking": (after(1.0, stops), Phase.STOPPED, "stopped"),
    "the robot stops itself at work": (after(4.0, stops), Phase.STOPPED, "stopped"),
    "the robot stops itself on the way home": (after(18.0, stops), Phase.STOPPED, "stopped"),
    "the robot falls": (after(3.0, falls), Phase.FAILED, "car_interrupted"),
    "somebody pauses": (after(3.0, pauses_for), Phase.DONE, "went_on_asked"),
    "somebody cancels": (after(6.0, lambda station: station.performer.cancel()), Phase.CANCELLED, "order_cancelled"),
    "somebody says stop": (after(6.0, lambda station: station.performer.request_stop()), Phase.STOPPED, "stop_asked"),
    "the disk is full": (after(3.0, disk_full), Phase.FAILED, "order_failed"),
}


@dataclass(frozen=True, kw_only=True)
class Account:
    """What stands on record afterwards."""

    values: list[float]
    stages: list[CarState]
    reasons: set[Reason]
    codes: list[str]


def account(station: PlaneStation) -> Account:
    entries = [entry for car in station.cars for entry in car.characteristics]
    return Account(
        values=sorted(float(entry.value) for entry in entries if entry.value is not None),
        stages=[car.state for car in station.cars],
        reasons={entry.reason for entry in entries},
        codes=station.codes,
    )


@pytest.mark.parametrize("case", CASES)
def test_whatever_goes_wrong_it_ends_and_everything_is_accounted_for(case: str, tmp_path: Path) -> None:
    inject, phase, told = CASES[case]
    with plane_station(tmp_path) as station:
        inject(station)
        progress = station.do(*SHIFT)
        found = account(station)
        assert progress.phase is phase
        assert told in found.codes
        touched = Reason.CAR_TOUCHED in found.reasons
        measured = station.skills.probe.measured
        if not touched and case != "the disk is full":
            assert found.values == measured  # nothing lost, nothing twice
        assert len(found.values) == len(set(found.values))
        if phase is Phase.DONE:
            assert len(found.stages) == 2
            assert station.motion.state.arrived
        else:
            assert progress.because is not None
            assert progress.because.title.zh != progress.because.title.en
        if phase is Phase.STOPPED:
            assert station.motion.reports
    entries = read_journal(tmp_path / JOURNAL_FILE)
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert all(entry.text.zh and entry.text.en for entry in entries)


@pytest.mark.parametrize("case", ["a scan fails twice", "everything fails", "a pallet for good", "the car never comes"])
def test_what_fails_is_not_decidable_with_its_reason(case: str, tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:
        CASES[case][0](station)
        station.do(*SHIFT)
        failed = [e for car in station.cars for e in car.characteristics if e.verdict.name == "NOT_DECIDABLE"]
        assert failed
        assert all(e.reason in (Reason.NOT_REACHED, Reason.SKILL_FAILED, Reason.NOT_INSPECTED) for e in failed)


def test_who_is_given_little_time_does_what_is_worth_most(tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:
        station.do(Goal(skill="inspect", slots={"within_s": 20.0}))
        (car,) = station.cars
        verdicts = {entry.id: entry.verdict.name for entry in car.characteristics}
    assert verdicts["L1"] == "OK"  # critical
    assert "NOT_DECIDABLE" in verdicts.values()


def test_a_time_that_is_over_sends_the_robot_home_and_keeps_what_was_judged(tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:
        station.at(5.6, station.performer.pause)  # on the way from the first visit to the second
        station.at(30.0, station.performer.resume)
        station.do(Goal(skill="inspect", slots={"ids": ("L1", "L2"), "within_s": 22.0}))
        (car,) = station.cars
        assert "no_time_left" in station.codes
        assert {entry.reason for entry in car.characteristics} == {Reason.INSIDE_TOLERANCE, Reason.TAKT_EXPIRED}
        assert (car.interrupted, station.motion.state.arrived) == (None, True)


def test_an_act_that_breaks_costs_that_act(tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:

        def voice(_: str) -> None:
            raise OSError("no loudspeaker")

        station.skills.equipment.voice = voice
        progress = station.do(Goal(skill="say", slots={"text": "hello"}), Goal(skill="wait", slots={"seconds": 1.0}))
        assert progress.phase is Phase.DONE
        assert station.codes.count("task_skipped") == 1
        assert "no loudspeaker" in read_journal(tmp_path / JOURNAL_FILE)[2].text.en


def test_what_was_to_be_done_at_a_place_is_not_done_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_way(*_: object) -> Iterator[None]:
        raise UnreachableError("no way leads there")
        yield

    with plane_station(tmp_path) as station:
        said: list[str] = []
        station.skills.equipment.voice = said.append
        before, there = (Goal(skill="say", slots={"text": text}) for text in ("before", "this is it"))
        with monkeypatch.context() as patched:
            patched.setattr(Navigator, "walk", no_way)
            station.do(before, Goal(skill="go_to", slots={"place": "rear"}), there)
        assert (said, station.codes.count("task_skipped")) == (["before"], 2)
        assert station.do(there).phase is Phase.DONE
        assert said == ["before", "this is it"]


def test_pauses_end_between_acts_too(tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:
        station.at(0.5, station.performer.pause)
        station.at(6.0, station.performer.resume)
        wait = Goal(skill="wait", slots={"seconds": 1.0})
        assert station.do(wait, wait).phase is Phase.DONE
        assert station.operator.now_s > 6.9
