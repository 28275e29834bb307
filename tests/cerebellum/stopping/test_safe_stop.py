"""The stop in physics: G1 without foot sensors, noisy sensors, joint friction 0.2 N m, links that touch one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import mujoco
import numpy as np
import pytest
from benchmarks.rig import Rig

from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.safe_stop import SafeMotion, StopRules
from linewalker.cerebellum.stopping.stop_states import StopCause, StopState
from linewalker.errors import ClockError, MotionRefused
from linewalker.geometry import Pose
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import Readings


@lru_cache(maxsize=3)
def floor(robot: str) -> mujoco.MjModel:
    return floor_model(load_profile(robot), visual=False, self_collision=True)


class SafeRig(Rig):
    """A rig with a `SafeMotion`; what its sensors say can be falsified."""

    motion: SafeMotion

    def __init__(self, seed: int, rules: StopRules | None = None, robot: str = "g1"):
        super().__init__(seed, robot, model=floor(robot), foot_sensors=False)
        self.motion = SafeMotion(MotionController(self.robot.profile), rules)
        self.run(0.6)

    def run_to(self, state: StopState, seconds: float) -> None:
        self.run(seconds, until=lambda: self.motion.stop_state is state)
        assert self.motion.stop_state is state

    def feed(self, seconds: float, falsify) -> None:
        for _ in range(round(seconds / 0.002)):
            self.robot.act(self.motion.tick(falsify(self.robot.sense())))


def blind(readings: Readings) -> Readings:
    return replace(readings, q_rad=np.full_like(readings.q_rad, np.nan))


@pytest.mark.parametrize(("seed", "when_s"), [(11, 3.0), (12, 3.2)])
def test_from_walking_it_holds_within_a_second_and_half_a_metre(seed: int, when_s: float) -> None:
    rig = SafeRig(seed)
    rig.motion.walk(0.6, 0.0, 0.0)
    rig.run(when_s)
    began, at = rig.data.time, rig.middle()
    rig.motion.request_stop()
    rig.run_to(StopState.HOLDING, 1.5)
    report = rig.motion.reports[-1]
    assert report.causes == {StopCause.REQUEST}
    assert report.ended is StopState.HOLDING
    assert report.stop_time_s == pytest.approx(rig.data.time - began, abs=0.005)
    assert report.stop_time_s <= 1.0
    assert np.hypot(*(rig.middle() - at)[:2]) <= report.path_m + 0.1
    assert report.path_m <= 0.5
    rig.run(0.3)
    still, steps = rig.middle(), rig.state.steps
    rig.run(1.0)
    assert rig.state.steps == steps
    np.testing.assert_allclose(rig.middle(), still, atol=1e-3)
    with pytest.raises(MotionRefused, match="acknowledge"):
        rig.motion.walk_to(1.0, 0.0, 0.0)
    rig.motion.acknowledge()
    rig.motion.walk(0.2, 0.0, 0.0)
    assert rig.state.mode is Mode.WALKING


def test_what_is_swept_covers_the_soles_and_the_way() -> None:
    rig = SafeRig(3)
    rig.motion.request_stop()
    rig.run_to(StopState.HOLDING, 0.5)
    sole = 4 * rig.robot.profile.sole_half_length_m * rig.robot.profile.gait.half_width_m
    assert sole < rig.motion.reports[-1].swept_m2 < 0.3  # a robot that stands still
    assert rig.motion.reports[-1].path_m < 0.01


def test_commands_that_are_no_longer_refreshed_stop_it() -> None:
    rig = SafeRig(4, StopRules(command_timeout_s=0.2))
    rig.run(0.5)  # standing idle needs nobody
    rig.motion.walk(0.2, 0.0, 0.0)
    for _ in range(6):
        rig.run(0.15)
        rig.motion.refresh()
    assert rig.motion.stop_state is StopState.RUNNING
    rig.run_to(StopState.HOLDING, 1.8)
    assert rig.motion.stop_causes == {StopCause.COMMANDS_LOST}
    with pytest.raises(MotionRefused, match="refreshed"):
        rig.motion.acknowledge()
    rig.motion.refresh()
    rig.run(0.01)
    rig.motion.acknowledge()
    assert rig.motion.stop_state is StopState.RUNNING


@pytest.mark.parametrize("verb", ["stop", "halt"])
def test_every_verb_is_a_command(verb: str) -> None:
    rig = SafeRig(4, StopRules(command_timeout_s=0.2))
    rig.motion.walk(0.2, 0.0, 0.0)
    for _ in range(20):
        rig.run(0.1)
        getattr(rig.motion, verb)()
    assert rig.motion.stop_state is StopState.RUNNING
    assert rig.state.mode is Mode.STANDING


def test_a_stop_does_not_refresh_itself() -> None:
    rig = SafeRig(4, StopRules(command_timeout_s=0.2))
    rig.motion.walk(0.2, 0.0, 0.0)
    rig.run_to(StopState.HOLDING, 2.0)
    with pytest.raises(MotionRefused, match="refreshed"):
        rig.motion.acknowledge()


def test_fixes_that_are_never_of_use_stop_it_and_say_why() -> None:
    rig = SafeRig(5, StopRules(localisation_s=0.5))
    rig.motion.walk_to(3.0, 0.0, 0.0)

    def of_another_clock(readings: Readings) -> Readings:
        fix = readings.fix
        return readings if fix is None else replace(readings, fix=replace(fix, taken_s=fix.taken_s + 1.7e9))

    rig.feed(2.0, of_another_clock)
    assert rig.motion.stop_state is StopState.HOLDING
    assert rig.motion.stop_causes == {StopCause.LOCALISATION_LOST}
    assert "clock of Readings.time_s" in rig.motion.reports[-1].why


def test_a_reference_that_is_not_finite_reaches_no_drive() -> None:
    rig = SafeRig(13)
    home = rig.motion.upper_body.q.copy()
    zeros, wrong = np.zeros_like(home), home.copy()
    wrong[0] = np.nan
    rig.motion.set_upper_body(UpperBodyReference(q_rad=wrong, dq_rad_s=zeros, ddq_rad_s2=zeros))
    for _ in range(50):
        command = rig.motion.tick(rig.robot.sense())
        assert all(np.isfinite(values).all() for values in vars(command).values())
        rig.robot.act(command)
    assert rig.motion.stop_state is StopState.FALLEN
    assert StopCause.NO_COMMAND in rig.motion.stop_causes
    assert "upper body" in rig.motion.reports[-1].why


def test_a_lost_estimate_reaches_no_drive_and_is_named() -> None:
    rig = SafeRig(14)
    rig.motion.controller.estimator._state[1][3] = np.nan
    command = rig.motion.tick(rig.robot.sense())
    assert all(np.isfinite(values).all() for values in vars(command).values())
    assert "state estimate" in rig.motion.reports[-1].why


def test_one_law_of_damping_for_whoever_lies() -> None:
    pushed, blinded = SafeRig(8), SafeRig(7)
    pushed.push((900.0, 0.0, 0.0), 0.2)
    pushed.run_to(StopState.FALLEN, 3.0)
    blinded.feed(0.16, blind)
    assert blinded.motion.stop_state is StopState.FALLEN
    gains = [rig.motion.tick(rig.robot.sense()).kd_nm_s_rad for rig in (pushed, blinded)]
    np.testing.assert_array_equal(*gains)


def test_without_localisation_it_does_not_walk_on_to_a_goal() -> None:
    rig = SafeRig(5, StopRules(localisation_s=0.4))
    rig.motion.walk_to(3.0, 0.0, 0.0)
    rig.run(1.0)
    rig.robot.localisation.lost = True
    rig.run_to(StopState.HOLDING, 2.0)
    assert rig.motion.stop_causes == {StopCause.LOCALISATION_LOST}
    with pytest.raises(MotionRefused, match="localisation"):
        rig.motion.acknowledge()
    rig.robot.localisation.lost = False
    rig.run(0.2)
    rig.motion.acknowledge()


def test_localisation_that_contradicts_the_legs_stops_it() -> None:
    rig = SafeRig(6)

    def moved(readings: Readings) -> Readings:
        if readings.fix is None:
            return readings
        X_WT = Pose(p=np.array([0.6, 0.0, 0.0])) @ readings.fix.X_WT
        return replace(readings, fix=replace(readings.fix, X_WT=X_WT))

    rig.feed(0.4, moved)
    assert StopCause.ESTIMATE_INCONSISTENT in rig.motion.stop_causes
    rig.run(0.2)
    assert rig.motion.stop_state is StopState.HOLDING


def test_a_robot_whose_sensors_give_no_numbers_goes_compliant() -> None:
    rig = SafeRig(7)
    rig.feed(0.05, blind)
    assert rig.motion.stop_state is StopState.RUNNING
    assert "q_rad is not finite" in rig.motion.fault
    rig.feed(0.08, blind)
    assert rig.motion.stop_state is StopState.STOPPING  # what nobody measures confirms no hold
    assert rig.motion.stop_causes == {StopCause.ESTIMATE_INCONSISTENT}
    assert rig.state.mode is Mode.STANDING
    rig.feed(0.03, blind)
    assert rig.motion.stop_state is StopState.FALLEN
    assert "q_rad is not finite" in rig.motion.reports[-1].why
    command = rig.motion.tick(rig.robot.sense())
    assert not command.tau_nm.any()
    assert (command.kd_nm_s_rad > 0.0).all()


def test_a_sensor_that_gives_no_sense_now_and_then_stops_it() -> None:
    """One reading does not, nor a gap; but gaps add up."""
    rig, gaps = SafeRig(3), 0
    rig.motion.walk(0.4, 0.0, 0.0)
    rig.run(1.0)
    while rig.motion.stop_state is StopState.RUNNING:
        rig.feed(0.04, lambda readings: replace(readings, gyro_rad_s=np.full(3, np.nan)))
        gaps += 1
        rig.run(0.3)
    assert gaps == 4
    assert rig.motion.stop_causes == {StopCause.ESTIMATE_INCONSISTENT}
    rig.run_to(StopState.HOLDING, 1.5)
    rig.motion.acknowledge()


def test_a_silence_too_long_to_be_made_up_stops_it() -> None:
    rig = SafeRig(4)
    for _ in range(60):
        rig.robot.sense()
    rig.run_to(StopState.HOLDING, 1.5)
    assert rig.motion.stop_causes == {StopCause.READINGS_LOST}
    rig.motion.acknowledge()
    rig.run(0.1)
    assert rig.motion.stop_state is StopState.RUNNING


@pytest.mark.parametrize("stamp", [lambda t: t - 1.0, lambda _: 3.0], ids=["back", "still"])
def test_a_clock_that_goes_wrong_brings_it_to_a_stand(stamp: Callable[[float], float]) -> None:
    rig = SafeRig(5)
    rig.motion.walk(0.5, 0.0, 0.0)
    rig.run(2.5)

    def misdated(readings: Readings) -> Readings:
        return replace(readings, time_s=stamp(readings.time_s), fix=None, tool_fixes=())

    rig.feed(2.5, misdated)
    assert rig.motion.stop_state is StopState.HOLDING
    assert rig.motion.stop_causes == {StopCause.CLOCK}


def test_a_robot_that_begins_anew_is_not_taken_for_the_old_one() -> None:
    rig = SafeRig(5)
    with pytest.raises(ClockError, match=r"ran back from .*reset"):
        rig.feed(0.1, lambda readings: replace(readings, time_s=readings.time_s - rig.data.time))


def test_after_a_fall_another_episode_begins() -> None:
    rig = SafeRig(8)
    rules = rig.motion.rules
    rig.push((900.0, 0.0, 0.0), 0.2)
    rig.run_to(StopState.FALLEN, 3.0)
    mujoco.mj_resetData(rig.robot.model, rig.data)
    rig.robot.place(0.0, 0.0, 0.0)
    rig.motion.reset()
    assert rig.motion.rules is rules
    rig.motion.walk(0.4, 0.0, 0.0)
    rig.run(3.0)
    assert rig.motion.stop_state is StopState.RUNNING
    assert rig.middle()[0] > 0.5


def test_a_fall_is_reported_and_final() -> None:
    rig = SafeRig(8)
    rig.push((900.0, 0.0, 0.0), 0.2)
    rig.run_to(StopState.FALLEN, 3.0)
    report = rig.motion.reports[-1]
    assert report.ended is StopState.FALLEN
    assert report.causes >= {StopCause.OVERTURNING, StopCause.FALL}
    with pytest.raises(MotionRefused, match="fell"):
        rig.motion.acknowledge()


@pytest.mark.parametrize("robot", ["g1", "walker", "talos"])
def test_lowered_it_squats_and_without_torque_it_sinks_gently(robot: str) -> None:
    rig = SafeRig(9, robot=robot)
    torso = rig.robot.model.body(rig.robot.profile.torso).id
    high = rig.data.qpos[2]
    rig.motion.request_stop()
    rig.run(0.3)
    rig.motion.lower()
    rig.run_to(StopState.LOWERING, 0.5)
    rig.run_to(StopState.TORQUE_OFF, 8.0)
    assert rig.state.steps == 0
    assert rig.data.qpos[2] < 0.55 * high
    fastest: list[float] = []
    rig.run(2.0, until=lambda: fastest.append(float(np.linalg.norm(rig.data.cvel[torso, 3:]))) is not None)
    assert not rig.robot.body.lies
    assert max(fastest) < 0.4
    assert fastest[-1] < 0.05
    with pytest.raises(MotionRefused, match="low"):
        rig.motion.acknowledge()


def test_an_arm_that_reaches_stays_where_it_is() -> None:
    rig = SafeRig(10)
    home, wanted = rig.motion.upper_body.q.copy(), rig.motion.upper_body.q.copy()
    elbow = 3 + 7 + 3  # waist, left arm, third after the right shoulder's first
    rate = np.zeros_like(home)
    rate[elbow] = 1.5
    for _ in range(150):
        wanted += 0.002 * rate
        rig.motion.set_upper_body(
            UpperBodyReference(q_rad=wanted.copy(), dq_rad_s=rate, ddq_rad_s2=np.zeros_like(home))
        )
        rig.run(0.002)
    rig.motion.request_stop()
    rig.run_to(StopState.HOLDING, 1.0)
    stopped = rig.motion.upper_body.q[elbow]
    rig.run(0.3)
    assert rig.motion.upper_body.q[elbow] == pytest.approx(stopped, abs=1e-9)
    assert 0.0 <= stopped - wanted[elbow] < 1.5**2 / (2 * 20.0) + 0.005


def test_verbs_that_are_taken_are_told_and_others_are_not() -> None:
    motion = SafeMotion(MotionController(load_profile("g1")))
    told: list[tuple[str, tuple[object, ...]]] = []
    motion.on_verb = lambda name, arguments: told.append((name, arguments))
    motion.calibrate(motion.calibration)
    with pytest.raises(MotionRefused):
        motion.lower()
    motion.set_upper_body(None)
    motion.stop()
    motion.halt()
    motion.refresh()
    motion.request_stop("why")  # it is heeded within a tick
    assert [name for name, _ in told] == ["calibrate", "set_upper_body", "stop", "halt", "refresh"]
    assert told[1][1] == (None,)
