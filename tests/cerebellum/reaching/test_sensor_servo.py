"""The servo on a body whose joints go where they are told: its gain holds, and no joint goes too far."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.reaching.sensor_servo import _MARGIN, _SMOOTH_S, SensorServo
from linewalker.geometry import Pose, exp_so3, log_so3
from linewalker.limbs.profile import upper_body_joints

PERIOD_S = 0.002
X_WO = Pose.planar(1.0, -2.0, 0.7)
"""The odometry frame is not that of the station."""


class Obedient:
    """A controller whose upper body is where its references are, and whose estimate is the truth."""

    def __init__(self, ik) -> None:
        self.profile, self.dynamics, self.period_s = ik.profile, Dynamics(ik.profile), PERIOD_S
        self.estimate = self.estimator = SimpleNamespace(X_WO=X_WO)
        self.joints = upper_body_joints(ik.profile)
        standing = dict(zip(ik.profile.joints, ik.profile.standing_q()))
        self.planned = np.array([standing[name] for name in self.joints])
        body = self.dynamics
        body.q[:3], body.q[3:7] = [0.2, 0.1, 0.75], [1.0, 0.0, 0.0, 0.0]
        body.q[body.joints + 1] = ik.profile.standing_q()
        self.follow(np.zeros(len(self.joints)))

    def follow(self, shift: np.ndarray) -> None:
        body = self.dynamics
        body.q[body.rest + 1] = self.planned + shift
        body.update(body.q, np.zeros(body.nv))

    def sensor(self, name: str = "right_wrist") -> Pose:
        """Where it is in the station."""
        site = self.dynamics.data.site(name)
        return X_WO @ Pose(p=site.xpos.copy(), R=site.xmat.reshape(3, 3).copy())


@pytest.fixture
def motion(scanner_ik) -> Obedient:
    return Obedient(scanner_ik)


def servo(motion: Obedient, ik, waist_share: float = 0.3, largest: tuple[float, float] = (1.0, 1.0)) -> SensorServo:
    made = SensorServo(motion, ik, waist_share=waist_share, largest_m=largest[0], largest_rad=largest[1])  # type: ignore[arg-type]
    made.X_WF = motion.sensor()
    return made


def run(made: SensorServo, motion: Obedient, seconds: float, gain_per_s: float = 5.0) -> np.ndarray:
    """Errors after each tick, (ticks, 6)."""
    errors = []
    for _ in range(round(seconds / PERIOD_S)):
        made.correct(motion.planned, gain_per_s)
        motion.follow(made.shift)
        errors.append(made.error())
    return np.array(errors)


def test_at_its_target_there_is_no_error_and_nothing_is_shifted(motion: Obedient, scanner_ik) -> None:
    made = servo(motion, scanner_ik)
    np.testing.assert_allclose(made.error(), 0.0, atol=1e-9)
    run(made, motion, 0.1)
    np.testing.assert_allclose(made.shift, 0.0, atol=1e-9)


def test_the_error_is_told_in_the_axes_of_odometry(motion: Obedient, scanner_ik) -> None:
    made = servo(motion, scanner_ik)
    at, turn = motion.sensor(), np.array([0.02, -0.01, 0.03])
    made.X_WF = Pose(p=at.p + X_WO.R @ [0.01, 0.02, 0.03], R=X_WO.R @ exp_so3(turn) @ X_WO.R.T @ at.R)
    np.testing.assert_allclose(made.error(), [0.01, 0.02, 0.03, *turn], atol=1e-9)


def test_the_error_goes_as_the_gain_says(motion: Obedient, scanner_ik) -> None:
    """e' = -k times the smoothed error: for slow gains exp(-k t), delayed by the smoothing."""
    made, gain = servo(motion, scanner_ik), 3.0
    at = motion.sensor()
    made.X_WF = Pose(p=at.p + [0.01, -0.01, 0.008], R=at.R @ exp_so3([0.02, 0.01, -0.02]))
    start = np.linalg.norm(made.error())
    errors = np.linalg.norm(run(made, motion, 1.5, gain), axis=1)
    t = PERIOD_S * np.arange(1, len(errors) + 1)
    rate = -np.polyfit(t[150:600], np.log(errors[150:600]), 1)[0]
    # characteristic equation of e' = -k s, s' = (e - s) / T
    slow = (1 - np.sqrt(1 - 4 * gain * _SMOOTH_S)) / (2 * _SMOOTH_S)
    assert rate == pytest.approx(slow, rel=0.08)
    assert errors[-1] < 0.03 * start


