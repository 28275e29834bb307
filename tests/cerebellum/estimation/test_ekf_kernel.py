"""The Kalman filter: equal to its dense reference, and right about what it can know."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from linewalker.cerebellum.estimation.ekf_kernel import (
    SIZE,
    base_state,
    fuse_feet,
    fuse_pose,
    orthonormal,
    predict,
    seen_from_imu,
)
from linewalker.geometry import Pose, exp_so3, log_so3, rotation_from_quat, rotation_z
from tests.cerebellum.estimation.reference_ekf import Filter

NOISE = np.array([0.015, 0.15, 1e-5, 1e-3])
DT = 0.002
FIX = np.diag([25e-6] * 3 + [27e-6] * 3)
NONE = np.zeros((6, 0))
State = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


OFFSETS = 4


def random_state(seed: int) -> State:
    """With encoder offsets behind."""
    rng = np.random.default_rng(seed)
    root = 0.05 * rng.normal(size=(SIZE + OFFSETS, SIZE + OFFSETS))
    F = np.array([exp_so3(0.2 * rng.normal(size=3)) for _ in range(2)])
    return exp_so3(0.3 * rng.normal(size=3)), 0.1 * rng.normal(size=18 + OFFSETS), root @ root.T, F


def mirrored(state: State) -> Filter:
    R, x, P, F = copy.deepcopy(state)
    return Filter(R=R, x=x, F=F, P=P)


def assert_equal(state: State, dense: Filter) -> None:
    for fast, slow in zip(state, (dense.R, dense.x, dense.P, dense.F)):
        np.testing.assert_allclose(fast, slow, atol=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_predict_equals_reference(seed: int) -> None:
    state = random_state(seed)
    dense = mirrored(state)
    rng = np.random.default_rng(seed + 9)
    for _ in range(5):
        gyro, accel = rng.normal(size=3), rng.normal(size=3) + [0, 0, 9.81]
        predict(state, gyro, accel, DT, NOISE)
        dense.predict(gyro, accel, DT, NOISE)
    assert_equal(state, dense)


@pytest.mark.parametrize("seed", range(3))
def test_feet_equal_reference(seed: int) -> None:
    state = random_state(seed)
    dense = mirrored(state)
    R, x, _, F = state
    rng = np.random.default_rng(seed + 9)
    feet = np.array([R.T @ (x[12 + 3 * k : 15 + 3 * k] - x[3:6]) for k in (0, 1)]) + 0.001 * rng.normal(size=(2, 3))
    feet_R = np.array([R.T @ exp_so3(0.002 * rng.normal(size=3)) @ F[k] for k in (0, 1)])
    variances = np.array([[1e-8, 1e-7, 1e-6, 1e-6, 1e-4, 1e-6], [1e-6, 1e-5, 1e-5, 1e-5, 1e-4, 0.0]])
    for k in (0, 1):  # one after the other: the kernel injects once per call, the reference once per foot
        stands = np.arange(2) == k
        fuse_feet(state, feet, feet_R, stands, np.zeros(2, bool), variances)
        dense.fuse_foot(k, feet[k], feet_R[k], variances[k])
        assert_equal(state, dense)


@pytest.mark.parametrize("seed", range(3))
def test_pose_equals_reference(seed: int) -> None:
    state = random_state(seed)
    dense = mirrored(state)
    rng = np.random.default_rng(seed + 9)
    lever, shift, twist = rng.normal(size=3), 0.01 * rng.normal(size=3), 0.01 * rng.normal(size=3)
    spread = np.diag([5e-3] * 3 + [5e-3] * 3) @ (np.eye(6) + 0.3 * rng.normal(size=(6, 6)))
    covariance = spread @ spread.T
    slopes = rng.normal(size=(6, OFFSETS))
    fuse_pose(state, lever, shift, twist, covariance, slopes)
    dense.fuse_pose(lever, shift, twist, covariance, slopes)
    assert_equal(state, dense)


@pytest.mark.parametrize("fixes", [True, False])
def test_covariance_stays_symmetric_and_positive(fixes: bool) -> None:
    """Over 40 s of steps and of encoder offsets that hang on the fixes: exactly symmetric, and bounded both ways."""
    state, rng = walking_state(), np.random.default_rng(0)
    for tick in range(20000):
        step(state, rng, tick, fresh=tick % 150 == 0)
        if fixes and tick % 10 == 9:
            fuse_pose(
                state, 0.4 * rng.normal(size=3), 0.005 * rng.normal(size=3), np.zeros(3), FIX, rng.normal(size=(6, 4))
            )
    P = state[2]
    np.testing.assert_array_equal(P, P.T)
    spectrum = np.linalg.eigvalsh(P)
    assert 1e-12 < spectrum[0] < spectrum[-1] < 2.0


def test_attitudes_stay_orthonormal() -> None:
    state, rng = walking_state(), np.random.default_rng(1)
    for _ in range(20000):
        predict(state, 5.0 * rng.normal(size=3), rng.normal(size=3), DT, NOISE)
    np.testing.assert_allclose(state[0] @ state[0].T, np.eye(3), atol=1e-14)
    bent = state[0] + 1e-4 * rng.normal(size=(3, 3))
    np.testing.assert_allclose(orthonormal(bent) @ orthonormal(bent).T, np.eye(3), atol=1e-7)


def test_encoder_offsets_never_grow_certain_for_good() -> None:
    """Without a drift their variance falls for ever, until rounding makes it negative."""
    state = walking_state()
    for _ in range(5000):
        predict(state, np.zeros(3), np.zeros(3), DT, NOISE)
        fuse_pose(state, np.zeros(3), np.zeros(3), np.zeros(3), 1e-12 * np.eye(6), np.eye(6)[:, :OFFSETS])
    assert np.linalg.eigvalsh(state[2])[0] > 0.0


def walking_state() -> State:
    """`standing_state` with encoder offsets."""
    R, x, P, F = standing_state()
    large = np.zeros((SIZE + OFFSETS, SIZE + OFFSETS))
    large[:SIZE, :SIZE], large[SIZE:, SIZE:] = P, 0.003**2 * np.eye(OFFSETS)
    return R, np.append(x, np.zeros(OFFSETS)), large, F


TRUE_FEET = np.array([[0.0, 0.1, -0.6], [0.0, -0.1, -0.6]])
BIAS = np.array([0.002, -0.003, 0.001])


def standing_state() -> State:
    sigma = np.repeat([0.01, 0.01, 0.01, 0.002, 0.05, 1, 1, 1, 1], 3)
    x = np.zeros(18)
    x[5] = 0.6
    return np.eye(3), x, np.diag(sigma**2), np.zeros((2, 3, 3))


def step(state: State, rng: np.random.Generator, tick: int, fresh: bool = False) -> None:
    """One tick of a robot that stands still, seen by noisy sensors."""
    predict(state, BIAS + 0.01 * rng.normal(size=3), [0, 0, 9.81] + 0.1 * rng.normal(size=3), DT, NOISE)
    new = np.full(2, fresh or tick == 0)
    variances = np.tile([1e-10, 1e-10, 5e-7, 5e-7, 1e-4, 0.0], (2, 1))
    feet = TRUE_FEET + 0.0005 * rng.normal(size=(2, 3))
    fuse_feet(state, feet, np.array([np.eye(3)] * 2), np.ones(2, bool), new, variances)


def test_standing_still_it_learns_the_gyro_bias_and_that_nothing_moves() -> None:
    state, rng = standing_state(), np.random.default_rng(1)
    for tick in range(3000):
        step(state, rng, tick)
    R, x, _, _ = state
    np.testing.assert_allclose(x[6:9], BIAS, atol=5e-4)
    assert np.linalg.norm(x[:3]) < 0.004
    np.testing.assert_allclose(x[3:6], [0, 0, 0.6], atol=0.003)
    assert np.linalg.norm(log_so3(R)) < 0.02


def test_a_fresh_foot_starts_where_the_body_sees_it() -> None:
    state, rng = standing_state(), np.random.default_rng(2)
    step(state, rng, 0)
    np.testing.assert_allclose(state[1][12:18].reshape(2, 3), TRUE_FEET + [0, 0, 0.6], atol=0.01)
    np.testing.assert_allclose(state[3], [np.eye(3)] * 2, atol=0.01)


def test_an_outlier_is_clipped() -> None:
    """A fix ten metres off moves the state no further than one five standard deviations off."""
    moves = []
    for off in (10.0, 1000.0):
        state = standing_state()
        fuse_pose(state, np.zeros(3), np.array([off, 0, 0]), np.zeros(3), FIX, NONE)
        moves.append(state[1][3])
    assert moves[0] == pytest.approx(moves[1])
    assert moves[0] < 0.06


def test_many_fixes_average_out() -> None:
    state, rng = standing_state(), np.random.default_rng(3)
    for tick in range(2000):
        step(state, rng, tick)
        if tick % 10 == 9:
            R, x, _, _ = state
            seen = np.array([0.02, -0.01, 0.6]) + 0.005 * rng.normal(size=3)
            twist = log_so3(rotation_z(0.02) @ exp_so3(0.005 * rng.normal(size=3)) @ R.T)
            fuse_pose(state, np.zeros(3), seen - x[3:6], twist, FIX, NONE)
    np.testing.assert_allclose(state[1][3:5], [0.02, -0.01], atol=0.002)
    assert log_so3(state[0])[2] == pytest.approx(0.02, abs=0.002)


@pytest.mark.parametrize("seed", range(3))
def test_base_state_equals_poses_and_rigid_motion(seed: int) -> None:
    rng = np.random.default_rng(seed)
    state, gyro = random_state(seed), rng.normal(size=3)
    R, x = state[:2]
    X_BI = Pose(p=0.1 * rng.normal(size=3), R=exp_so3(rng.normal(size=3)))
    X_WO = Pose(p=rng.normal(size=3), R=rotation_z(0.7))
    q, v = np.zeros(7), np.zeros(6)
    v_BI, w_BI = rng.normal(size=(2, 3))  # an IMU above a waist that turns
    base_state(state, gyro, np.array([*X_WO.p, 0.7]), (X_BI.p, X_BI.R, v_BI, w_BI), q, v)
    X_OB = X_WO.inverse() @ Pose(p=x[3:6], R=R) @ X_BI.inverse()
    np.testing.assert_allclose(q[:3], X_OB.p, atol=1e-12)
    np.testing.assert_allclose(rotation_from_quat(q[3:7]), X_OB.R, atol=1e-12)
    w_B = X_BI.R @ (gyro - x[6:9]) - w_BI
    np.testing.assert_allclose(v[3:], w_B, atol=1e-12)
    at_imu = v[:3] + X_OB.R @ (np.cross(w_B, X_BI.p) + v_BI)
    np.testing.assert_allclose(at_imu, X_WO.R.T @ x[:3], atol=1e-12)


def test_soles_seen_from_the_imu() -> None:
    rng = np.random.default_rng(4)
    X_OI = Pose(p=rng.normal(size=3), R=exp_so3(rng.normal(size=3)))
    soles = [Pose(p=rng.normal(size=3), R=exp_so3(rng.normal(size=3))) for _ in range(2)]
    feet, feet_R = np.zeros((2, 3)), np.zeros((2, 3, 3))
    seen_from_imu(np.array([s.p for s in soles]), np.array([s.R for s in soles]), X_OI.p, X_OI.R, feet, feet_R)
    for k, sole in enumerate(soles):
        X_IF = X_OI.inverse() @ sole
        np.testing.assert_allclose(feet[k], X_IF.p, atol=1e-12)
        np.testing.assert_allclose(feet_R[k], X_IF.R, atol=1e-12)
