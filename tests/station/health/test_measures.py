"""What a recording is measured to say is what was put into it."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.stopping.safe_stop import StopRules
from linewalker.station.health.measures import RunMeasures, measure
from linewalker.station.recording.replay import Recorded
from linewalker.station.recording.rows import Rows, command_type
from linewalker.station.recording.session import Session
from tests.station.health.motions import LEFT_KNEE, PROFILE, N, motion

ELBOW = PROFILE.joints.index("right_elbow_joint")


def measured(readings: Rows, commands: Rows | None = None) -> RunMeasures:
    session = Session(
        robot="g1", profile=PROFILE, controller="MotionController", period_s=0.002, rules=StopRules(),
        from_the_start=True, seed=0, words=(), opened_at="2026-01-01T00:00:00+00:00", epoch_ns=0, versions={},
    )  # fmt: skip
    told = np.zeros(0, command_type(N)) if commands is None else commands
    return measure(Recorded(session=session, readings=readings, commands=told, events=(), whole=True), "a")


def test_friction_and_bias_are_found_and_a_joint_on_the_floor_says_nothing() -> None:
    friction, bias = np.full(N, 0.2), np.zeros(N)
    friction[ELBOW], bias[LEFT_KNEE] = 0.4, 1.5
    run = measured(motion(friction, bias))
    seen = np.isfinite(run.friction_nm)
    assert not seen[6:12].any()
    assert seen[LEFT_KNEE]
    assert seen[ELBOW]
    assert run.friction_nm[ELBOW] == pytest.approx(0.4, abs=0.05)
    others = [j for j in range(12, N) if j != ELBOW]
    assert np.abs(run.friction_nm[others] - 0.2).max() < 0.08
    assert run.bias_nm[LEFT_KNEE] == pytest.approx(1.5, abs=0.3)
    assert run.lost == 0.0
    assert run.jumps == ()


def test_a_jump_is_found_to_the_tick_and_spoils_nothing_else() -> None:
    rows = motion(np.full(N, 0.2), np.zeros(N))
    rows["q_rad"][1000:, ELBOW] += 0.1
    run = measured(rows)
    (jump,) = run.jumps
    assert (jump.joint, jump.time_s) == ("right_elbow_joint", pytest.approx(rows["time_s"][1000]))
    assert jump.angle_rad == pytest.approx(0.1, abs=0.01)
    assert run.friction_nm[ELBOW] == pytest.approx(0.2, abs=0.05)


def test_losses_and_warmth_and_tracking_are_told() -> None:
    rows = motion(np.full(N, 0.2), np.zeros(N))
    rows["winding_c"] = 30.0 + 2.0 * rows["time_s"][:, None]
    commands = np.zeros(len(rows), command_type(N))
    commands["tick"] = rows["tick"]
    commands["kp_nm_rad"][:, ELBOW] = 40.0
    commands["q_rad"][:-1, ELBOW] = rows["q_rad"][1:, ELBOW] + 0.01
    run = measured(np.delete(rows, np.arange(60, 1900, 50)), commands)
    assert run.lost == pytest.approx(37 / 2000)
    assert run.winding_c[0] == pytest.approx(37.0, abs=0.1)
    assert run.winding_k_min[0] == pytest.approx(120.0, rel=0.01)
    assert run.tracking_rad[ELBOW] == pytest.approx(0.01, abs=1e-4)
    assert np.isnan(np.delete(run.tracking_rad, ELBOW)).all()


def test_play_is_the_way_a_joint_goes_without_torque() -> None:
    rows = motion(np.zeros(N), np.zeros(N), noise=0.0)
    phase = np.arange(len(rows)) % 200
    rows["tau_nm"][:, ELBOW] = np.where(phase < 100, 5.0, -5.0)
    rows["q_rad"][:, ELBOW] = 0.0
    tight = measured(rows).play_rad[ELBOW]
    for begin in range(90, len(rows) - 20, 100):  # it crosses its gap within 20 ticks that show no torque
        rows["tau_nm"][begin : begin + 20, ELBOW] = 0.0
        way = np.linspace(0.0, 0.04, 20)
        rows["q_rad"][begin : begin + 20, ELBOW] = way if (begin // 100) % 2 == 0 else 0.04 - way
        rows["q_rad"][begin + 20 : begin + 100, ELBOW] = 0.04 if (begin // 100) % 2 == 0 else 0.0
    assert tight == pytest.approx(0.0, abs=1e-6)
    assert measured(rows).play_rad[ELBOW] == pytest.approx(0.04, abs=0.005)
