"""Hot loops of sightings: bodies seen from outside; `pose_memory` and `estimator` say what they are for."""

from __future__ import annotations

from math import atan2

import numpy as np

from linewalker.cerebellum.estimation.ekf_kernel import State, fuse_pose
from linewalker.geometry.rotation_kernel import cross, small_turn, times, turned, upright, wrapped
from linewalker.kernel import Matrix, Numbers, Stack, Vector, kernel


@kernel(entry=True)
def remember(
    seen: tuple[Matrix, Matrix, Matrix, Matrix],
    rows: tuple[int, Numbers, int],
    offsets: Vector,
    memory: tuple[Matrix, Stack, Vector, Vector],
) -> None:
    """Copy where torso, scanners and IMU are now.

    Args:
        seen: positions and rotations of all bodies, (b, 3) and (b, 9), and of all sites, (s, 3) and (s, 9).
        rows: body of the torso, sites of the scanners (m,), site of the IMU.
        offsets: believed now, (k,).
        memory: out: positions (1 + m, 3), rotations (1 + m, 3, 3), the IMU's position (3,), offsets (k,).
    """
    xpos, xmat, site_xpos, site_xmat = seen
    torso, scanners, imu = rows
    p, R, imu_p, believed = memory
    for row in range(p.shape[0]):
        for i in range(3):
            p[row, i] = xpos[torso, i] if row == 0 else site_xpos[scanners[row - 1], i]
            for j in range(3):
                R[row, i, j] = xmat[torso, 3 * i + j] if row == 0 else site_xmat[scanners[row - 1], 3 * i + j]
    imu_p[:], believed[:] = site_xpos[imu], offsets


@kernel(entry=True)
def relate(
    now: tuple[Vector, Vector],
    past: tuple[Vector, Matrix, Vector, Vector],
    jacobians: tuple[Matrix, Matrix],
    dofs: Numbers,
    offsets: Vector,
    out: tuple[Vector, Matrix, Vector, Matrix],
) -> None:
    """Correct a remembered pose for the offsets believed now.

    Args:
        now: where the body and the IMU are, (3,) each.
        past: remembered position (3,), rotation (3, 3), position of the IMU (3,) and offsets (k,).
        jacobians: of the body and of the IMU, linear above angular, (6, nv) each.
        dofs: degrees of freedom whose encoders have the offsets, (k,).
        offsets: believed now, (k,).
        out: `Sighting`: p, R, lever, slopes.
    """
    old_p, old_R, imu_p, believed = past
    J, J_imu = jacobians
    p, R, lever, slopes = out
    change, apart = np.zeros(6), now[0] - now[1]
    for j in range(dofs.shape[0]):
        for i in range(6):
            slopes[i, j] = J_imu[i, dofs[j]] - J[i, dofs[j]]
        slopes[:3, j] += cross(J_imu[3:, dofs[j]], apart)
        change += slopes[:, j] * (offsets[j] - believed[j])
    for i in range(3):
        p[i] = old_p[i] + change[i]
        lever[i] = p[i] - imu_p[i]
        R[:, i] = old_R[:, i] + cross(change[3:], old_R[:, i])


@kernel(entry=True)
def fuse_sighting(
    state: State,
    odometry: Vector,
    seen: tuple[Vector, Matrix],
    thought: tuple[Vector, Matrix, Vector, Matrix],
    covariance: Matrix,
) -> None:
    """A body seen from outside corrects the filter, and the odometry frame so that the robot stays in it where it is.

    Args:
        state: of the filter, changed in place.
        odometry: X_WO: position (3,) and yaw; changed in place.
        seen: position (3,) and rotation (3, 3) of the body in W.
        thought: `Sighting`: p, R, lever, slopes, in O.
        covariance: of the pose seen, place above rotation vector in W, (6, 6).
    """
    R, x = state[0], state[1]
    p, R_thought, lever, slopes = thought
    R_WO, before = upright(odometry[3]), atan2(R[1, 0], R[0, 0])
    imu_O = turned(R_WO.T, x[3:6] - odometry[:3])
    shift = seen[0] - turned(R_WO, p) - odometry[:3]
    twist = small_turn(seen[1], times(R_WO, R_thought))
    slopes_W = np.empty_like(slopes)
    for j in range(slopes.shape[1]):
        slopes_W[:3, j], slopes_W[3:, j] = turned(R_WO, slopes[:3, j]), turned(R_WO, slopes[3:, j])
    fuse_pose(state, turned(R_WO, lever), shift, twist, covariance, slopes_W)
    odometry[3] = wrapped(odometry[3] + wrapped(atan2(R[1, 0], R[0, 0]) - before))
    odometry[:3] = x[3:6] - turned(upright(odometry[3]), imu_O)
