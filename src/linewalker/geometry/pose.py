"""Rigid poses."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from linewalker.geometry.rotation import Array, rotation_z, yaw_of


@dataclass(frozen=True, kw_only=True)
class Pose:
    """``X_AB``: where frame B stands in frame A.

    Attributes:
        p: origin of B in A, (3,), m.
        R: rotation matrix, (3, 3); its columns are the axes of B in A.
    """

    p: Array = field(default_factory=lambda: np.zeros(3))
    R: Array = field(default_factory=lambda: np.eye(3))

    @staticmethod
    def planar(x: float, y: float, yaw: float, z: float = 0.0) -> Pose:
        """A pose that stands upright on the floor; m and rad."""
        return Pose(p=np.array([x, y, z], float), R=rotation_z(yaw))

    @staticmethod
    def from_axes(p: ArrayLike, *, x: ArrayLike | None = None, y: ArrayLike | None = None, z: ArrayLike) -> Pose:
        """The pose at p whose z axis is along ``z`` and whose x (or y) axis is as near to the one given as can be."""
        if (x is None) == (y is None):
            raise ValueError("give exactly one of x and y")
        ez = np.asarray(z, float) / np.linalg.norm(z)
        near = np.asarray(x if x is not None else y, float)
        near = near - (near @ ez) * ez
        near = near / np.linalg.norm(near)
        ex = near if x is not None else np.cross(near, ez)
        return Pose(p=np.asarray(p, float), R=np.column_stack((ex, np.cross(ez, ex), ez)))

    def __matmul__(self, other: Pose) -> Pose:
        """``X_AB @ X_BC == X_AC``."""
        return Pose(p=self.R @ other.p + self.p, R=self.R @ other.R)

    def inverse(self) -> Pose:
        """``X_BA`` of ``X_AB``."""
        return Pose(p=-self.R.T @ self.p, R=self.R.T)

    def apply(self, points: ArrayLike) -> Array:
        """Points (..., 3) given in B, expressed in A."""
        return np.asarray(points, float) @ self.R.T + self.p

    @property
    def yaw(self) -> float:
        """Heading, rad."""
        return yaw_of(self.R)
