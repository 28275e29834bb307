"""Drawing views: how a flat drawing (u, v) and the skin of the body map onto each other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from linewalker.vehicle.build.skin import Skin
from linewalker.vehicle.components import Array

_CENTRE = np.array([1.4, 0.0, 0.4])
_RADIUS_M = 3.4
"""A ball that holds every vehicle: rays start on it."""
_SQUARE = 1e-3
"""Directions in a drawing are rounded; their dot products may be off by this."""


class View(ABC):
    """A way to look at the body.

    Attributes:
        skin: the body.
        mirror_axis: 0 or 1, the drawing axis that the plane of symmetry y = 0 reverses; None for an oblique view.
        handedness: +1 when u, v, outward normal are right-handed (an unmirrored drawing), else -1.
    """

    skin: Skin
    mirror_axis: int | None
    handedness: float

    @abstractmethod
    def project(self, points: Array) -> Array:
        """Drawing coordinates (n, 2) of points (n, 3)."""

    @abstractmethod
    def rays(self, uv: Array) -> tuple[Array, Array, float]:
        """Origins (n, 3), directions (n, 3) and length of the lines of sight of drawing points."""

    def rise(self, u: Array) -> Array:
        """How much the shoulder line of the body rises in this view, of the shape of u; zero where it is not seen."""
        return np.zeros_like(u)

    def lift(self, uv: Array) -> Array:
        """Where the lines of sight first meet the body, (n, 3); nan where they miss it."""
        origins, directions, length = self.rays(np.asarray(uv, float))
        return self.skin.hits(origins, directions, length)


@dataclass(frozen=True, kw_only=True)
class ParallelView(View):
    """Parallel projection.

    Attributes:
        sight: unit vector along the lines of sight.
        right, up: unit vectors that u and v run along.
    """

    skin: Skin
    sight: Array
    right: Array
    up: Array
    mirror_axis: int | None = field(init=False)
    handedness: float = field(init=False)

    @staticmethod
    def of(skin: Skin, sight: ArrayLike, right: ArrayLike, up: ArrayLike) -> ParallelView:
        """A view from directions of any length.

        Raises:
            ValueError: they are not perpendicular to one another.
        """
        axes = np.stack((_unit(sight), _unit(right), _unit(up)))
        if np.abs(axes @ axes.T - np.eye(3)).max() > _SQUARE:
            raise ValueError("line of sight, u and v must be perpendicular to one another")
        forward, across = axes[0], _unit(axes[1] - (axes[1] @ axes[0]) * axes[0])
        square_up = np.cross(forward, across) * np.sign(np.cross(forward, across) @ axes[2])
        return ParallelView(skin=skin, sight=forward, right=across, up=square_up)

    def __post_init__(self) -> None:
        object.__setattr__(self, "handedness", -float(np.sign(np.cross(self.right, self.up) @ self.sight)))
        across = [i for i, axis in enumerate((self.right, self.up)) if abs(axis[1]) > 0.999]
        symmetric = len(across) == 1 and abs(self.sight[1]) < 1e-9
        object.__setattr__(self, "mirror_axis", across[0] if symmetric else None)

    def project(self, points: Array) -> Array:
        return np.stack((points @ self.right, points @ self.up), -1)

    def rise(self, u: Array) -> Array:
        if self.right[0] < 0.9:
            return np.zeros_like(u)
        rise: Array = self.skin.curve("shoulder", u.ravel()).reshape(u.shape) * self.up[2]
        return rise - rise.mean()

    def rays(self, uv: Array) -> tuple[Array, Array, float]:
        depth = float(_CENTRE @ self.sight) - _RADIUS_M
        origins = uv[:, :1] * self.right + uv[:, 1:] * self.up + depth * self.sight
        return origins, np.broadcast_to(self.sight, origins.shape).copy(), 2 * _RADIUS_M


@dataclass(frozen=True, kw_only=True)
class RingView(View):
    """Lines of sight run towards a vertical axis from all around: an unrolled front or rear.

    Attributes:
        axis_x_m: where the axis stands, at y = 0.
        facing: -1 for the front, +1 for the rear.
        radius_m: u is the angle about the axis times this.
        slope: how steeply the lines of sight descend; v is the height at which they meet the axis.
    """

    skin: Skin
    axis_x_m: float
    facing: float
    radius_m: float
    slope: float = 0.0
    mirror_axis: int | None = field(init=False, default=0)
    handedness: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "handedness", float(self.facing))

    def project(self, points: Array) -> Array:
        out, across = self.facing * (points[..., 0] - self.axis_x_m), points[..., 1]
        return np.stack(
            (np.arctan2(across, out) * self.radius_m, points[..., 2] - self.slope * np.hypot(out, across)), -1
        )

    def rays(self, uv: Array) -> tuple[Array, Array, float]:
        angle = uv[:, 0] / self.radius_m
        sight = np.column_stack((-self.facing * np.cos(angle), -np.sin(angle), np.full(len(uv), -self.slope)))
        axis = np.column_stack((np.full(len(uv), self.axis_x_m), np.zeros(len(uv)), uv[:, 1]))
        return axis - 2.2 * sight, sight, 2.15


def _unit(v: ArrayLike) -> Array:
    vector = np.asarray(v, float)
    return vector / np.linalg.norm(vector)
