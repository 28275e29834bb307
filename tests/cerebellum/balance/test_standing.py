"""Standing: on a pendulum it does what its equations promise, for every robot."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from linewalker.cerebellum.balance.standing import Stand, StandTuning
from linewalker.cerebellum.balance.whole_body import Tasks
from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.body.feet import turn
from linewalker.geometry import exp_so3, rotation_z
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import PROFILES, load_profile

DT = 0.002


@pytest.fixture(scope="module", params=sorted(PROFILES))
def profile(request: pytest.FixtureRequest) -> RobotProfile:
    return load_profile(request.param)


@pytest.fixture(scope="module")
def stand(profile: RobotProfile) -> Stand:
    return Stand(profile, Dynamics(profile))


def pendulum(
    stand: Stand, com: tuple[float, float] = (0.0, 0.0), speed: tuple[float, float] = (0.0, 0.0)
) -> SimpleNamespace:
    """A body that does exactly what it is asked: a point mass on two feet, pelvis and mass in one."""
    height = stand.pelvis_height_m
    return SimpleNamespace(
        com=np.array([*com, height]),
        com_v=np.array([*speed, 0.0]),
        base_p=np.array([0.0, 0.0, height]),
        base_v=np.zeros(3),
        base_R=np.eye(3),
        base_w=np.zeros(3),
        foot_p=np.array([[0.0, 0.1, 0.0], [0.0, -0.1, 0.0]]),
        foot_v=np.zeros((2, 6)),
        mass=stand.dynamics.mass,
    )


def run(stand: Stand, body: SimpleNamespace, seconds: float, middle: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """DCM after each tick, (ticks, 2), of the body that follows the tasks."""
    stand, seen = _on(stand, body), []
    tasks = Tasks(0)
    stand.begin()
    for _ in range(round(seconds / DT)):
        stand.tick(DT, middle, offsets, tasks)
        body.com_v += DT * tasks.com_acc
        body.com += DT * body.com_v
        body.base_p[2], body.base_v[2] = body.com[2], body.com_v[2]
        body.base_w += DT * tasks.spin_acc
        body.base_R = body.base_R @ exp_so3(DT * body.base_w)
        seen.append(body.com[:2] + body.com_v[:2] / stand.omega)
    return np.array(seen)


def _on(stand: Stand, body: SimpleNamespace) -> Stand:
    other = object.__new__(Stand)
    other.__dict__.update(stand.__dict__, dynamics=body)
    return other


def test_the_time_constant_is_that_of_the_pendulum(profile: RobotProfile, stand: Stand) -> None:
    assert stand.omega**2 * profile.com_height_m == pytest.approx(GRAVITY)
    assert 0.4 < stand.pelvis_height_m < 1.2


def test_at_rest_in_balance_nothing_is_asked(stand: Stand) -> None:
    body, tasks = pendulum(stand), Tasks(0)
    still = _on(stand, body)
    still.begin()
    still.tick(DT, np.zeros(3), np.zeros(6), tasks)
    np.testing.assert_allclose(tasks.com_acc, 0.0, atol=1e-9)
    np.testing.assert_allclose(tasks.spin_acc, 0.0, atol=1e-9)
    np.testing.assert_allclose(tasks.foot_acc, 0.0)
    assert tasks.contact.tolist() == [1.0, 1.0]
    assert tasks.max_force_n.min() > body.mass * GRAVITY


def test_the_dcm_it_begins_with_decays_as_the_tuning_says(stand: Stand) -> None:
    body = pendulum(stand, com=(0.01, -0.005), speed=(0.05, 0.02))
    start = body.com[:2] + body.com_v[:2] / stand.omega
    seen = run(stand, body, 0.5, np.zeros(3), np.zeros(6))
    t = DT * np.arange(1, len(seen) + 1)
    np.testing.assert_allclose(
        seen, start * np.exp(-t * stand.omega / StandTuning().entry)[:, None], atol=0.02 * np.abs(start).max()
    )


@pytest.mark.parametrize("yaw", [0.0, 2.0])
def test_it_comes_to_rest_over_the_wanted_point_in_the_frame_of_the_feet(stand: Stand, yaw: float) -> None:
    middle = np.array([0.02, -0.01, yaw])
    offsets = np.array([-0.05, 0.1, 0.2, -0.1, 0.01, 0.02])
    body = pendulum(stand, com=(0.02, -0.01))
    body.base_R = rotation_z(yaw)
    run(stand, body, 4.0, middle, offsets)
    np.testing.assert_allclose(body.com[:2], middle[:2] + turn(yaw, offsets[4:]), atol=1e-5)
    np.testing.assert_allclose(body.com[2], stand.pelvis_height_m - 0.05, atol=1e-4)
    np.testing.assert_allclose(body.com_v, 0.0, atol=1e-4)
    np.testing.assert_allclose(body.base_R, rotation_z(yaw) @ exp_so3(offsets[1:4]), atol=1e-4)


def test_left_and_right_are_mirror_images(stand: Stand) -> None:
    left = run(stand, pendulum(stand, com=(0.01, 0.01), speed=(0.0, 0.05)), 0.3, np.zeros(3), np.zeros(6))
    right = run(stand, pendulum(stand, com=(0.01, -0.01), speed=(0.0, -0.05)), 0.3, np.zeros(3), np.zeros(6))
    np.testing.assert_allclose(left, right * [1, -1], atol=1e-12)


def test_feet_that_slide_are_braked(stand: Stand) -> None:
    body, tasks = pendulum(stand), Tasks(0)
    body.foot_v[:] = np.arange(12.0).reshape(2, 6)
    still = _on(stand, body)
    still.begin()
    still.tick(DT, np.zeros(3), np.zeros(6), tasks)
    np.testing.assert_allclose(tasks.foot_acc, -StandTuning().foot_damping * body.foot_v)


def test_errors_are_told_in_the_frame_of_the_feet(stand: Stand) -> None:
    body = pendulum(stand, com=(0.03, 0.04), speed=(0.1, 0.0))
    body.spin = np.zeros(3)
    still, middle = _on(stand, body), np.array([0.03, 0.04, np.pi / 2])
    np.testing.assert_allclose(still.dcm_error(middle), [0.0, -0.1 / stand.omega], atol=1e-12)
    np.testing.assert_allclose(still.capture_error(middle), still.dcm_error(middle), atol=1e-12)
    body.spin = np.array([0.0, body.mass * body.com[2] * 0.2, 0.0])  # falling forward counts as 0.2 m/s more
    np.testing.assert_allclose(still.capture_error(middle), [0.0, -0.3 / stand.omega], atol=1e-12)
