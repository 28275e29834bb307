"""Where the feet are to land: the footholds of a course, and the motion of the body that leads through them.

Poses on the floor are arrays (3,): x, y, yaw. The middle pose of a robot lies midway between its feet; a foot stands
half the gait width to its side.
"""

from __future__ import annotations

from math import cos, sin

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.course import Course
from linewalker.geometry import Pose, wrap_angle
from linewalker.limbs.profile import Gait

Array = NDArray[np.float64]
LEFT, RIGHT = 0, 1
SIDE = (1.0, -1.0)
"""Sign of y on the side of the left and of the right foot."""


def turn(yaw: float, xy: Array) -> Array:
    """xy (2,) turned by yaw."""
    c, s, x, y = cos(yaw), sin(yaw), float(xy[0]), float(xy[1])
    return np.array([c * x - s * y, s * x + c * y])


def on_floor(pose: Pose) -> Array:
    """Pose on the floor, (3,), of something that stands there."""
    return np.array([pose.p[0], pose.p[1], pose.yaw])


def foot_beside(middle: Array, side: int, half_width: float) -> Array:
    """Where the foot of a side stands about a middle pose."""
    x, y, yaw = middle.tolist()
    aside = SIDE[side] * half_width
    return np.array([x - sin(yaw) * aside, y + cos(yaw) * aside, yaw])


def middle_of(left: Array, right: Array) -> Array:
    """Middle pose between two feet."""
    middle = 0.5 * (left + right)
    middle[2] = left[2] + 0.5 * wrap_angle(right[2] - left[2])
    return middle


class StepPlanner:
    """Footholds ahead and the divergent component of motion (DCM) that leads through them.

    Args:
        gait: how the robot steps.
        omega: natural frequency of its inverted pendulum, rad/s.
    """

    AHEAD = 5

    def __init__(self, gait: Gait, omega: float):
        self.gait, self.omega = gait, omega
        self.decay = float(np.exp(-omega * gait.step_s))

    def footholds(self, stance: Array, side: int, course: Course, longest_m: float) -> list[Array]:
        """The next footholds when the foot of ``side`` stands at ``stance``; the first is that of the other foot."""
        half, swing = self.gait.half_width_m, 1 - side
        middle = foot_beside(stance, swing, half)
        ahead = course.middles(middle, SIDE[swing], longest_m, self.AHEAD)
        return [foot_beside(pose, (swing + i) % 2, half) for i, pose in enumerate(ahead)]

    def dcm_at_touchdown(self, footholds: list[Array]) -> Array:
        """DCM (2,) at the end of the running step that leads through the footholds and comes to rest after them.

        Backward recursion xi_k = u_k + (xi_{k+1} - u_k) exp(-omega T) (Englsberger, Ott, Albu-Schaffer 2015, eq. 12).
        """
        dcm = 0.5 * (footholds[-1][:2] + footholds[-2][:2])
        for foothold in footholds[-2::-1]:
            dcm = foothold[:2] + (dcm - foothold[:2]) * self.decay
        return dcm
