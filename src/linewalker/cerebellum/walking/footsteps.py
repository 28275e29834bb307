"""Where the feet are to land: the footholds of a course, and the motion of the body that leads through them.

Poses on the floor are arrays (3,): x, y, yaw. The middle pose of a robot lies midway between its feet; a foot stands
half the gait width to its side.
"""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.body.feet import SIDE, foot_beside
from linewalker.cerebellum.walking.course import Course
from linewalker.geometry import Array
from linewalker.limbs.profile import Gait


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
