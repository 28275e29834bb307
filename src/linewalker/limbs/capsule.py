"""Capsules round the links of a robot, so that touching is cheap to compute."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Capsule:
    """All points nearer than ``radius_m`` to the segment from ``start`` to ``end``, (3,) each, m."""

    start: Array
    end: Array
    radius_m: float


def fit_capsule(points: Array, *, outliers: float = 0.02) -> Capsule:
    """A capsule along the longest principal axis of points (k, 3) that holds all but a fraction of outliers.

    The axis runs through the middle of the extents, not through the mean, so uneven sampling does not shift it.
    """
    _, _, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    local = points @ axes.T
    low, high = np.quantile(local, [outliers / 2, 1 - outliers / 2], axis=0)
    middle = 0.5 * (low + high)
    radius = float(np.quantile(np.linalg.norm(local[:, 1:] - middle[1:], axis=1), 1 - outliers))
    half = max(0.5 * float(high[0] - low[0]) - radius, 0.005)
    reach = np.array([half, 0.0, 0.0])
    return Capsule(start=(middle - reach) @ axes, end=(middle + reach) @ axes, radius_m=radius)
