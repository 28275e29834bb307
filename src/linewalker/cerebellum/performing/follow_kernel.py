"""Hot loops of a dance: what centre of mass, pelvis and swinging feet are to do at one tick; `performer` says more."""

from __future__ import annotations

from math import atan2, cos, exp, sin, sqrt

import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.cerebellum.performing.support_kernel import MOST, hull_of, nearest_inside, sole_corners
from linewalker.geometry.rotation_kernel import times, turn_error, upright
from linewalker.kernel import Flags, Matrix, Stack, Vector, kernel


@kernel(entry=True)
def shifts_ahead(
    share: Matrix, clock: Vector, errors: tuple[Matrix, Matrix], lift_s: Vector, omega: float, out: Vector
) -> None:
    """Shift of the pressure point now and of the DCM, that follow from feet that stand elsewhere than planned.

    The pressure point shifts with the feet that carry; the DCM by the integral of that over the time to come, weighted
    with omega exp(-omega t), for that is what leads it there.

    Args:
        share: of the load on each foot over the plan, (n, 2).
        clock: sample of the plan now, samples from one time ahead to the next, number of these, seconds of a sample.
        errors: over the floor, of each foot, now and after its next swing, (2, 2) each.
        lift_s: when each foot next leaves the floor, in the time of the plan, (2,).
        omega: of the pendulum.
        out: pressure point (2,), DCM (2,).
    """
    here, there = errors
    i, step, count = int(clock[0]), int(clock[1]), int(clock[2])
    per_step = exp(-omega * clock[3] * step)
    weight = 1.0
    for j in range(4):
        out[j] = 0.0
    for j in range(count):
        at = min(i + j * step, share.shape[0] - 1)
        portion = weight * (1.0 - per_step) if j < count - 1 else weight
        for axis in range(2):
            total = 0.0
            for f in range(2):
                error = there[f, axis] if at * clock[3] > lift_s[f] else here[f, axis]
                total += share[at, f] * error
            if j == 0:
                out[axis] = total
            out[2 + axis] += portion * total
        weight *= per_step


@kernel(entry=True)
def lead_body(
    plan: Vector,
    frame: Vector,
    shifts: Vector,
    shift: Vector,
    body: tuple[Vector, Vector, Matrix, Vector],
    soles: tuple[Matrix, Stack],
    on: Flags,
    numbers: Vector,
    out: tuple[Vector, Vector, Vector],
) -> None:
    """Accelerations of the centre of mass and the pelvis that follow the plan.

    Args:
        plan: com (3,), its velocity and acceleration, zero moment point (2,), quaternion (4,), w (3,), alpha (3,).
        frame: x, y, yaw of the plan in odometry, (3,).
        shifts: of pressure point and DCM, see `shifts_ahead`.
        shift: of the centre of mass, (2,), led after that of the DCM; changed in place.
        body: com, com_v, base_R, base_w.
        soles: places (2, 3) and rotations (2, 3, 3).
        on: which feet stand, (2,).
        numbers: half length and half width of a sole that feedback may use, gain on the DCM, height of the floor,
            rate of the plan's time, period, stiffness and damping of the height, and of the attitude, (10,).
        out: acceleration of the centre of mass (3,), angular one of the pelvis in its frame (3,); and told: DCM error
            (2,), pressure point beyond the soles (2,), in odometry: (4,).
    """
    com, com_v, base_R, base_w = body
    com_acc, spin_acc, told = out
    rate, dt = numbers[4], numbers[5]
    c, s = cos(frame[2]), sin(frame[2])
    omega2 = (GRAVITY + plan[8]) / max(plan[2], 0.2)
    omega = sqrt(omega2)
    for k in range(2):
        shift[k] += dt * omega * (shifts[2 + k] - shift[k])
    px, py = plan[0] + shift[0], plan[1] + shift[1]
    vx, vy = rate * plan[3] + omega * (shifts[2] - shift[0]), rate * plan[4] + omega * (shifts[3] - shift[1])
    ax = rate * rate * plan[6] + omega2 * (shift[0] - shifts[0])
    ay = rate * rate * plan[7] + omega2 * (shift[1] - shifts[1])
    off_x, off_y = com[0] - frame[0] - (c * px - s * py), com[1] - frame[1] - (s * px + c * py)
    told[0] = off_x + (com_v[0] - (c * vx - s * vy)) / omega
    told[1] = off_y + (com_v[1] - (s * vx + c * vy)) / omega
    qx, qy = plan[9] + shifts[0], plan[10] + shifts[1]
    planned_x, planned_y = frame[0] + c * qx - s * qy, frame[1] + s * qx + c * qy
    wanted_x, wanted_y = planned_x + numbers[2] * told[0], planned_y + numbers[2] * told[1]
    corners, ring, count = np.empty((MOST, 2)), np.empty((MOST, 2)), 0
    for k in range(2):
        if on[k]:
            p, R = soles[0][k], soles[1][k]
            sole_corners(p[0], p[1], atan2(R[1, 0], R[0, 0]), numbers[0], numbers[1], corners, count)
            count += 4
    found_x, found_y = wanted_x, wanted_y
    if count > 0:
        found_x, found_y = nearest_inside(ring, hull_of(corners, count, ring), wanted_x, wanted_y)
    told[2], told[3] = wanted_x - found_x, wanted_y - found_y
    com_acc[0] = c * ax - s * ay + omega2 * (off_x - (found_x - planned_x))
    com_acc[1] = s * ax + c * ay + omega2 * (off_y - (found_y - planned_y))
    com_acc[2] = (
        rate * rate * plan[8] + numbers[6] * (plan[2] + numbers[3] - com[2]) + numbers[7] * (rate * plan[5] - com_v[2])
    )
    _lead_pelvis(plan[11:15], plan[15:21], frame[2], base_R, base_w, numbers, spin_acc)


