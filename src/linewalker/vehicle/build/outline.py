"""Outlines: regions of the skin, drawn in a view and cut with one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.interpolate import CubicSpline
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from linewalker.vehicle.build.views import View
from linewalker.vehicle.components import Array

_CHORD_M = 0.004
"""Longest side of a drawn polygon when it is carried from one view into another."""
_ARC_SEGMENTS = 24
"""Sides per quarter turn of a rounded corner."""


@dataclass(frozen=True, kw_only=True)
class HalfSpace:
    """Points with sign * p[axis] > sign * limit; limits an outline to the part a view can see."""

    axis: int
    sign: float
    limit_m: float


@dataclass(frozen=True, kw_only=True, eq=False)
class PanelOutline:
    """A region of the skin; region is a polygon, perhaps with holes, in the coordinates of its view, m."""

    view: View
    region: Polygon

    def seen_from(self, view: View, limits: Sequence[HalfSpace] = ()) -> BaseGeometry:
        """The region in the coordinates of another view; holes are filled.

        Args:
            view: the other view.
            limits: parts of the body that the other view sees; the rest of the region is left out.

        Raises:
            ValueError: part of the region's edge lies off the body.
        """
        if view is self.view and not limits:
            return self.region
        ring = shapely.get_coordinates(shapely.segmentize(self.region.exterior, _CHORD_M))[:-1]
        points = self._lifted(ring)
        for limit in limits:
            points = _clipped(points, limit)
            if len(points) < 3:
                return Polygon()
            cut = shapely.segmentize(Polygon(self.view.project(points)).exterior, _CHORD_M)
            points = self._lifted(shapely.get_coordinates(cut)[:-1])
        return Polygon(view.project(points)).buffer(0)

    def _lifted(self, ring: Array) -> Array:
        points = self.view.lift(ring)
        lost = np.isnan(points[:, 0])
        if lost.any():
            u, v = ring[np.flatnonzero(lost)[0]] * 1e3
            raise ValueError(f"its edge leaves the body at u = {u:.0f}, v = {v:.0f} mm")
        return points


def _clipped(points: Array, limit: HalfSpace) -> Array:
    """A closed polygon (n, 3) cut at a plane (Sutherland and Hodgman 1974)."""
    height = limit.sign * (points[:, limit.axis] - limit.limit_m)
    after = np.roll(points, -1, 0)
    height_after = np.roll(height, -1)
    out = []
    for p, q, a, b in zip(points, after, height, height_after):
        if a > 0:
            out.append(p)
        if (a > 0) != (b > 0):
            out.append(p + (q - p) * (a / (a - b)))
    return np.array(out).reshape(-1, 3)


def smooth_path(pieces: Sequence[Array], per_span: int = 24) -> Array:
    """Joins pieces (n, 2) at corners; a piece of three points or more becomes a smooth curve through them."""
    out = []
    for piece in pieces:
        if len(piece) > 2:
            arc = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(piece, axis=0), axis=1))))
            piece = CubicSpline(arc, piece)(np.linspace(0, arc[-1], per_span * (len(piece) - 1)))
        out.append(piece)
    return np.vstack(out)


def mirrored(region: BaseGeometry, axis: int) -> BaseGeometry:
    """The region on the other side of the plane of symmetry."""
    sign = [-1.0, 1.0] if axis == 0 else [1.0, -1.0]
    return shapely.transform(region, lambda uv: uv * sign)


def rounded(region: BaseGeometry, radius_m: float) -> Polygon:
    """The region with its convex and reentrant corners rounded."""
    shrunk = region.buffer(-radius_m, quad_segs=_ARC_SEGMENTS)
    grown = shrunk.buffer(2 * radius_m, quad_segs=_ARC_SEGMENTS)
    return largest(grown.buffer(-radius_m, quad_segs=_ARC_SEGMENTS))


def corners_rounded(region: BaseGeometry, radius_m: float) -> Polygon:
    """The region with its convex corners rounded and all else left as it is."""
    return largest(region.buffer(-radius_m, quad_segs=_ARC_SEGMENTS).buffer(radius_m, quad_segs=_ARC_SEGMENTS))


def largest(region: BaseGeometry) -> Polygon:
    """The polygon of largest area."""
    return max(getattr(region, "geoms", [region]), key=lambda part: part.area)


def piece_at(region: BaseGeometry, u: float, v: float) -> Polygon:
    """The polygon that holds a point, or else the one nearest to it."""
    return min(getattr(region, "geoms", [region]), key=lambda part: part.distance(Point(u, v)))


def circle(u: float, v: float, radius_m: float) -> Polygon:
    """A disc."""
    return Point(u, v).buffer(radius_m, quad_segs=2 * _ARC_SEGMENTS)
