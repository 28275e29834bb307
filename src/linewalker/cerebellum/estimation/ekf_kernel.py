"""Hot loops of the state estimator. The filter is described in `estimator`; a dense reference stands in its tests.

State: ``R`` (3, 3) attitude of the IMU, ``x`` (18,) = velocity, position, gyro bias, accelerometer bias, left foot,
right foot, ``F`` (2, 3, 3) attitudes of the feet, ``P`` (27, 27) covariance of the error [rotation, x, rotations of the
feet]. Rotation errors are taken in the world frame, ``R_true = Exp(theta) R``. Offsets of k encoders may follow: then
``x`` is (18 + k,) and ``P`` (27 + k, 27 + k); they move only when a body is seen from outside.

``P`` is symmetric by construction: whatever changes it is worked out for one triangle and written to both. Left to
rounding, an asymmetry feeds itself and within minutes ends the filter. Measurements are scalar, so that each takes
away g g^T / s with s > h^T P h, and all that is known drifts a little: that keeps ``P`` positive. Attitudes are kept
orthonormal for the same reason.
"""

from __future__ import annotations

from math import cos, sin, sqrt

import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.geometry import Array
from linewalker.geometry.rotation_kernel import cross, rotation_of, small_turn, times, turned, write_quaternion
from linewalker.kernel import Flags, Matrix, Numbers, Stack, Vector, kernel

State = tuple[Matrix, Vector, Matrix, Stack]

ROTATION, VELOCITY, POSITION, GYRO_BIAS, ACCEL_BIAS, FEET, FEET_TURNS = 0, 3, 6, 9, 12, 15, 21
SIZE = 27
OFFSET_WALK = 1e-6
"""Encoder offsets drift so far, rad per root second: 0.1 mrad in three hours."""
CLIP_SIGMA = 5.0
"""Innovations are clipped at this many standard deviations: a slipping foot must not drag the state along."""


@kernel(entry=True)
def predict(state: State, gyro: Vector, accel: Vector, dt: float, noise: Vector) -> None:
    """Integrate one IMU sample.

    Args:
        state: changed in place.
        gyro, accel: raw sample.
        dt: period, s.
        noise: standard deviations of a gyro and an accelerometer sample, and of the random walks of their biases
            (per root second).
    """
    R, x, P, _ = state
    w, f = gyro - x[6:9], turned(R, accel - x[9:12])
    _transit(P, f, R, dt)
    _transit(P.T, f, R, dt)
    mirror(P)
    for i in range(3):
        P[i, i] += (noise[0] * dt) ** 2
        P[3 + i, 3 + i] += (noise[1] * dt) ** 2
        P[6 + i, 6 + i] += 1e-12
        P[9 + i, 9 + i] += noise[2] ** 2 * dt
        P[12 + i, 12 + i] += noise[3] ** 2 * dt
        acc = f[i] - (GRAVITY if i == 2 else 0.0)
        x[3 + i] += x[i] * dt + 0.5 * acc * dt * dt
        x[i] += acc * dt
    for i in range(SIZE, P.shape[0]):
        P[i, i] += OFFSET_WALK**2 * dt
    R[:] = orthonormal(times(R, rotation_of(w * dt)))


@kernel()
def mirror(P: Array) -> None:
    """Write the lower triangle of P to the upper one."""
    for i in range(P.shape[0]):
        for j in range(i):
            P[j, i] = P[i, j]


@kernel()
def orthonormal(R: Array) -> Array:
    """R (3 - R^T R) / 2: the rotation next to an attitude that rounding has bent, to second order (Higham 1986)."""
    E = times(R.T, R)
    for i in range(3):
        for j in range(3):
            E[i, j] = (1.5 if i == j else 0.0) - 0.5 * E[i, j]
    return times(R, E)


@kernel()
def _transit(P: Array, f: Array, R: Array, dt: float) -> None:
    """P <- A P with the transition A of the error; each row is changed before those it is made of."""
    for j in range(P.shape[0]):
        for i in range(3):
            P[POSITION + i, j] += dt * P[VELOCITY + i, j]
        for i in range(3):
            a, b = (i + 1) % 3, (i + 2) % 3
            change = f[b] * P[a, j] - f[a] * P[b, j]
            for k in range(3):
                change -= R[i, k] * P[ACCEL_BIAS + k, j]
            P[VELOCITY + i, j] += dt * change
        for i in range(3):
            for k in range(3):
                P[ROTATION + i, j] -= dt * R[i, k] * P[GYRO_BIAS + k, j]


