"""Capsules round the links of a robot, so that touching is cheap to compute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from linewalker.geometry import Array

SAMPLE_M = 0.015
"""Distance of the points that stand for a surface which one capsule does not fit."""
CUTS = (0.25, 0.375, 0.5, 0.625, 0.75)
"""Where a part may be cut in two, as shares of its extent."""


@dataclass(frozen=True, kw_only=True)
class Capsule:
    """All points nearer than ``radius_m`` to the segment from ``start`` to ``end``, (3,) each, m."""

    start: Array
    end: Array
    radius_m: float

    @property
    def volume_m3(self) -> float:
        """A cylinder and two half balls."""
        length = float(np.linalg.norm(self.end - self.start))
        return float(np.pi) * self.radius_m**2 * (length + 4.0 / 3.0 * self.radius_m)


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


def fit_capsules(vertices: Array, faces: NDArray[np.integer], *, air_m3: float, most: int) -> tuple[Capsule, ...]:
    """Capsules that together hold a mesh: one, or several where one would hold too much air.

    The part with the most air is cut across one of its principal axes, where its halves get the smallest capsules,
    until no part holds more than ``air_m3`` besides its convex hull, or there are ``most`` parts.

    Args:
        vertices: (k, 3), m.
        faces: corners of its triangles, (f, 3).
        air_m3: what a capsule may hold besides the convex hull of what it is fitted to.
        most: how many capsules at most.
    """
    whole = fit_capsule(vertices)
    if most == 1 or _air(whole, vertices, air_m3) <= air_m3:
        return (whole,)
    points = np.vstack(list(_samples(vertices[faces])))
    parts = [(points, fit_capsule(points))]
    airs = [np.inf]
    while len(parts) < most and max(airs) > air_m3:
        fullest = int(np.argmax(airs))
        airs.pop(fullest)
        halves = _halves(parts.pop(fullest)[0])
        parts += halves
        airs += [_air(capsule, held, air_m3) for held, capsule in halves]
    return tuple(capsule for _, capsule in parts)


def _air(capsule: Capsule, points: Array, enough_m3: float) -> float:
    """Volume of a capsule besides the convex hull of points; of a capsule no larger than that: its own volume."""
    volume = capsule.volume_m3
    return volume if volume <= enough_m3 else volume - float(ConvexHull(points, qhull_options="QJ").volume)


def _halves(points: Array) -> list[tuple[Array, Capsule]]:
    """The two parts, with their capsules, of the cut that leaves the smallest capsules."""
    _, _, axes = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    cuts = []
    for along in (points @ axes.T).T:
        for share in CUTS:
            below = along < along.min() + share * np.ptp(along)
            if min(below.sum(), (~below).sum()) > 3:
                cuts.append([(part, fit_capsule(part)) for part in (points[below], points[~below])])
    return min(cuts, key=lambda halves: sum(capsule.volume_m3 for _, capsule in halves))


def _samples(triangles: Array) -> Iterator[Array]:
    """Points spread evenly over triangles (f, 3, 3): the centroids of their pieces of no more than `SAMPLE_M`."""
    for corner, second, third in triangles:
        longest = max(np.linalg.norm(second - corner), np.linalg.norm(third - corner), np.linalg.norm(third - second))
        n = max(1, int(np.ceil(longest / SAMPLE_M)))
        i, j = (grid.ravel() for grid in np.indices((n, n)))
        upright, hanging = i + j < n, i + j < n - 1
        u = np.concatenate((i[upright] + 1 / 3, i[hanging] + 2 / 3)) / n
        v = np.concatenate((j[upright] + 1 / 3, j[hanging] + 2 / 3)) / n
        yield corner + np.outer(u, second - corner) + np.outer(v, third - corner)
