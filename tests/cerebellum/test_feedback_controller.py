"""What every controller has around its decision, shown on one that only holds its joints, and the biped's periods."""

from __future__ import annotations

from dataclasses import replace

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.feedback_controller import FeedbackController
from linewalker.cerebellum.stopping.safe_stop import SafeMotion, StopRules
from linewalker.cerebellum.stopping.stop_states import StopCause, StopState
from linewalker.errors import InputError, MotionRefused
from linewalker.limbs.model.robot_model import effort_limits, floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import Readings
from linewalker.limbs.simulated.mujoco_body import MujocoBody
from tests.cerebellum.stiff_controller import StiffController

PROFILE = load_profile("g1")


class Loop:
    """A body in physics of 1 ms and what moves it."""

    def __init__(self, motion: FeedbackController | SafeMotion):
        self.motion, model = motion, floor_model(motion.profile, visual=False)
        model.opt.timestep = 0.001
        self.data = mujoco.MjData(model)
        self.body = MujocoBody(model, self.data, motion.profile)
        self.body.place(0.0, 0.0, 0.0)

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / self.motion.period_s)):
            self.body.act(self.motion.tick(self.body.sense()))
            mujoco.mj_step(self.body.model, self.data, nstep=round(self.motion.period_s / 0.001))


def blinded(readings: Readings) -> Readings:
    return replace(readings, q_rad=np.full_like(readings.q_rad, np.nan))


def test_stiff_joints_stand_and_a_safe_stop_holds_them() -> None:
    loop = Loop(SafeMotion(StiffController(PROFILE)))
    loop.run(0.5)
    assert loop.motion.state.settled
    assert loop.motion.footing.load > 0.3
    loop.motion.request_stop()
    loop.run(0.2)
    assert loop.motion.stop_state is StopState.HOLDING
    assert loop.motion.controller.halts == 1
    with pytest.raises(MotionRefused, match="requested"):
        loop.motion.command()
    loop.motion.acknowledge()
    assert loop.motion.command() is loop.motion.controller


def test_its_fall_is_noticed() -> None:
    loop = Loop(SafeMotion(StiffController(PROFILE)))
    loop.run(0.2)
    loop.data.qvel[:2] = [2.0, 0.0]
    loop.run(1.5)
    assert loop.motion.state.mode is Mode.FALLEN
    assert loop.motion.reports[-1].causes >= {StopCause.OVERTURNING, StopCause.FALL}


def test_a_command_without_numbers_never_leaves_and_its_source_is_named() -> None:
    loop = Loop(StiffController(PROFILE))
    loop.run(0.1)
    loop.motion.torque_nm = np.nan
    command = loop.motion.tick(loop.body.sense())
    assert command is loop.motion.damped
    assert loop.motion.fault == "tau_nm came out of StiffController.decide"
    assert not loop.motion.blind


def test_what_is_felt_without_sense_is_foreseen_for_a_moment() -> None:
    loop = Loop(StiffController(PROFILE))
    loop.run(0.1)
    damped, ticks = loop.motion.damped, 0
    while loop.motion.tick(blinded(loop.body.sense())) is not damped:
        ticks += 1
        assert loop.motion.blind
        assert "q_rad" in loop.motion.fault
        mujoco.mj_step(loop.body.model, loop.data, nstep=2)
    assert ticks * loop.motion.period_s == pytest.approx(FeedbackController.BLIND_S, abs=1.5 * loop.motion.period_s)
    assert loop.motion.state.mode is Mode.FALLEN


def test_one_that_never_felt_anything_is_let_down() -> None:
    loop = Loop(StiffController(PROFILE))
    assert loop.motion.tick(blinded(loop.body.sense())) is loop.motion.damped
    assert loop.motion.state.mode is Mode.FALLEN


def test_a_robot_that_is_let_down_has_no_torque_and_every_joint_is_braked() -> None:
    damped = StiffController(PROFILE).damped
    for nothing in (damped.tau_nm, damped.kp_nm_rad):
        assert not nothing.any()
    np.testing.assert_allclose(damped.kd_nm_s_rad, FeedbackController.DAMPING_S_RAD * effort_limits(PROFILE))


def test_whoever_commands_has_to_be_there_while_it_has_not_arrived() -> None:
    """A verb of the wrapped controller counts as a command; one that is at rest needs nobody."""
    loop = Loop(SafeMotion(StiffController(PROFILE), StopRules(command_timeout_s=0.1)))
    loop.run(0.3)
    assert loop.motion.stop_state is StopState.RUNNING
    loop.motion.controller.busy = True
    for _ in range(4):
        loop.motion.command()
        loop.run(0.08)
    assert loop.motion.stop_state is StopState.RUNNING
    loop.run(0.1)
    assert loop.motion.stop_causes == {StopCause.COMMANDS_LOST}


def test_a_reset_one_is_new() -> None:
    loop = Loop(StiffController(PROFILE, 0.004))
    loop.run(0.1)
    loop.motion.reset()
    assert loop.motion.period_s == 0.004
    assert not loop.motion.estimate.localised
    assert np.isinf(loop.motion.estimate.fix_age_s)


@pytest.mark.parametrize("period_s", [0.0, -0.002, 0.0005, 0.005, np.nan, np.inf])
def test_a_period_that_balance_is_not_sound_at_is_refused(period_s: float) -> None:
    with pytest.raises(InputError, match=r"0\.001 to 0\.004 s"):
        StiffController(PROFILE, period_s)


@pytest.mark.parametrize("period_s", [0.001, 0.004])
def test_the_biped_stands_and_walks_at_another_period(period_s: float) -> None:
    loop = Loop(MotionController(PROFILE, period_s))
    loop.run(0.6)
    assert loop.motion.state.settled
    loop.motion.walk(0.4, 0.0, 0.0)
    loop.run(3.0)
    assert loop.motion.state.mode is Mode.WALKING
    assert loop.data.qpos[0] == pytest.approx(0.58, abs=0.05)  # as at 2 ms
    loop.motion.halt()
    loop.run(1.5)
    assert loop.motion.state.mode is Mode.STANDING
