"""Benchmarks say when a number is missed, refuse what can not be measured, and print commands that can be run."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from benchmarks.motion.__main__ import command_line, read_arguments
from benchmarks.motion.registry import MEASUREMENTS
from benchmarks.motion.setting import Setting
from benchmarks.motion.walking import Arrival, goal_rows
from benchmarks.motion.whole_body import peer_rows
from benchmarks.rig import Rig
from benchmarks.table import Row, one, spread
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.dynamics import Dynamics
from linewalker.cerebellum.wholebody import WholeBody
from linewalker.limbs.model import effort_limits
from linewalker.limbs.profiles import load_profile


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_a_bound_is_missed_on_one_side_only(value: float, bound: float) -> None:
    assert one("way", value, "m", must=bound).missed == (value > bound)
    assert one("speed", value, "m/s", must=bound, at_least=True).missed == (value < bound)
    assert not one("way", value, "m", aim=bound).missed


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
@pytest.mark.parametrize("options", [[], ["--robot", "talos", "--seed", "7", "--trials", "3", "--foot-sensors"]])
def test_the_printed_command_measures_the_same_again(name: str, options: list[str]) -> None:
    def setting(words: list[str]) -> Setting:
        told = read_arguments(words)
        trials = told.trials or MEASUREMENTS[name].trials
        return Setting(robot=told.robot, trials=trials, seed=told.seed, foot_sensors=told.foot_sensors)

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
