"""Convex hulls that hug a vehicle, for contacts; and its outline seen from above."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from scipy.spatial import ConvexHull

from linewalker.vehicle.components import Array, Collider

_ROUNDS = 12
_MOST_PER_ROUND = 24
_OVERLAP_M = 0.02
_MARGIN_M = 0.003
_DIRECTIONS = np.array([d for d in itertools.product((-1, 0, 1), repeat=3) if any(d)], float)


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
        slab = points[(points[:, 0] > start - _OVERLAP_M) & (points[:, 0] < end + _OVERLAP_M)]
        low, high = slab[slab[:, 2] < belt_z_m + _OVERLAP_M], slab[slab[:, 2] > belt_z_m - _OVERLAP_M]
        for name, piece in (("low", low), ("high", high)):
            if len(piece) > 20 and np.ptp(piece, axis=0).min() > 0.02:
                hulls.append(Collider(name=f"{name}_{i}", body=None, vertices_m=hull_corners(piece)))
    return hulls


def hull_corners(points: Array) -> Array:
    """Corners of the convex hull, thinned to what a contact needs and moved out by what thinning takes away.

    Starts with a box's worth of extreme points and adds, facet by facet, the point farthest outside.
    """
    candidates = points[ConvexHull(points).vertices]
    extremes = candidates @ _DIRECTIONS.T
    chosen = np.unique(np.concatenate((extremes.argmax(0), extremes.argmin(0))))
    for _ in range(_ROUNDS):
        planes = ConvexHull(candidates[chosen]).equations
        outside = candidates @ planes[:, :3].T + planes[:, 3]
        farthest, height = outside.argmax(0), outside.max(0)
        if height.max() < _MARGIN_M:
            break
        order = np.argsort(-height)[:_MOST_PER_ROUND]
        chosen = np.union1d(chosen, farthest[order[height[order] > _MARGIN_M]])
    corners = candidates[chosen]
    outward = corners - corners.mean(0)
    return corners + _MARGIN_M * outward / np.linalg.norm(outward, axis=1, keepdims=True)


def footprint(points: Array) -> Array:
    """Convex outline (n, 2) seen from above, counter-clockwise, corners nearer than 5 mm merged."""
    flat = points[:, :2]
    corners = flat[ConvexHull(flat).vertices]
    kept = [corners[0]]
    for corner in corners[1:]:
        if np.linalg.norm(corner - kept[-1]) > 0.005:
            kept.append(corner)
    return np.array(kept)
