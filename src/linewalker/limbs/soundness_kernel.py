"""Hot loops of what is checked at every tick; `soundness` says what it is for."""

from __future__ import annotations

from math import sqrt

import numpy as np

from linewalker.geometry import Array
from linewalker.kernel import Matrix, Vector, kernel


@kernel()
def within(values: Array, largest: float) -> bool:
    """Whether numbers are absolutely at most ``largest`` on average; false of NaN, too."""
    total = 0.0
    for value in values:
        total += abs(value)
    return total <= len(values) * largest


@kernel(entry=True)
def all_within(imu: tuple[Vector, Vector], joints: tuple[Vector, Vector, Vector], largest: Vector) -> bool:
    """`within` of angular velocity, specific force, angles, speeds and torques, each with its own bound, (5,)."""
    q, dq, tau = joints
    felt = within(imu[0], largest[0]) and within(imu[1], largest[1])
    return felt and within(q, largest[2]) and within(dq, largest[3]) and within(tau, largest[4])


@kernel(entry=True)
def all_finite(q: Vector, dq: Vector, tau: Vector, kp: Vector, kd: Vector) -> bool:
    """Whether a command is made of finite numbers; their sum must be one, too."""
    total = 0.0
    for j in range(len(tau)):
        total += abs(q[j]) + abs(dq[j]) + abs(tau[j]) + abs(kp[j]) + abs(kd[j])
    return bool(np.isfinite(total))


@kernel(entry=True)
def is_rotation(R: Matrix, slack: float) -> bool:
    """Whether a matrix (3, 3) turns: no number of R^T R - 1 is beyond ``slack``, and it is right-handed."""
    for i in range(3):
        for j in range(3):
            product = R[0, i] * R[0, j] + R[1, i] * R[1, j] + R[2, i] * R[2, j]
            if not abs(product - (1.0 if i == j else 0.0)) <= slack:  # nor of NaN
                return False
    x = R[1, 0] * R[2, 1] - R[2, 0] * R[1, 1]
    y = R[2, 0] * R[0, 1] - R[0, 0] * R[2, 1]
    z = R[0, 0] * R[1, 1] - R[1, 0] * R[0, 1]
    return bool(x * R[0, 2] + y * R[1, 2] + z * R[2, 2] > 0.0)


@kernel(entry=True)
def is_covariance(P: Matrix, largest: float) -> bool:
    """Whether a matrix is symmetric, no larger than ``largest``, and positive definite: it has a Cholesky factor."""
    n = len(P)
    top = 0.0
    for i in range(n):
        for j in range(n):
            if not abs(P[i, j]) <= largest:  # nor of NaN
                return False
            top = max(top, abs(P[i, j]))
    L = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            if abs(P[i, j] - P[j, i]) > 1e-6 * min(abs(P[i, j]), abs(P[j, i])) + 1e-12 * top:
                return False
            left = P[i, j]
            for k in range(j):
                left -= L[i, k] * L[j, k]
            if i > j:
                L[i, j] = left / L[j, j]
            elif left > 0.0:
                L[i, i] = sqrt(left)
            else:
                return False
    return True
