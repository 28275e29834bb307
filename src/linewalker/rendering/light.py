"""The light of an inspection hall."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose
from linewalker.rendering.shade_kernel import Eye, Light

Colour = tuple[float, float, float]

_CELLS = 160
_SLICES, _SLICE_M = 9, 0.25
_CLEARANCE_M = 0.30  # more than a slice, or a hood would stand in its own shadow
LOOKOUT_M = 60.0
CEILING_M = 2.9
"""Nothing above this height throws a shadow: lamps and their frames do not."""


@dataclass(frozen=True, kw_only=True)
class Lamp:
    """A long lamp under the ceiling, along the station's x axis, shining down.

    Attributes:
        p_W: its centre, m.
        half_length_m, half_width_m: its size along x and y.
        radiance: relative to white paper in the hall's mean light.
    """

    p_W: tuple[float, float, float]
    half_length_m: float
    half_width_m: float
    radiance: float


@dataclass(frozen=True, kw_only=True)
class Lighting:
    """All the light there is; colours are linear.

    Attributes:
        lamps: long lamps overhead.
        sky, wall, ground: what is seen upwards between the lamps, along the horizon, and downwards.
        middle_W: x and y of the middle of the square in which things throw soft shadows.
        reach_m: half its width.
        softness_m: standard deviation of the blur of these shadows.
        exposure: factor before the tone curve.
    """

    lamps: tuple[Lamp, ...] = ()
    sky: Colour = (0.31, 0.32, 0.34)
    wall: Colour = (0.56, 0.57, 0.58)
    ground: Colour = (0.33, 0.33, 0.34)
    middle_W: tuple[float, float] = (1.4, 0.0)
    reach_m: float = 4.5
    softness_m: float = 0.16
    exposure: float = 0.7

    def lookout(self) -> Eye:
        """A camera so high above the hall that it sees heights, not sides; one pixel per cell of `openness`."""
        down = Pose.from_axes((*self.middle_W, LOOKOUT_M), z=(0, 0, -1), x=(1, 0, 0))
        focal = 0.5 * _CELLS * LOOKOUT_M / self.reach_m
        middle = 0.5 * (_CELLS - 1)
        return Eye(down.R, down.p, np.array([focal, focal, middle, middle]))

    def map_px(self) -> tuple[int, int]:
        """Height and width of the lookout's picture."""
        return _CELLS, _CELLS

    def packed(self, inverse_depth: NDArray[np.float32]) -> Light:
        """The arrays the kernel reads; ``inverse_depth`` is what the lookout sees."""
        rows = [(*lamp.p_W, lamp.half_length_m, lamp.half_width_m, lamp.radiance) for lamp in self.lamps]
        cells_per_m = 0.5 * _CELLS / self.reach_m
        first = [middle - 0.5 * (_CELLS - 1) / cells_per_m for middle in self.middle_W]
        return Light(
            np.array(rows, float).reshape(-1, 6),
            np.array([self.sky, self.wall, self.ground], float),
            openness(inverse_depth, self.softness_m * cells_per_m),
            np.array([*first, cells_per_m, 1.0 / _SLICE_M]),
            self.exposure,
        )


def openness(inverse_depth: NDArray[np.float32], softness_cells: float) -> NDArray[np.float32]:
    """Share of the light overhead by height, y and x, (slices, cells, cells): at each height, where nothing is above.

    Args:
        inverse_depth: (cells, cells) 1/z that the lookout sees, rows along -y.
        softness_cells: standard deviation of the blur.
    """
    top = np.where(inverse_depth > 0, LOOKOUT_M - 1.0 / np.maximum(inverse_depth, 1e-6), 0.0)[::-1]
    slices = [(top < k * _SLICE_M + _CLEARANCE_M).astype(np.float32) for k in range(_SLICES)]
    return np.stack([cv2.GaussianBlur(one, (0, 0), softness_cells) for one in slices])