@kernel()
def _fuse(P: Array, where: Array, slope: Array, residual: float, variance: float, error: Array) -> None:
    """One scalar measurement: slope (k,) at the error components where (k,); error (size,) sums up the correction."""
    size = P.shape[0]
    gain = np.zeros(size)
    total = variance
    for k in range(where.shape[0]):
        residual -= slope[k] * error[where[k]]
        for i in range(size):
            gain[i] += P[where[k], i] * slope[k]
    for k in range(where.shape[0]):
        total += slope[k] * gain[where[k]]
    if residual * residual > CLIP_SIGMA * CLIP_SIGMA * total:
        residual *= CLIP_SIGMA * sqrt(total) / abs(residual)
    for i in range(size):
        share = gain[i] / total
        error[i] += share * residual
        for j in range(i + 1):
            P[i, j] -= share * gain[j]
            P[j, i] = P[i, j]


@kernel()
def _inject(state: State, error: Array) -> None:
    """Move the correction into the nominal state."""
    R, x, _, F = state
    R[:] = times(rotation_of(error[:3]), R)
    for i in range(18):
        x[i] += error[3 + i]
    for k in range(2):
        F[k] = orthonormal(times(rotation_of(error[FEET_TURNS + 3 * k : FEET_TURNS + 3 * k + 3]), F[k]))
    for i in range(SIZE, error.shape[0]):
        x[18 + i - SIZE] += error[i]


@kernel()
def _land(state: State, k: int, reach: Array, R_foot: Array, error: Array) -> None:
    """Forget where foot k stood and take up where the kinematics see it; its error is then that of the body."""
    _, x, P, F = state
    for part in range(2):
        at, source = (FEET + 3 * k, POSITION) if part == 0 else (FEET_TURNS + 3 * k, ROTATION)
        for i in range(3):
            error[at + i] = error[source + i]
            for j in range(P.shape[0]):
                P[at + i, j], P[j, at + i] = 0.0, 0.0
        for i in range(3):
            P[at + i, at + i] = 1.0
    for i in range(3):
        x[12 + 3 * k + i] = x[3 + i] + reach[i]
    F[k] = R_foot


@kernel()
def fuse_feet(state: State, feet: Array, feet_R: Array, stands: Array, fresh: Array, variances: Array) -> None:
    """Feet that stand neither move nor turn.

    Args:
        state: changed in place.
        feet, feet_R: soles in the IMU frame from the encoders, (2, 3) and (2, 3, 3).
        stands: 1 for a foot to use, (2,).
        fresh: 1 for a foot that has just begun to stand: its old place is forgotten, (2,).
        variances: per foot: of its creeping and turning in one tick, of the kinematics in position and rotation, of
            its height above the floor, of its tilting in one tick beyond the turning, (2, 6).
    """
    R, x, P, F = state
    error, slope, where = np.zeros(P.shape[0]), np.zeros(4), np.zeros(4, np.int64)
    for k in range(2):
        if stands[k] == 0:
            continue
        reach, R_foot = turned(R, feet[k]), times(R, feet_R[k])
        if fresh[k] != 0:
            _land(state, k, reach, R_foot, error)
        twist = small_turn(R_foot, F[k])
        for i in range(3):
            a, b, at = (i + 1) % 3, (i + 2) % 3, FEET + 3 * k + i
            P[at, at] += variances[k, 0]
            where[0], where[1], where[2], where[3] = at, POSITION + i, a, b
            slope[0], slope[1], slope[2], slope[3] = 1.0, -1.0, -reach[b], reach[a]
            _fuse(P, where, slope, reach[i] - (x[12 + 3 * k + i] - x[3 + i]), variances[k, 2], error)
        for i in range(3):
            at = FEET_TURNS + 3 * k + i
            P[at, at] += variances[k, 1] + (variances[k, 5] if i < 2 else 0.0)
            where[0], where[1] = at, i
            slope[0], slope[1] = 1.0, -1.0
            _fuse(P, where[:2], slope[:2], twist[i], variances[k, 3], error)
        if fresh[k] != 0:
            where[0], slope[0] = FEET + 3 * k + 2, 1.0
            _fuse(P, where[:1], slope[:1], -x[12 + 3 * k + 2], variances[k, 4], error)
    _inject(state, error)


@kernel()
def whiten(covariance: Array, rows: Array, seen: Array) -> None:
    """Turn m correlated measurements into independent ones of variance 1, in place: L^-1 of both, L L^T the covariance.

    Args:
        covariance: (m, m), positive definite.
        rows: slopes of the measurements, (m, k).
        seen: their residuals, (m,).
    """
    m = covariance.shape[0]
    L = np.zeros((m, m))
    for i in range(m):
        for j in range(i + 1):
            total = covariance[i, j]
            for k in range(j):
                total -= L[i, k] * L[j, k]
            L[i, j] = sqrt(total) if i == j else total / L[j, j]
        for j in range(i):
            rows[i] -= L[i, j] * rows[j]
            seen[i] -= L[i, j] * seen[j]
        rows[i] /= L[i, i]
        seen[i] /= L[i, i]


