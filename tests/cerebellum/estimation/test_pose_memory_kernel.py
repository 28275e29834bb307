"""The kernels of sightings equal the poses they stand for."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from linewalker.cerebellum.estimation.ekf_kernel import SIZE, fuse_pose
from linewalker.cerebellum.estimation.pose_memory_kernel import fuse_sighting, relate
from linewalker.geometry import Pose, exp_so3, rotation_z, wrap_angle, yaw_of
from linewalker.geometry.rotation_kernel import small_turn


@pytest.mark.parametrize("seed", range(3))
def test_a_remembered_pose_is_corrected_for_the_offsets_learnt_since(seed: int) -> None:
    rng, dofs = np.random.default_rng(seed), np.array([1, 4])
    (J, J_imu), (body, imu, old_p, imu_then) = rng.normal(size=(2, 6, 6)), rng.normal(size=(4, 3))
    old_R, believed, offsets = exp_so3(rng.normal(size=3)), 0.01 * rng.normal(size=2), 0.01 * rng.normal(size=2)
    p, R, lever, slopes = np.empty(3), np.empty((3, 3)), np.empty(3), np.empty((6, 2))
    past = (old_p, old_R, imu_then, believed)
    relate((body, imu), past, (J, J_imu), dofs, offsets, (p, R, lever, slopes))
    ridden = J_imu[:, dofs].copy()  # where the body would go if it were part of the IMU
    ridden[:3] += np.cross(J_imu[3:, dofs].T, body - imu).T
    np.testing.assert_allclose(slopes, ridden - J[:, dofs])
    change = slopes @ (offsets - believed)
    np.testing.assert_allclose(p, old_p + change[:3])
    np.testing.assert_allclose(lever, p - imu_then)
    np.testing.assert_allclose(R, exp_so3(change[3:]) @ old_R, atol=2e-3)


@pytest.mark.parametrize("seed", range(3))
def test_a_sighting_moves_the_map_and_not_the_robot_in_it(seed: int) -> None:
    rng, k = np.random.default_rng(seed), 2
    root = 0.05 * rng.normal(size=(SIZE + k, SIZE + k))
    attitudes = np.array([exp_so3(0.2 * rng.normal(size=3)) for _ in range(3)])
    state = (attitudes[0].copy(), 0.1 * rng.normal(size=18 + k), root @ root.T, attitudes[1:].copy())
    imu_before = state[1][3:6].copy()
    X_WO, slopes = Pose(p=rng.normal(size=3), R=rotation_z(0.7)), rng.normal(size=(6, k))
    then, lever = Pose(p=rng.normal(size=3), R=exp_so3(rng.normal(size=3))), rng.normal(size=3)
    seen = X_WO @ Pose(p=then.p + 0.01 * rng.normal(size=3), R=exp_so3(0.01 * rng.normal(size=3)) @ then.R)
    odometry, covariance, by_hand = np.array([*X_WO.p, 0.7]), 1e-4 * np.eye(6), copy.deepcopy(state)
    fuse_sighting(state, odometry, (seen.p, seen.R), (then.p, then.R, lever, slopes), covariance)
    thought, slopes_W = X_WO @ then, np.vstack((X_WO.R @ slopes[:3], X_WO.R @ slopes[3:]))
    twist = small_turn(seen.R, thought.R)
    fuse_pose(by_hand, X_WO.R @ lever, seen.p - thought.p, twist, covariance, slopes_W)
    for fast, slow in zip(state, by_hand):
        np.testing.assert_allclose(fast, slow, atol=1e-12)
    yaw = wrap_angle(0.7 + yaw_of(state[0]) - yaw_of(attitudes[0]))
    assert odometry[3] == pytest.approx(yaw)
    imu_O = X_WO.inverse().apply(imu_before)
    np.testing.assert_allclose(rotation_z(yaw) @ imu_O + odometry[:3], state[1][3:6], atol=1e-12)
