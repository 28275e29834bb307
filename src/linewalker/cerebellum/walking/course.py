"""Courses: where the middle between the feet goes with the next strides."""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, cos, sin
from typing import Protocol

import numpy as np

from linewalker.cerebellum.walking.course_kernel import advance, best_way, stride
from linewalker.geometry import Array, wrap_angle
from linewalker.limbs.profile import Gait

HERE = np.inf
"""Take up the heading of arrival from here on, however far the target is."""
WAYS = np.array([[HERE, 1.0], [0.3, 1.0], [0.6, 1.0], [1.0, 1.0], [1.5, 1.0], [0.3, -1.0], [0.6, -1.0], [1.0, -1.0]])
"""Ways to walk to a goal: keeping to its heading, or facing (or backing along) the way until so near to it."""


class Course(Protocol):
    """Where to go next: a velocity, a goal, a path."""

    def middles(self, middle: Array, side: float, longest_m: float, count: int) -> list[Array]:
        """The next middle poses (x, y, yaw).

        Args:
            middle: where the robot is.
            side: +1 when the left foot swings first, -1 when the right foot does.
            longest_m: bound on the first stride.
            count: how many.
        """

    def landed(self, middle: Array, elapsed_s: float) -> None:
        """Take note of a touchdown: where the robot is, and how long the step took."""


class VelocityCourse:
    """A commanded velocity (forward, left, turn), m/s and rad/s, approached stride by stride.

    The robot follows a point that moves at this velocity, so it neither drifts off its heading nor loses speed. Going
    sideways, every other stride brings the feet together; what they have no room for the stride after it makes up.

    Attributes:
        wanted: what is commanded, (3,).
        velocity: what is walked at present, (3,).
    """

    RAMP = np.array([0.10, 0.08, 0.40])
    """Change of velocity from one stride to the next."""
    BRAKE = np.array([0.35, 0.20, 0.80])
    """Change when the command is to stop."""
    CATCH_UP = 0.5
    """Share of the distance to that point made good with the next stride."""
    PACE = 0.2
    """Share of the last step in what a step is reckoned to take: fast steps come sooner than the gait says."""
    LEASH = np.array([0.04, 0.04, 0.10])
    """How far the point may run ahead or fall behind."""
    SPARE_M = 0.02
    """What feet that meet keep of their room, so that a foothold can be moved both ways while it is stepped to."""

    def __init__(self, gait: Gait):
        self._nominal_s = self._step_s = gait.step_s
        self.wanted, self.velocity = np.zeros(3), np.zeros(3)
        self._point, self._ahead = np.zeros(3), np.zeros(3)
        self._room_m = 2.0 * gait.half_width_m - gait.narrowest_m - self.SPARE_M
        self._aside_m = 0.0

    def middles(self, middle: Array, side: float, longest_m: float, count: int) -> list[Array]:  # noqa: ARG002
        """The strides this velocity takes; it is bounded by its ramp, not by ``longest_m``."""
        (ahead_m, aside_m, turn), at, poses = (self.velocity * self._step_s).tolist(), middle.copy(), []
        drift_m = 0.5 * ahead_m * turn  # seen from the foot that stands, going ahead in a bend leads aside
        self._aside_m = self._aside(aside_m + drift_m, side) - drift_m
        for k in range(count):
            stride = np.array([ahead_m, self._aside(aside_m + drift_m, side) - drift_m, turn])
            if k == 0:
                stride += self.CATCH_UP * self._ahead
                stride[1] = side * max(side * stride[1], -self._room_m - 0.5 * side * stride[0] * stride[2])
            advance(at, tuple(stride))
            poses.append(at.copy())
            side = -side
        return poses

    def _aside(self, aside_m: float, side: float) -> float:
        """Of a stride that goes so far to the left on average, the part of a foot on this side."""
        together = min(abs(aside_m), self._room_m)
        return copysign(2.0 * abs(aside_m) - together if aside_m * side > 0.0 else together, aside_m)

    def begin(self, middle: Array) -> None:
        """Set out from a middle pose, at rest."""
        self.velocity[:], self._step_s = 0.0, self._nominal_s
        self._point = middle.copy()
        self._ahead[:] = 0.0

    def landed(self, middle: Array, elapsed_s: float) -> None:
        """Move the point on, and see how far it is ahead of the robot, in the robot's axes."""
        self._step_s += self.PACE * (elapsed_s - self._step_s)
        vx, vy, wz = self.velocity.tolist()
        advance(self._point, (vx * elapsed_s, vy * (elapsed_s - self._step_s) + self._aside_m, wz * elapsed_s))
        x, y, turn = (self._point - middle).tolist()
        c, s = cos(middle[2]), sin(middle[2])
        ahead = np.array([c * x + s * y, -s * x + c * y, wrap_angle(turn)])
        self._ahead = np.minimum(np.maximum(ahead, -self.LEASH), self.LEASH)
        self._point = middle.copy()
        advance(self._point, (self._ahead[0], self._ahead[1], 0.0))
        self._point[2] += self._ahead[2]
        change = self.RAMP if self.wanted.any() else self.BRAKE
        self.velocity += np.minimum(np.maximum(self.wanted - self.velocity, -change), change)