def test_only_joints_that_move_the_sensor_are_shifted_and_the_waist_by_its_share(motion: Obedient, scanner_ik) -> None:
    made = servo(motion, scanner_ik, waist_share=0.0)
    made.X_WF = Pose(p=made.X_WF.p + [0.0, 0.0, 0.02], R=made.X_WF.R)
    run(made, motion, 1.0)
    shifted = {name for name, shift in zip(motion.joints, made.shift) if abs(shift) > 1e-9}
    assert shifted <= set(motion.profile.arms[1].joints)
    assert shifted
    np.testing.assert_allclose(made.error(), 0.0, atol=2e-3)


def test_a_large_error_counts_as_the_largest(motion: Obedient, scanner_ik) -> None:
    """The first step of two targets, one ten times as far: the same."""
    steps = []
    for far in (0.02, 0.2):
        made = servo(motion, scanner_ik, largest=(0.02, 0.1))
        made.X_WF = Pose(p=motion.sensor().p + [0.0, 0.0, far], R=motion.sensor().R)
        made.correct(motion.planned, 5.0)
        steps.append(made.shift.copy())
    np.testing.assert_allclose(steps[1], steps[0], atol=1e-9)
    assert np.abs(steps[0]).max() > 0


def test_no_joint_is_sent_beyond_its_limits(motion: Obedient, scanner_ik) -> None:
    made = servo(motion, scanner_ik)
    made.X_WF = Pose(p=made.X_WF.p + [2.0, 0.0, 0.5], R=made.X_WF.R)  # nobody reaches there
    run(made, motion, 4.0, gain_per_s=20.0)
    index, margin = scanner_ik.moving_index, _MARGIN * scanner_ik.rules.joint_margin_rad
    q = dict(zip(motion.joints, motion.planned + made.shift))
    sent = np.array([q[name] for name in scanner_ik.moving])
    assert (sent >= scanner_ik.figure.lower[index] + margin - 1e-9).all()
    assert (sent <= scanner_ik.figure.upper[index] - margin + 1e-9).all()
    at_limit = np.isclose(sent, scanner_ik.figure.lower[index] + margin) | np.isclose(
        sent, scanner_ik.figure.upper[index] - margin
    )
    assert at_limit.any()


def test_what_is_smoothed_is_forgotten_when_the_target_moves(motion: Obedient, scanner_ik) -> None:
    made = servo(motion, scanner_ik)
    made.correct(motion.planned, 5.0)
    made.X_WF = Pose(p=made.X_WF.p + [0.0, 0.0, 0.01], R=made.X_WF.R)
    made.correct(motion.planned, 5.0)
    share = PERIOD_S / _SMOOTH_S
    np.testing.assert_allclose(made.smooth_error[2], share * 0.01, rtol=0.05)  # it still believes the old one
    made.forget()
    np.testing.assert_allclose(made.smooth_error, made.error())


def test_a_step_is_along_the_jacobian_of_mujoco(motion: Obedient, scanner_ik) -> None:
    """Moving all joints by the shift moves the sensor by the share of the error that the gain takes in one tick."""
    made = servo(motion, scanner_ik, waist_share=1.0)
    at = motion.sensor()
    made.X_WF = Pose(p=at.p + X_WO.R @ [0.004, 0.003, -0.002], R=at.R)
    error, gain = made.error(), 25.0
    made.correct(motion.planned, gain)
    motion.follow(made.shift)
    moved = X_WO.R.T @ (motion.sensor().p - at.p)
    np.testing.assert_allclose(moved, gain * PERIOD_S * error[:3], rtol=0.1, atol=2e-6)
    assert np.linalg.norm(log_so3(at.R.T @ motion.sensor().R)) < 2e-4
