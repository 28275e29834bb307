"""Hot loops of walking: step adaptation, centre of pressure, swing foot. `walk` says what they are for."""

from __future__ import annotations

from math import cos, exp, log, sin

import numpy as np

from linewalker.geometry import Array
from linewalker.geometry.rotation_kernel import turn_error, upright, wrapped
from linewalker.kernel import Matrix, Vector, kernel

REACH_DOWN_M_S = 0.3
"""Speed at which a swing foot that is late seeks the floor."""


@kernel(entry=True)
def adapt_step(
    dcm: Vector, stance: Vector, elapsed: float, plan: Vector, timing: Vector, reach: Vector, out: Vector
) -> float:
    """Foothold and touchdown time that catch the DCM (Khadiv, Herzog, Moosavian, Righetti 2016), in closed form.

    Minimises ``a |u - u_nom|^2 + b (s - s_nom)^2 + c |u + offset - u0 - (xi - u0) e^{-omega t} s|^2`` over the
    foothold u and s = exp(omega T), then clips u to what the leg reaches.

    Args:
        dcm: xi now, (2,).
        stance: foot that stands: x, y, yaw, and the side (+1, -1) on which the other foot swings, (4,).
        elapsed: t since the step began.
        plan: nominal foothold u_nom (2,) and nominal DCM offset from it at touchdown (2,).
        timing: T_nom, shortest, longest, T chosen last, omega, weights a, b, c, (8,).
        reach: backward, forward, narrowest and widest foothold from the stance foot, (4,).
        out: foothold (2,), changed only while there is time left to move the swing foot.

    Returns:
        Time of touchdown T, counted from the beginning of the step.
    """
    nominal, shortest, longest, last, omega = timing[0], timing[1], timing[2], timing[3], timing[4]
    a, b, c = timing[5], timing[6], timing[7]
    decay = exp(-omega * elapsed)
    hx, hy = (dcm[0] - stance[0]) * decay, (dcm[1] - stance[1]) * decay
    kx, ky = plan[0] + plan[2] - stance[0], plan[1] + plan[3] - stance[1]
    mixed = a * c / (a + c)
    growth = (mixed * (hx * kx + hy * ky) + b * exp(omega * nominal)) / (mixed * (hx * hx + hy * hy) + b)
    T = min(max(log(max(growth, 1.01)) / omega, shortest, elapsed + 0.03), longest)
    if T - elapsed < 0.06 and last - elapsed < 0.08:
        T = last
    if T - elapsed > 0.05:
        growth = exp(omega * T)
        x = (a * plan[0] + c * (stance[0] + hx * growth - plan[2])) / (a + c) - stance[0]
        y = (a * plan[1] + c * (stance[1] + hy * growth - plan[3])) / (a + c) - stance[1]
        cy, sy, side = cos(stance[2]), sin(stance[2]), stance[3]
        ahead = min(max(cy * x + sy * y, -reach[0]), reach[1])
        aside = side * min(max(side * (-sy * x + cy * y), reach[2]), reach[3])
        out[0] = stance[0] + cy * ahead - sy * aside
        out[1] = stance[1] + sy * ahead + cy * aside
    return T


@kernel(entry=True)
def pressure_point(
    dcm: Vector, stance: Vector, remaining: float, touchdown_dcm: Vector, tuning: Vector, out: Vector
) -> None:
    """Centre of pressure that steers the DCM to where it is to be at touchdown.

    Args:
        dcm: (2,); stance: as in `adapt_step`.
        remaining: time to touchdown.
        touchdown_dcm: (2,).
        tuning: omega, gain, largest shift ahead and aside, (4,).
        out: (2,).
    """
    decay = exp(-tuning[0] * remaining)
    x = dcm[0] - stance[0] - (touchdown_dcm[0] - stance[0]) * decay
    y = dcm[1] - stance[1] - (touchdown_dcm[1] - stance[1]) * decay
    cy, sy = cos(stance[2]), sin(stance[2])
    ahead = min(max(tuning[1] * (cy * x + sy * y), -tuning[2]), tuning[2])
    aside = min(max(tuning[1] * (-sy * x + cy * y), -tuning[3]), tuning[3])
    out[0] = stance[0] + cy * ahead - sy * aside
    out[1] = stance[1] + sy * ahead + cy * aside


