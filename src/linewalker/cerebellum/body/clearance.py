"""What a robot keeps clear of: upright prisms, packed for the hot loops of `clearance_kernel`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.body.clearance_kernel import segment_prism
from linewalker.geometry import Array

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Prism:
    """An upright obstacle: a convex outline between two heights.

    Attributes:
        outline_m: corners seen from above, counter-clockwise, convex, (k, 2), in the frame the solver works in.
        bottom_m, top_m: heights.
    """

    outline_m: Array
    bottom_m: float
    top_m: float

    def __post_init__(self) -> None:
        edges = np.roll(self.outline_m, -1, axis=0) - self.outline_m
        turns = edges[:, 0] * np.roll(edges[:, 1], -1) - edges[:, 1] * np.roll(edges[:, 0], -1)
        if len(self.outline_m) < 3 or (turns < -1e-6).any():
            raise ValueError("outline_m must be convex and counter-clockwise, with three corners or more")
        if self.top_m <= self.bottom_m:
            raise ValueError(f"top_m {self.top_m} must be above bottom_m {self.bottom_m}")


@dataclass(frozen=True)
class Obstacles:
    """Prisms packed into arrays for the hot loops; build it once with `Obstacles.pack` and pass it around."""

    corners: Array  # (K, 2) of all prisms
    first: Ints  # (P + 1,) where the corners of each begin
    heights: Array  # (P, 2) bottom, top

    @staticmethod
    def pack(prisms: Sequence[Prism] = ()) -> Obstacles:
        """Pack prisms."""
        corners = np.vstack([np.zeros((0, 2)), *(prism.outline_m for prism in prisms)]).astype(float)
        first = np.cumsum([0, *(len(prism.outline_m) for prism in prisms)]).astype(np.int64)
        heights = np.array([[prism.bottom_m, prism.top_m] for prism in prisms], float).reshape(-1, 2)
        return Obstacles(corners, first, heights)


def pierces(a: Array, b: Array, obstacles: Obstacles) -> bool:
    """Whether the segment from a to b, (3,) each, enters an obstacle."""
    normal = np.zeros(3)
    for k, (bottom, top) in enumerate(obstacles.heights):
        outline = obstacles.corners[obstacles.first[k] : obstacles.first[k + 1]]
        if segment_prism(a, b, outline, bottom, top, normal)[0] < 0.0:
            return True
    return False