@kernel()
def _lead_pelvis(quat: Vector, turning: Vector, yaw: float, R: Matrix, w: Vector, numbers: Vector, out: Vector) -> None:
    rate = numbers[4]
    a, b, c, d = quat[0], quat[1], quat[2], quat[3]
    norm = 1.0 / (a * a + b * b + c * c + d * d)
    Q = np.empty((3, 3))
    Q[0, 0], Q[0, 1], Q[0, 2] = 1 - 2 * norm * (c * c + d * d), 2 * norm * (b * c - a * d), 2 * norm * (b * d + a * c)
    Q[1, 0], Q[1, 1], Q[1, 2] = 2 * norm * (b * c + a * d), 1 - 2 * norm * (b * b + d * d), 2 * norm * (c * d - a * b)
    Q[2, 0], Q[2, 1], Q[2, 2] = 2 * norm * (b * d - a * c), 2 * norm * (c * d + a * b), 1 - 2 * norm * (b * b + c * c)
    turn_error(R, times(upright(yaw), Q), out)
    for i in range(3):
        out[i] = rate * rate * turning[3 + i] + numbers[8] * out[i] + numbers[9] * (rate * turning[i] - w[i])


@kernel(entry=True)
def lead_foot(way: Matrix, frame: Vector, foot: tuple[Vector, Matrix, Vector], gains: Vector, out: Vector) -> None:
    """Acceleration of a swinging foot along its way.

    Args:
        way: x, y, z, yaw, roll, pitch of the plan, their speeds and accelerations, (3, 6); z in odometry.
        frame: x, y, yaw of the plan in odometry, (3,).
        foot: place (3,), rotation (3, 3), velocity linear above angular (6,).
        gains: stiffness and damping, (2,).
        out: linear above angular, world axes, (6,).
    """
    p, R, v = foot
    c, s = cos(frame[2]), sin(frame[2])
    x, y = frame[0] + c * way[0, 0] - s * way[0, 1], frame[1] + s * way[0, 0] + c * way[0, 1]
    out[0] = c * way[2, 0] - s * way[2, 1] + gains[0] * (x - p[0]) + gains[1] * (c * way[1, 0] - s * way[1, 1] - v[0])
    out[1] = s * way[2, 0] + c * way[2, 1] + gains[0] * (y - p[1]) + gains[1] * (s * way[1, 0] + c * way[1, 1] - v[1])
    out[2] = way[2, 2] + gains[0] * (way[0, 2] - p[2]) + gains[1] * (way[1, 2] - v[2])
    yaw, roll, pitch = way[0, 3] + frame[2], way[0, 4], way[0, 5]
    cr, sr, cp, sp, cy, sy = cos(roll), sin(roll), cos(pitch), sin(pitch), cos(yaw), sin(yaw)
    W = np.empty((3, 3))
    W[0, 0], W[0, 1], W[0, 2] = cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr
    W[1, 0], W[1, 1], W[1, 2] = sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr
    W[2, 0], W[2, 1], W[2, 2] = -sp, cp * sr, cp * cr
    error = np.empty(3)
    turn_error(R, W, error)
    for i in range(3):
        turned = R[i, 0] * error[0] + R[i, 1] * error[1] + R[i, 2] * error[2]
        out[3 + i] = gains[0] * turned - gains[1] * v[3 + i]
    for row, gain in ((1, gains[1]), (2, 1.0)):
        out[3] += gain * (way[row, 4] * cy - way[row, 5] * sy)
        out[4] += gain * (way[row, 4] * sy + way[row, 5] * cy)
        out[5] += gain * way[row, 3]
