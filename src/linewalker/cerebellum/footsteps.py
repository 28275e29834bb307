"""Where the feet are to land: footholds on the way to a goal, along waypoints, or at a commanded velocity.

Poses on the floor are arrays (3,): x, y, yaw. The middle pose of a robot lies midway between its feet; a foot stands
half the gait width to its side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import wrap_angle
from linewalker.limbs.profile import Gait

Array = NDArray[np.float64]
LEFT, RIGHT = 0, 1
SIDE = (1.0, -1.0)
"""Sign of y on the side of the left and of the right foot."""


def turn(yaw: float, xy: Array) -> Array:
    """xy (2,) turned by yaw."""
    c, s = np.cos(yaw), np.sin(yaw)
    return np.array([c * xy[0] - s * xy[1], s * xy[0] + c * xy[1]])


def shifted(pose: Array, step: Array) -> Array:
    """The pose reached from pose by a step (forward, left, turn); the step is taken at its mean heading."""
    return np.array([*(pose[:2] + turn(pose[2] + 0.5 * step[2], step[:2])), pose[2] + step[2]])


def foot_beside(middle: Array, side: int, half_width: float) -> Array:
    """Where the foot of a side stands about a middle pose."""
    return np.array([*(middle[:2] + turn(middle[2], np.array([0.0, SIDE[side] * half_width]))), middle[2]])


def middle_of(left: Array, right: Array) -> Array:
    """Middle pose between two feet."""
    return np.array([*(0.5 * (left[:2] + right[:2])), left[2] + 0.5 * wrap_angle(right[2] - left[2])])


class Course(Protocol):
    """Where to go next: a velocity, a goal, a path."""

    def next_step(self, middle: Array, longest: Array) -> Array:
        """Step (forward, left, turn) from a middle pose; longest (forward, left, turn) bounds it."""


class VelocityCourse:
    """A commanded velocity (forward, left, turn), m/s and rad/s, approached step by step."""

    def __init__(self, step_s: float):
        self._step_s = step_s
        self.velocity = np.zeros(3)

    def next_step(self, middle: Array, longest: Array) -> Array:  # noqa: ARG002
        """The step this velocity takes; a velocity is bounded where it is commanded."""
        return self.velocity * self._step_s


class PathCourse:
    """Waypoints (x, y, yaw) in the odometry frame; the last one is the goal.

    A waypoint counts as passed within ``PASS_M``, or when the robot is nearer to the next leg of the path than to it.
    """

    PASS_M = 0.25

    def __init__(self, waypoints: Sequence[Array], gait: Gait):
        self.waypoints = [np.asarray(w, float) for w in waypoints]
        self._gait, self.at = gait, 0

    @property
    def goal(self) -> Array:
        """The last waypoint."""
        return self.waypoints[-1]

    def passed(self, middle: Array) -> None:
        """Tell where the robot is, so that waypoints behind it are dropped."""
        while self.at < len(self.waypoints) - 1:
            here, after = self.waypoints[self.at], self.waypoints[self.at + 1]
            leg = after[:2] - here[:2]
            beyond = float((middle[:2] - here[:2]) @ leg) > 0.0
            if np.hypot(*(middle[:2] - here[:2])) > self.PASS_M and not beyond:
                return
            self.at += 1

    def next_step(self, middle: Array, longest: Array) -> Array:
        """Straight to the next waypoint; scaled so that forward, left and turn together stay within an ellipsoid."""
        target = self.waypoints[self.at]
        step = np.empty(3)
        step[2] = np.clip(wrap_angle(target[2] - middle[2]), -longest[2], longest[2])
        step[:2] = turn(-middle[2] - 0.5 * step[2], target[:2] - middle[:2])
        bound = np.array([longest[0] if step[0] > 0 else self._gait.backward_m, longest[1]])
        step[:2] /= max(1.0, float(np.linalg.norm(step[:2] / bound)))
        return step


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

    def footholds(self, stance: Array, side: int, course: Course, longest: Array) -> list[Array]:
        """The next footholds when the foot of ``side`` stands at ``stance``; the first is that of the other foot."""
        half = self.gait.half_width_m
        middle, feet = foot_beside(stance, 1 - side, half), []
        for _ in range(self.AHEAD):
            middle = shifted(middle, course.next_step(middle, longest))
            side = 1 - side
            feet.append(foot_beside(middle, side, half))
        return feet

    def dcm_at_touchdown(self, footholds: list[Array]) -> Array:
        """DCM (2,) at the end of the running step that leads through the footholds and comes to rest after them.

        Backward recursion xi_k = u_k + (xi_{k+1} - u_k) exp(-omega T) (Englsberger, Ott, Albu-Schaffer 2015, eq. 12).
        """
        dcm = 0.5 * (footholds[-1][:2] + footholds[-2][:2])
        for foothold in footholds[-2::-1]:
            dcm = foothold[:2] + (dcm - foothold[:2]) * self.decay
        return dcm
