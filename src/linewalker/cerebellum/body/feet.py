"""Where feet stand: each beside the middle of the robot, and the middle between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, sin

import numpy as np

from linewalker.geometry import Array, Pose, wrap_angle

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


@dataclass(frozen=True, kw_only=True)
class Stance:
    """Where the soles stand: poses of the left and the right sole in W."""

    X_WL: Pose
    X_WR: Pose

    @staticmethod
    def about(X_WM: Pose, half_width_m: float) -> Stance:
        """Feet side by side, ``half_width_m`` to the left and the right of the middle M, which faces along its x."""
        aside = np.array([0.0, half_width_m, 0.0])
        return Stance(X_WL=X_WM @ Pose(p=aside), X_WR=X_WM @ Pose(p=-aside))

    @cached_property
    def X_WM(self) -> Pose:
        """Midway between the soles, on the floor, along their mean heading."""
        x, y, heading = middle_of(on_floor(self.X_WR), on_floor(self.X_WL))
        return Pose.planar(x, y, heading, z=0.5 * (self.X_WL.p[2] + self.X_WR.p[2]))

    def seen_from(self, X_WA: Pose) -> Stance:
        """The same soles in another frame A."""
        X_AW = X_WA.inverse()
        return Stance(X_WL=X_AW @ self.X_WL, X_WR=X_AW @ self.X_WR)