def poses_of(waypoints: Sequence[tuple[float, float, float | None]]) -> list[Array]:
    """Waypoints (x, y, yaw) as arrays (3,); NaN for a yaw that is None.

    Raises:
        ValueError: there is none, the last one has no yaw, or a number is not finite.
    """
    if not waypoints or waypoints[-1][2] is None:
        raise ValueError("a path needs at least one waypoint, and the last one a heading")
    for x, y, yaw in waypoints:
        if not np.isfinite([x, y, 0.0 if yaw is None else yaw]).all():
            raise ValueError(f"a waypoint must be made of finite numbers, got {x}, {y}, {yaw}")
    return [np.array([x, y, np.nan if yaw is None else yaw]) for x, y, yaw in waypoints]


class PathCourse:
    """Waypoints (x, y, yaw) in the odometry frame: where the robot comes from, what it passes, and its goal.

    A yaw of NaN lets the robot face its way; else it turns to the yaw at once, except on the way to the goal, where it
    walks in whatever way takes the fewest strides. A waypoint on the way counts as passed within ``PASS_M`` of it, or
    when the robot has gone past it in the direction it comes from.

    Attributes:
        waypoints: (k, 3), k at least 2.
        at: index of the one the robot walks to.
    """

    PASS_M = 0.15

    def __init__(self, waypoints: Sequence[Array], gait: Gait):
        self.waypoints = np.array(waypoints, float).reshape(-1, 3)
        self._gait, self.at = gait, 1
        self._limits = np.array(
            [gait.forward_m, gait.backward_m, gait.sideways_out_m, gait.sideways_in_m, gait.turn_rad]
        )

    @property
    def goal(self) -> Array:
        """The last waypoint."""
        return self.waypoints[-1]

    def landed(self, middle: Array, elapsed_s: float) -> None:  # noqa: ARG002
        """Drop the waypoints that are behind the robot."""
        self.at = self._next(middle, self.at)

    def _next(self, middle: Array, at: int) -> int:
        while at < len(self.waypoints) - 1:
            way = self.waypoints[at, :2] - self.waypoints[at - 1, :2]
            past = middle[:2] - self.waypoints[at, :2]
            if np.hypot(*past) > self.PASS_M and float(past @ way) < 0.0:
                break
            at += 1
        return at

    def _way(self, middle: Array, side: float, at: int, longest_m: float) -> tuple[Array, Array]:
        """Target and way of walking to waypoint ``at``."""
        target = self.waypoints[at].copy()
        if np.isnan(target[2]):
            target[2] = np.arctan2(target[1] - middle[1], target[0] - middle[0])
        if at < len(self.waypoints) - 1:
            return target, WAYS[0]
        ramp = np.array([longest_m, self._gait.forward_m, self._gait.ramp_m])
        return target, WAYS[best_way(middle, target, WAYS, side, self._limits, ramp)]

    def middles(self, middle: Array, side: float, longest_m: float, count: int) -> list[Array]:
        """Strides towards the waypoints, one after the other."""
        at, index, limits, poses = middle.copy(), self.at, self._limits.copy(), []
        target, way = self._way(at, side, index, longest_m)
        for _ in range(count):
            if (now := self._next(at, index)) != index:
                index = now
                target, way = self._way(at, side, index, longest_m)
            limits[:2] = np.minimum(self._limits[:2], longest_m)
            advance(at, stride(at, target, way, side, limits))
            poses.append(at.copy())
            longest_m, side = min(longest_m + self._gait.ramp_m, self._gait.forward_m), -side
        return poses
