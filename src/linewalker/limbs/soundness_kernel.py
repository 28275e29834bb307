"""Hot loops of what is checked at every tick; `soundness` says what it is for."""

from __future__ import annotations

import numpy as np

from linewalker.geometry import Array
from linewalker.kernel import Vector, kernel


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
