"""Cameras without distortion, and what they see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linewalker.geometry import Pose


@dataclass(frozen=True, kw_only=True)
class Pinhole:
    """A camera without distortion.

    Attributes:
        X_WC: its pose; x right, y down, z forward.
        K: (3, 3) px; the centre of the pixel in row i and column j has u = j, v = i.
        width_px, height_px: size of the picture.
    """

    X_WC: Pose
    K: NDArray[np.float64]
    width_px: int
    height_px: int

    @staticmethod
    def matrix(width_px: int, height_px: int, fov_y_rad: float) -> NDArray[np.float64]:
        """K of a lens with square pixels whose axis goes through the middle of the picture."""
        focal = 0.5 * height_px / np.tan(0.5 * fov_y_rad)
        return np.array([[focal, 0, 0.5 * (width_px - 1)], [0, focal, 0.5 * (height_px - 1)], [0, 0, 1.0]])

    @staticmethod
    def looking_at(eye: ArrayLike, target: ArrayLike, *, width_px: int, height_px: int, fov_y_rad: float) -> Pinhole:
        """A level camera at ``eye`` that looks at ``target``, station frame, m."""
        forward = np.asarray(target, float) - np.asarray(eye, float)
        X_WC = Pose.from_axes(eye, z=forward, y=(0, 0, -1))
        return Pinhole(
            X_WC=X_WC, K=Pinhole.matrix(width_px, height_px, fov_y_rad), width_px=width_px, height_px=height_px
        )


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a pinhole sees.

    Attributes:
        rgb: (height, width, 3) uint8.
        depth_m: (height, width) float32 along z; NaN where nothing is.
        thing_of: (height, width) int32 row of `Things`, -1 where nothing is.
    """

    rgb: NDArray[np.uint8]
    depth_m: NDArray[np.float32]
    thing_of: NDArray[np.int32]
