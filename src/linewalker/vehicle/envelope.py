"""The space a vehicle takes up, as a pile of convex prisms: what a plant's CAD department calls a shrink wrap."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from scipy.spatial import ConvexHull

from linewalker.vehicle.components import Array, Collider

SLICE_M = 0.06
_SIMPLER_M = 0.004


def envelope_of(colliders: Iterable[Collider]) -> list[dict[str, Any]]:
    """Every collider cut into level slices: outline seen from above, counter-clockwise, bottom and top; mm, frame V."""
    return [piece for collider in colliders for piece in _slices(np.asarray(collider.vertices_m, float))]


def _slices(vertices: Array) -> list[dict[str, Any]]:
    bottom, top = vertices[:, 2].min(), vertices[:, 2].max()
    levels = np.linspace(bottom, top, max(1, int(np.ceil((top - bottom) / SLICE_M))) + 1)
    edges = _edges(vertices)
    pieces = []
    for low, high in itertools.pairwise(levels):
        within = vertices[(vertices[:, 2] >= low) & (vertices[:, 2] <= high)]
        points = np.vstack([within, _cut(vertices, edges, low), _cut(vertices, edges, high)])[:, :2]
        hull = shapely.MultiPoint(points).convex_hull.simplify(_SIMPLER_M).buffer(_SIMPLER_M, join_style="mitre")
        outline = np.asarray(shapely.geometry.polygon.orient(hull.convex_hull).exterior.coords)[:-1]
        pieces.append(
            {
                "outline": np.round(1e3 * outline, 4).tolist(),
                "bottom_mm": round(1e3 * float(low), 1),
                "top_mm": round(1e3 * float(high), 1),
            }
        )
    return pieces


def _edges(vertices: Array) -> Array:
    """Pairs of vertices that a convex hull's edges join, (k, 2)."""
    corners = ConvexHull(vertices).simplices
    return np.unique(np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1), axis=0)


def _cut(vertices: Array, edges: Array, level: float) -> Array:
    """Where the edges pass through a height, (k, 3)."""
    a, b = vertices[edges[:, 0]], vertices[edges[:, 1]]
    crossing = (a[:, 2] - level) * (b[:, 2] - level) < 0.0
    a, b = a[crossing], b[crossing]
    share = (level - a[:, 2]) / (b[:, 2] - a[:, 2])
    return a + share[:, None] * (b - a)
