"""Benchmarks say when a number is missed, refuse what can not be measured, and print commands that can be run."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from benchmarks import console, inspection, soak
from benchmarks.motion.__main__ import command_line, read_arguments
from benchmarks.motion.registry import MEASUREMENTS
from benchmarks.motion.senseless import kinds, walk_with
from benchmarks.motion.setting import Setting
from benchmarks.motion.uptime import LongRun
from benchmarks.motion.walking import Arrival, goal_rows
from benchmarks.motion.whole_body import peer_rows
from benchmarks.rig import Rig
from benchmarks.table import Row, one, spread
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.balance.whole_body import WholeBody
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.factory.records.archive import read_runs
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.station.run_folder import RECORDS_FILE


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_a_bound_is_missed_on_one_side_only(value: float, bound: float) -> None:
    assert one("way", value, "m", must=bound).missed == (value > bound)
    assert one("speed", value, "m/s", must=bound, at_least=True).missed == (value < bound)
    assert not one("way", value, "m", aim=bound).missed


def test_cars_in_great_number_are_as_if_each_had_been_judged(tmp_path: Path) -> None:
    console.put_on_record(tmp_path, shifts=3, cars=2, characteristics=2)
    runs = read_runs(tmp_path / RECORDS_FILE)
    assert [len(run.jobs) for run in runs] == [2, 2, 2]
    assert len({job.result.order.vin for run in runs for job in run.jobs}) == 6
    assert runs[2].jobs[1].result.characteristics == runs[0].jobs[1].result.characteristics


def test_nothing_measured_is_missed() -> None:
    row = Row(what="place", values=spread([]), unit="mm", must={"p95": 10})
    assert row.missed
    assert row.measured == "none median, none p95, none worst mm"


def test_a_bound_belongs_to_a_value() -> None:
    with pytest.raises(ValueError, match="p99"):
        Row(what="tick", values={"p50": 1.0}, must={"p99": 2.0})


def test_spread_is_ordered() -> None:
    values = spread(np.random.default_rng(0).normal(size=50).tolist())
    assert values["median"] <= values["p95"] <= values["worst"]


def test_a_goal_that_is_not_reached_is_a_missed_number() -> None:
    there = Arrival(took_s=5.0, off_mm=2.0, off_deg=0.1, steps_after=0)
    assert not any(row.missed for row in goal_rows("goals", [there]))
    assert [row.missed for row in goal_rows("goals", [there, None])] == [True, False, False, False, False]


def test_a_rig_has_no_targets_on_its_scanners_unless_a_measurement_says_so() -> None:
    assert not Rig().robot.localisation.scanners
    assert tuple(Rig(tool_targets=True).robot.localisation.scanners) == tuple(load_profile("g1").scanners)


@pytest.mark.parametrize("name", MEASUREMENTS)
@pytest.mark.parametrize(
    "options", [[], ["--robot", "talos", "--seed", "7", "--trials", "3", "--foot-sensors", "--hours", "0.5"]]
)
def test_the_printed_command_measures_the_same_again(name: str, options: list[str]) -> None:
    def setting(words: list[str]) -> Setting:
        told = read_arguments(words)
        trials = told.trials or MEASUREMENTS[name].trials
        return Setting(
            robot=told.robot, trials=trials, seed=told.seed, foot_sensors=told.foot_sensors, hours=told.hours
        )

    wanted = setting([name, *options])
    words = command_line(name, wanted).split()
    assert words[:4] == ["python", "-m", "benchmarks.motion", name]
    assert setting(words[3:]) == wanted


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--trials", "0"], "0: expected a whole number, at least 1"),
        (["--trials", "-3"], "-3: expected a whole number, at least 1"),
        (["--seed", "x"], "x: expected a whole number, at least 0"),
        (["--hours", "0"], "0: expected a number above 0"),
        (["dance"], "no measurement is called dance; there are velocity"),
        (["--robot", "nobody"], "invalid choice: 'nobody'"),
    ],
)
def test_bad_arguments_are_refused(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments(words)
    assert said in capsys.readouterr().err


def test_a_library_that_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pinocchio", None)  # what Python does with a module that can not be found
    profile = load_profile("g1")
    control = WholeBody(profile, Dynamics(profile), effort_limits(profile))
    setting = Setting(robot="g1", trials=1, seed=0, foot_sensors=False)
    (row,) = peer_rows(setting, [], control)
    assert "pip install --no-deps -r requirements-bench.lock" in row.measured
    assert not row.missed


def test_numbers_written_into_a_file_are_read_again(tmp_path: Path) -> None:
    rows = [one("way", float("nan"), "m", must=1.0), Row(what="place", values={"p95": np.float64(2.5)}, aim={"p95": 3})]
    text = json.dumps([asdict(row) for row in rows], default=float)
    assert [(Row(**row).measured, Row(**row).missed) for row in json.loads(text)] == [
        (row.measured, row.missed) for row in rows
    ]
    broken = soak.Part(name="nothing", command=("benchmarks.motion", "dance"))
    (row,) = broken.run(tmp_path)
    assert row.missed
    assert "dance" in (tmp_path / "nothing.log").read_text()


def test_every_long_run_can_be_asked_for_and_none_is_forgotten() -> None:
    parts = list(soak.parts(hours=0.5, goals=3, seed=4))
    asked = [read_arguments(list(part.command[1:])) for part in parts if part.command[0] == "benchmarks.motion"]
    assert {(given.robot, *given.names, given.hours) for given in asked if "uptime" in given.names} == {
        (robot, "uptime", 0.5) for robot in PROFILES
    }
    places = [Path(__file__).parents[1] / part.command[-1] for part in parts if part.command[0] == "pytest"]
    slow = [
        path for path in Path(__file__).parent.rglob("*.py") if "mark." + "soak" in path.read_text(encoding="utf-8")
    ]
    assert slow
    assert [path for path in slow if not any(path.is_relative_to(place) for place in places)] == []


def test_a_long_run_is_watched() -> None:
    setting = Setting(robot="g1", trials=1, seed=3, foot_sensors=False, hours=12.0 / 3600.0)
    diary = LongRun(setting, tracker=True).live()
    assert (diary.ended, diary.without_numbers, diary.faults, diary.unasked) == ("", 0, 0, [])
    assert (diary.asymmetry, len(diary.memory_mb)) == (0.0, 2)
    assert diary.smallest > 0.0
    assert np.isfinite(diary.tick_us[:, 0]).any(axis=1).all()
    diary.look(np.full((27, 27), np.nan))
    assert diary.without_numbers == 1
    run = LongRun(setting, tracker=False)
    assert not run.rig.robot.localisation.scanners
    torso = run.rig.robot.model.body(setting.profile.torso).id
    run.rig.data.xfrc_applied[torso, 0] = 500.0
    assert run.live().ended.startswith("fell at")


def test_data_without_sense_is_of_many_kinds_each_once() -> None:
    names = [kind.name for kind in kinds()]
    assert len(set(names)) == len(names) >= 100


@pytest.mark.parametrize("name", ["fix: place with nan", "tau_nm too long"])
def test_a_walk_survives_data_without_sense_and_the_cause_is_named(name: str) -> None:
    (kind,) = [kind for kind in kinds() if kind.name == name]
    setting = Setting(robot="g1", trials=1, seed=0, foot_sensors=True)
    end = walk_with(setting, Rig(0, model=setting.floor(), foot_sensors=True), kind)
    assert (end.infinite, end.fell, end.raised, end.stopped) == (0, False, "", False)
    assert ("place" if name.startswith("fix") else "tau_nm") in end.named


def test_strata_of_the_inspection_tell_errors_and_what_is_covered() -> None:
    gap, flush = inspection.drawn_sections(inspection.STRATA[1], 2, np.random.default_rng(0))
    assert (gap.what, flush.what) == ("gap", "flush")
    assert not gap.missed
    assert "% covered by U" in gap.note
    assert "0 of 2 undecided" in gap.note