@kernel()
def fuse_pose(state: State, lever: Array, shift: Array, twist: Array, covariance: Array, slopes: Array) -> None:
    """A body seen from outside stands elsewhere than thought.

    Args:
        state: changed in place.
        lever: IMU to that body in the world, (3,).
        shift: place seen minus place thought, (3,).
        twist: rotation vector from the attitude thought to the one seen, in the world, (3,).
        covariance: of shift above twist, (6, 6).
        slopes: how the place, above the attitude, changes with the k encoder offsets, world axes, (6, k).
    """
    P, count = state[2], slopes.shape[1]
    error, rows, seen = np.zeros(P.shape[0]), np.zeros((6, 6 + count)), np.empty(6)
    where = np.empty(6 + count, np.int64)
    for i in range(3):
        a, b = (i + 1) % 3, (i + 2) % 3
        where[i], where[3 + i] = ROTATION + i, POSITION + i
        rows[i, 3 + i], rows[i, a], rows[i, b] = 1.0, lever[b], -lever[a]
        rows[3 + i, i] = 1.0
        seen[i], seen[3 + i] = shift[i], twist[i]
    for j in range(count):
        where[6 + j] = SIZE + j
        rows[:, 6 + j] = slopes[:, j]
    whiten(covariance, rows, seen)
    for i in range(6):
        _fuse(P, where, rows[i], seen[i], 1.0, error)
    _inject(state, error)


@kernel()
def seen_from_imu(foot_p: Array, foot_R: Array, imu_p: Array, imu_R: Array, feet: Array, feet_R: Array) -> None:
    """Soles in the IMU frame: fill feet (2, 3) and feet_R (2, 3, 3) from their poses and the IMU's in any one frame."""
    for k in range(2):
        for i in range(3):
            feet[k, i] = 0.0
            for j in range(3):
                feet[k, i] += imu_R[j, i] * (foot_p[k, j] - imu_p[j])
                feet_R[k, i, j] = 0.0
                for r in range(3):
                    feet_R[k, i, j] += imu_R[r, i] * foot_R[k, r, j]


@kernel(entry=True)
def base_state(
    state: State, gyro: Vector, odometry: Vector, mount: tuple[Vector, Matrix, Vector, Vector], q: Vector, v: Vector
) -> None:
    """Pose and velocity of the base in the odometry frame.

    Args:
        state: of the filter.
        gyro: raw sample.
        odometry: X_WO: position (3,) and yaw.
        mount: position and rotation of the IMU in the base frame, its velocity and angular velocity there.
        q: out: position and quaternion wxyz in its first seven components.
        v: out: linear velocity (world axes of O) and angular velocity (base frame) in its first six.
    """
    R, x = state[0], state[1]
    c, s = cos(odometry[3]), sin(odometry[3])
    turn = np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])
    R_OB = times(turn, times(R, mount[1].T))
    w = turned(mount[1], gyro - x[6:9]) - mount[3]
    p, lever = turned(turn, x[3:6] - odometry[:3]), turned(R_OB, mount[0])
    speed, swing = turned(turn, x[:3]), turned(R_OB, cross(w, mount[0]) + mount[2])
    for i in range(3):
        q[i], v[i], v[3 + i] = p[i] - lever[i], speed[i] - swing[i], w[i]
    write_quaternion(R_OB, q[3:7])


@kernel(entry=True)
def fuse_soles(
    state: State,
    soles: tuple[Matrix, Stack],
    imu: tuple[Vector, Matrix],
    landmarks: tuple[Flags, Flags],
    variances: Matrix,
) -> None:
    """`fuse_feet` of soles and an IMU whose positions and rotations are known in any one frame.

    Args:
        state: changed in place.
        soles: (2, 3) and (2, 3, 3).
        imu: (3,) and (3, 3).
        landmarks: which feet stand, and which have just begun to, (2,) each.
        variances: as in `fuse_feet`.
    """
    feet, feet_R = np.empty((2, 3)), np.empty((2, 3, 3))
    seen_from_imu(soles[0], soles[1], imu[0], imu[1], feet, feet_R)
    fuse_feet(state, feet, feet_R, landmarks[0], landmarks[1], variances)


@kernel(entry=True)
def joint_state(
    measured: tuple[Vector, Vector], joints: Numbers, share: float, smoothed: Vector, q: Vector, v: Vector
) -> None:
    """Fill the joints of q (nq,) and v (nv,) with measured angles and smoothed speeds.

    Args:
        measured: angles and speeds, (n,).
        joints: degrees of freedom, (n,).
        share: of a new speed in the smoothed one.
        smoothed: speeds, (n,), changed in place.
        q, v: out.
    """
    angle, speed = measured
    for i in range(joints.shape[0]):
        smoothed[i] += share * (speed[i] - smoothed[i])
        q[joints[i] + 1], v[joints[i]] = angle[i], smoothed[i]
