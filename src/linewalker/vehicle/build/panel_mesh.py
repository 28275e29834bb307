"""The inside of a panel: a Delaunay mesh of skin points that closes against the foot curves of its rims.

Away from rims points are added until facets follow the skin and its normal; beside fine rims rows of points run along
the foot curve, so that a laser line across the seam sees facets of a few micrometres error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Delaunay, cKDTree
from shapely.geometry import Polygon

from linewalker.vehicle.build.rim import Edge
from linewalker.vehicle.build.skin import Skin
from linewalker.vehicle.build.triangles import Triangles
from linewalker.vehicle.build.views import View
from linewalker.vehicle.components import Array

STRIP_M = 0.040
"""Width of the fine strip beside a fine rim."""
_ROWS_M = (0.003, 0.0075, 0.013, 0.020, 0.029, 0.040)
_ROUNDS = 6
_REPAIRS = 4
_SHARES = np.array([0.3, 0.5, 0.7])
"""Where along a side a point may be put."""


@dataclass(frozen=True, kw_only=True)
class Facets:
    """What the inside must keep to.

    Attributes:
        grid_m: spacing of the first points.
        sag_m: largest distance of a facet's sides from the skin.
        turn_rad: largest angle between the normals at two ends of a side.
        shortest_m: sides shorter than this are not divided because of their turn.
        strip_sag_m: as sag_m, within the fine strip.
    """

    grid_m: float = 0.030
    sag_m: float = 6e-4
    turn_rad: float = 0.16
    shortest_m: float = 0.018
    strip_sag_m: float = 1.2e-5


class Inside:
    """Points of a panel's inside and their triangulation in drawing coordinates."""

    def __init__(self, skin: Skin, view: View, edges: Sequence[Edge], facets: Facets):
        self._skin, self._view, self._facets = skin, view, facets
        feet = [edge.rim.foot_m for edge in edges]
        rings = [view.project(foot) for foot in feet]
        self._region = Polygon(rings[0], rings[1:])
        if not self._region.is_valid:
            raise ValueError("its edge crosses itself: a corner or a neck is narrower than gap and edge radius")
        shapely.prepare(self._region)
        self._rim_size = sum(map(len, feet))
        self._sides = _ring_sides([len(foot) for foot in feet])
        self._strip = (
            cKDTree(np.vstack([f[e.fine] for f, e in zip(feet, edges)])) if any(e.fine.any() for e in edges) else None
        )
        self.uv, self.points = np.vstack(rings), np.vstack(feet)
        self.normals = np.vstack([edge.rim.normal for edge in edges])
        self._add_rows(edges)
        self._add_grid()
        self._refine()

    def mesh(self) -> Triangles:
        """The triangles, counter-clockwise seen from outside."""
        faces = self._faces
        a, b, c = (self.points[faces[:, i]] for i in range(3))
        inverted = (np.cross(b - a, c - a) * self.normals[faces[:, 0]]).sum(1) < 0
        faces = np.where(inverted[:, None], faces[:, ::-1], faces)
        return Triangles(self.points, self.normals, faces.astype(np.int32))

    def _add_rows(self, edges: Sequence[Edge]) -> None:
        """Rows of points beside fine rims; a row stops where another rim is nearer."""
        if self._strip is None:
            return
        rims = cKDTree(self.points[: self._rim_size])
        kept_points = []
        for row, distance in enumerate(_ROWS_M):
            parts = []
            for edge in edges:
                shift = 0.5 * (row % 2)  # staggered rows make rounder triangles
                foot, inward = edge.rim.foot_m, edge.rim.binormal
                foot = foot + shift * (np.roll(foot, -1, 0) - foot)
                parts.append((foot + distance * inward)[edge.fine])
            guess = np.vstack(parts)
            points = self._skin.project(guess)
            nearest, _ = rims.query(points)
            points = points[nearest > 0.8 * distance]
            kept_points.append(_thinned(points, 0.3 * distance))
        self._append(np.vstack(kept_points))

    def _add_grid(self) -> None:
        """A coarse grid whose rows run along the body's lines, so that facets do not cut across a crease."""
        step = self._facets.grid_m
        u0, v0, u1, v1 = self._region.bounds
        u, v = np.meshgrid(np.arange(u0 - step, u1 + step, step), np.arange(v0 - 0.3, v1 + 0.3, step))
        u = u + 0.5 * step * (np.arange(len(u))[:, None] % 2)
        uv = np.column_stack((u.ravel(), (v + self._view.rise(u)).ravel()))
        uv = uv[shapely.contains_xy(self._region, uv[:, 0], uv[:, 1])]
        if not len(uv):
            return
        points = self._view.lift(uv)
        points = points[~np.isnan(points[:, 0])]
        distance, _ = cKDTree(self.points).query(points)
        self._append(points[distance > 0.4 * step])

    def _append(self, points: Array) -> None:
        """Adds those skin points that lie inside the rims."""
        uv = self._view.project(points)
        inside = shapely.contains_xy(self._region, uv[:, 0], uv[:, 1])
        self.uv = np.vstack((self.uv, uv[inside]))
        self.points = np.vstack((self.points, points[inside]))
        self.normals = np.vstack((self.normals, self._skin.normals(points[inside])))

    def _triangulate(self) -> NDArray[np.int32]:
        """Faces inside the rims; points that keep a side of a rim out of the triangulation are given up."""
        for _ in range(_REPAIRS):
            faces = Delaunay(self.uv).simplices
            middle = self.uv[faces].mean(1)
            faces = faces[shapely.contains_xy(self._region, middle[:, 0], middle[:, 1])]
            missing = self._sides[~_has_sides(faces, self._sides, len(self.uv))]
            start, end = self.uv[missing[:, 0]], self.uv[missing[:, 1]]
            if not len(missing) or not self._give_up((start + end) / 2, np.linalg.norm(end - start, axis=1) / 2):
                break
        return faces

    def _give_up(self, centres: Array, radii: Array) -> bool:
        """Removes inner points within circles of the drawing; false when there are none."""
        found = cKDTree(self.uv[self._rim_size :]).query_ball_point(centres, radii * 1.01)
        doomed = np.unique(np.concatenate([np.asarray(hits, int) for hits in found])) + self._rim_size
        keep = np.ones(len(self.uv), bool)
        keep[doomed] = False
        self.uv, self.points, self.normals = self.uv[keep], self.points[keep], self.normals[keep]
        return len(doomed) > 0

    def _between(self, ends: NDArray[np.int32]) -> Array:
        """Skin points between pairs of points, where half of the turn of the normal is done: they gather on creases."""
        if not len(ends):
            return np.empty((0, 3))
        start, end = self.points[ends[:, 0], None], self.points[ends[:, 1], None]
        candidates = self._skin.project((start + _SHARES[None, :, None] * (end - start)).reshape(-1, 3))
        normals = self._skin.normals(candidates).reshape(len(ends), -1, 3)
        difference = self.normals[ends[:, 0]] - self.normals[ends[:, 1]]
        uneven = np.abs((normals * difference[:, None]).sum(2)) + 1e-3 * np.abs(_SHARES - 0.5)
        best = uneven.argmin(1)
        return candidates.reshape(len(ends), -1, 3)[np.arange(len(ends)), best]

    def _refine(self) -> None:
        """Divides every side that is too far from the skin, or along which the normal turns too much."""
        for _ in range(_ROUNDS):
            self._faces = self._triangulate()
            poor = self._poor_sides()
            before = len(self.uv)
            self._append(self._between(poor))
            if len(self.uv) == before:
                return
        self._faces = self._triangulate()

    def _poor_sides(self) -> NDArray[np.int32]:
        """Sides (n, 2) to be divided; those of the rim stay as they are."""
        facets, faces = self._facets, self._faces
        pairs = np.sort(np.vstack((faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]])), axis=1)
        codes = np.unique(pairs[:, 0].astype(np.int64) * len(self.uv) + pairs[:, 1])
        sides = np.column_stack(np.divmod(codes, len(self.uv))).astype(np.int32)
        sides = sides[sides[:, 1] >= self._rim_size]
        start, end = self.points[sides[:, 0]], self.points[sides[:, 1]]
        middle = (start + end) / 2
        limit = np.full(len(sides), facets.sag_m)
        if self._strip is not None:
            limit[self._strip.query(middle)[0] < STRIP_M] = facets.strip_sag_m
        turned = (self.normals[sides[:, 0]] * self.normals[sides[:, 1]]).sum(1) < np.cos(facets.turn_rad)
        long = np.linalg.norm(end - start, axis=1) > facets.shortest_m
        return sides[(np.abs(self._skin.values(middle)) > limit) | (turned & long)]


def _ring_sides(sizes: Sequence[int]) -> NDArray[np.intp]:
    """Pairs of neighbours along closed rings whose points are stacked."""
    sides = []
    start = 0
    for size in sizes:
        index = start + np.arange(size)
        sides.append(np.column_stack((index, np.roll(index, -1))))
        start += size
    return np.vstack(sides)


def _has_sides(faces: NDArray[np.int32], sides: NDArray[np.intp], count: int) -> NDArray[np.bool_]:
    """Which pairs of points (n, 2) are sides of a face."""
    pairs = np.sort(np.vstack((faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]])), axis=1).astype(np.int64)
    wanted = np.sort(sides, axis=1).astype(np.int64)
    return np.isin(wanted[:, 0] * count + wanted[:, 1], pairs[:, 0] * count + pairs[:, 1])


def _thinned(points: Array, spacing_m: float) -> Array:
    """Points of which hardly two are closer than the spacing."""
    _, first = np.unique(np.floor(points / spacing_m).astype(np.int64), axis=0, return_index=True)
    return points[np.sort(first)]