@kernel()
def move_swing(swing: Array, goal: Array, remaining: float, dt: float) -> None:
    """One tick of the minimum-jerk motion of the swing foot over the floor, planned anew from its present state.

    Args:
        swing: position, velocity and acceleration, each (x, y, yaw): (3, 3), changed in place.
        goal: (x, y, yaw).
        remaining: time to arrive.
        dt: period.
    """
    T = max(remaining, 0.04)
    for i in range(3):
        distance = goal[i] - swing[0, i]
        if i == 2:
            distance = wrapped(distance)
        jerk = 3.0 * (20.0 * distance - 12.0 * swing[1, i] * T - 3.0 * swing[2, i] * T * T) / T**3
        swing[2, i] += jerk * dt
        swing[1, i] += swing[2, i] * dt
        swing[0, i] += swing[1, i] * dt


@kernel()
def lift(phase: float, rate: float, height: float) -> tuple[float, float, float]:
    """Height, speed and acceleration of the swing foot above its straight path: 16 h s^2 (1 - s)^2, s' = rate."""
    s = phase
    z = 16.0 * height * s * s * (1.0 - s) ** 2
    v = 16.0 * height * (2.0 * s * (1.0 - s) ** 2 - 2.0 * s * s * (1.0 - s)) * rate
    a = 16.0 * height * (2.0 - 12.0 * s + 12.0 * s * s) * rate * rate
    return z, v, a


@kernel(entry=True)
def steer_swing(
    swing: Matrix,
    goal: Vector,
    clock: Vector,
    heights: Vector,
    foot: tuple[Vector, Matrix, Vector],
    gains: Vector,
    out: Vector,
) -> None:
    """One tick of the swing foot: move its reference, and accelerate the foot towards it.

    Args:
        swing: reference as in `move_swing`, changed in place.
        goal: x, y, yaw, (3,).
        clock: time to be above the foothold, time to land, period, and the phase of the lift, (4,); the phase, which
            hurries when landing is brought forward and never jumps, is changed in place.
        heights: of lift-off, of the floor ahead, of the lift, and how far the foot has reached below, (4,); the last is
            changed in place.
        foot: position (3,), rotation (3, 3), velocity linear above angular (6,).
        gains: stiffness and damping, (2,).
        out: acceleration linear above angular, world axes, (6,).
    """
    p, R, v = foot
    move_swing(swing, goal, clock[0], clock[2])
    rate = max(1.0 - clock[3], 0.0) / max(clock[1], clock[2])
    clock[3] = min(clock[3] + rate * clock[2], 1.0)
    z, vz, az = lift(clock[3], rate, heights[2])
    z += heights[0] + (heights[1] - heights[0]) * clock[3]
    if clock[3] >= 1.0:  # the floor is lower than thought: reach down for it
        heights[3] += REACH_DOWN_M_S * clock[2]
        z, vz, az = z - heights[3], -REACH_DOWN_M_S, 0.0
    for i in range(2):
        out[i] = swing[2, i] + gains[0] * (swing[0, i] - p[i]) + gains[1] * (swing[1, i] - v[i])
    out[2] = az + gains[0] * (z - p[2]) + gains[1] * (vz - v[2])
    error = np.empty(3)
    turn_error(R, upright(swing[0, 2]), error)
    for i in range(3):
        out[3 + i] = -gains[1] * v[3 + i]
        for j in range(3):
            out[3 + i] += gains[0] * R[i, j] * error[j]
    out[5] += gains[1] * swing[1, 2] + swing[2, 2]
