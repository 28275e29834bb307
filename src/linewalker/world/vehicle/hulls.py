"""Convex hulls that hug a vehicle, for contacts; and its outline seen from above."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from scipy.spatial import ConvexHull

from linewalker.world.vehicle.records import Array, Collider

_MOST_CORNERS = 90
_OVERLAP_M = 0.03


def slice_hulls(points: Array, cuts_x_m: Sequence[float], belt_z_m: float) -> list[Collider]:
    """Hulls of the body between cuts across it, each divided at the belt line.

    Args:
        points: (n, 3) points of the skin.
        cuts_x_m: where to cut, increasing; the ends of the car are added.
        belt_z_m: bodies are wide below the belt and lean in above it.
    """
    edges = [float(points[:, 0].min()), *cuts_x_m, float(points[:, 0].max())]
    hulls = []
    for i, (start, end) in enumerate(itertools.pairwise(edges)):
        inside = (points[:, 0] > start - _OVERLAP_M) & (points[:, 0] < end + _OVERLAP_M)
        low = points[:, 2] < belt_z_m + _OVERLAP_M
        for name, chosen in (("low", inside & low), ("high", inside & (points[:, 2] > belt_z_m - _OVERLAP_M))):
            piece = points[chosen]
            piece = piece[(piece[:, 0] > start - 1e-9) & (piece[:, 0] < end + 1e-9)] if len(piece) > 400 else piece
            if len(piece) > 20 and np.ptp(piece, axis=0).min() > 0.02:
                hulls.append(Collider(name=f"{name}_{i}", body=None, vertices_m=hull_corners(piece)))
    return hulls


def hull_corners(points: Array) -> Array:
    """Corners of the convex hull, thinned to what a contact needs: the hull shrinks by a few mm at most."""
    corners = points[ConvexHull(points).vertices]
    cell = 0.004
    while len(corners) > _MOST_CORNERS:
        _, first = np.unique(np.round(corners / cell).astype(np.int64), axis=0, return_index=True)
        corners = corners[np.sort(first)]
        corners = corners[ConvexHull(corners).vertices]
        cell *= 1.3
    return corners


def footprint(points: Array) -> Array:
    """Convex outline (n, 2) seen from above, counter-clockwise, corners nearer than 5 mm merged."""
    flat = points[:, :2]
    corners = flat[ConvexHull(flat).vertices]
    kept = [corners[0]]
    for corner in corners[1:]:
        if np.linalg.norm(corner - kept[-1]) > 0.005:
            kept.append(corner)
    return np.array(kept)
