"""Rounded panel edges: from an outline to foot curve, edge circle, flank, and the dark floor of the gap.

Both panels of a seam share its middle curve C. A panel's foot curve lies half a gap and one radius inside C, measured
along the skin; there the skin ends and a quarter circle of the edge radius turns into the flank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree
from shapely.geometry import LinearRing
from shapely.geometry.polygon import orient

from linewalker.vehicle.build.outline import PanelOutline
from linewalker.vehicle.build.skin import Skin
from linewalker.vehicle.build.triangles import Triangles, grid_faces
from linewalker.vehicle.components import Array, Rim

FLOOR_DEPTH_M = 0.012
"""The dark floor of a gap lies this far below the skin."""
_FLANK_DEPTH_M = 0.014
_FLOOR_HALF_WIDTHS_M = (0.011, -0.007)
_STEP_M = 0.001
_FAIRING_M = 0.002
"""Outlines come as polygons; a Gaussian of this width along the curve takes their corners away."""
_BLEND_M = 0.006
"""Where one nominal gap turns into another, it does so over about this length."""


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How closely a rim is followed.

    Attributes:
        chord_m: largest distance between the curve and the chords of its samples.
        longest_m: largest spacing.
        arc_facets: facets of the quarter circle.
    """

    chord_m: float
    longest_m: float
    arc_facets: int


FINE = Sampling(chord_m=4e-6, longest_m=0.008, arc_facets=8)
"""Beside seams that are measured."""
COARSE = Sampling(chord_m=1.6e-4, longest_m=0.036, arc_facets=2)
"""For cameras, and away from seams."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Trace:
    """The middle curve of the gap around a panel: (n, 3) points about a millimetre apart, closed."""

    points: Array

    @property
    def arc_m(self) -> Array:
        """Arc length of every point, and of the first point again, (n + 1,)."""
        closed = np.vstack((self.points, self.points[:1]))
        return np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))))

    def spline(self) -> CubicSpline:
        """The curve over its arc length."""
        return CubicSpline(self.arc_m, np.vstack((self.points, self.points[:1])), bc_type="periodic")


def traces(outline: PanelOutline) -> list[Trace]:
    """Middle curves of an outline, on the skin: the outer one, then the holes; the panel lies on their left."""
    polygon = orient(outline.region)
    loops = []
    for ring in (polygon.exterior, *polygon.interiors):
        uv = _even(ring, _STEP_M)
        uv = gaussian_filter1d(uv, _FAIRING_M / _STEP_M, axis=0, mode="wrap")
        points = outline.view.lift(uv[:: int(outline.view.handedness)])
        if np.isnan(points).any():
            u, v = uv[int(np.isnan(points[:, 0]).argmax())] * 1e3
            raise ValueError(f"its edge leaves the body near u = {u:.0f}, v = {v:.0f} mm")
        loops.append(Trace(points=points))
    return loops


def _even(ring: LinearRing, step_m: float) -> Array:
    count = max(16, int(ring.length / step_m))
    stations = np.linspace(0, ring.length, count, endpoint=False)
    corners = shapely.get_coordinates(ring)
    arc = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(corners, axis=0), axis=1))))
    return np.column_stack([np.interp(stations, arc, corners[:, i]) for i in (0, 1)])


@dataclass(frozen=True, kw_only=True, eq=False)
class Edge:
    """A rim as it is built, with what meshes need beside the `Rim`.

    Attributes:
        middle, middle_normal: (n, 3) each, of the gap.
        fine: (n,) samples beside a seam that is measured.
    """

    rim: Rim
    middle: Array
    middle_normal: Array
    fine: NDArray[np.bool_]
    facets: int


def build_edge(
    skin: Skin,
    trace: Trace,
    *,
    body: str,
    radius_m: float,
    half_gap_m: Array,
    sampling: Sampling,
    fine: NDArray[np.bool_] | None = None,
) -> Edge:
    """The rim along a middle curve.

    Args:
        skin: the body.
        trace: the middle curve, n points.
        body: the panel.
        radius_m: edge radius.
        half_gap_m: (n,) half the nominal gap at each point of the trace.
        sampling: how closely to follow the curve.
        fine: (n,) where to follow it as closely as `FINE` says instead.
    """
    arc = trace.arc_m
    curve = trace.spline()
    closely = np.zeros(len(trace.points), bool) if fine is None else fine
    stations = _stations(trace, sampling, closely)
    middle, tangent = curve(stations), _unit(curve(stations, 1))
    normal = skin.normals(middle)
    inward = _unit(np.cross(normal, tangent))
    blended = gaussian_filter1d(half_gap_m, _BLEND_M / _STEP_M, mode="wrap")
    half = np.interp(stations, arc, np.concatenate((blended, blended[:1])))
    foot = skin.project(middle + inward * (half + radius_m)[:, None])
    whole = _outside_loops(foot, tangent, trace.points, half + radius_m)
    middle, normal, foot, stations = (values[whole] for values in (middle, normal, foot, stations))
    normal_at_foot = skin.normals(foot)
    along = _closed_tangent(foot)
    along = _unit(along - (along * normal_at_foot).sum(1)[:, None] * normal_at_foot)
    rim = Rim(
        body=body,
        radius_m=radius_m,
        foot_m=foot,
        normal=normal_at_foot,
        binormal=np.cross(normal_at_foot, along),
        tangent=along,
    )
    near = np.interp(stations, arc[:-1], closely.astype(float), period=arc[-1]) > 0.5
    facets = FINE.arc_facets if closely.any() else sampling.arc_facets
    return Edge(rim=rim, middle=middle, middle_normal=normal, fine=near, facets=facets)


def _outside_loops(foot: Array, tangent: Array, middle: Array, offset_m: Array) -> NDArray[np.intp]:
    """Indices of the foot points to keep.

    Inside a tight corner an offset curve ties a loop: there it is nearer to the middle curve than it should be, and it
    runs backwards.
    """
    distance, _ = cKDTree(middle).query(foot)
    kept = np.flatnonzero(distance > 0.97 * offset_m)
    for _ in range(20):
        onward = np.roll(kept, -1)
        backward = ((foot[onward] - foot[kept]) * (tangent[onward] + tangent[kept])).sum(1) < 1e-5
        if not backward.any():
            break
        kept = kept[~np.roll(backward, 1)]
    if len(kept) < 8:
        raise ValueError("its edge leaves no room for gap and edge radius")
    return kept


def _stations(trace: Trace, sampling: Sampling, fine: NDArray[np.bool_]) -> Array:
    """Arc lengths of samples: spacing s with chord error s^2 / (8 r) below the limit, r from the curve's own bend."""
    arc = trace.arc_m
    reach = 3
    ahead = np.roll(trace.points, -reach, 0) - trace.points
    length = np.linalg.norm(ahead, axis=1)
    direction = ahead / length[:, None]
    bend = np.linalg.norm(np.roll(direction, -reach, 0) - direction, axis=1) / length
    bend = np.max([np.roll(bend, shift) for shift in range(-reach, 2 * reach + 1)], axis=0)
    chord = np.where(fine, FINE.chord_m, sampling.chord_m)
    longest = np.where(fine, FINE.longest_m, sampling.longest_m)
    spacing = np.clip(np.sqrt(8 * chord / np.maximum(bend, 1e-6)), 0.2 * longest, longest)
    spacing = np.exp(gaussian_filter1d(np.log(spacing), 6.0, mode="wrap"))
    count = np.concatenate(([0.0], np.cumsum(np.diff(arc) / spacing)))
    total = max(12, int(np.ceil(count[-1])))
    return np.interp(np.arange(total) * count[-1] / total, count, arc)


def _closed_tangent(points: Array) -> Array:
    """Directions (n, 3) of the periodic cubic spline through closed points."""
    closed = np.vstack((points, points[:1]))
    arc = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))))
    return _unit(CubicSpline(arc, closed, bc_type="periodic")(arc[:-1], 1))


def hem(edge: Edge, flank: bool = True) -> Triangles:
    """Edge circle and flank. Chords of the circle straddle the true arc, so their mean error is near zero."""
    rim = edge.rim
    angles = np.linspace(0, np.pi / 2, edge.facets + 1)
    radii = np.full(len(angles), rim.radius_m * 2 / (1 + np.cos(angles[1] / 2)))
    radii[[0, -1]] = rim.radius_m
    centre = rim.foot_m - rim.radius_m * rim.normal
    normals = [np.cos(a) * rim.normal - np.sin(a) * rim.binormal for a in angles]
    rows = [centre + r * n for r, n in zip(radii, normals)]
    if flank:
        rows += [rows[-1], rows[-1] - _FLANK_DEPTH_M * rim.normal]
        normals += [normals[-1], normals[-1]]
    faces = grid_faces(len(rows), len(rim.foot_m), closed=True)[:, ::-1]
    return Triangles(np.vstack(rows), np.vstack(normals), faces)


def gap_floor(edge: Edge, only_fine: bool) -> Triangles | None:
    """The dark strip below a gap, or None when no part of it is wanted."""
    picks = slice(None) if only_fine else slice(None, None, 2)
    middle, normal, foot, fine = (v[picks] for v in (edge.middle, edge.middle_normal, edge.rim.foot_m, edge.fine))
    rows = [middle + w * _unit(foot - middle) - FLOOR_DEPTH_M * normal for w in _FLOOR_HALF_WIDTHS_M]
    faces = grid_faces(2, len(middle), closed=True)[:, ::-1]
    if only_fine:
        faces = faces[fine[faces % len(middle)].any(1)]
        if not len(faces):
            return None
    return Triangles(np.vstack(rows), np.vstack([normal] * 2), faces)


def near(points: Array, others: Array, reach_m: float) -> NDArray[np.bool_]:
    """Which points (n, 3) are within reach of any of the others."""
    if not len(others):
        return np.zeros(len(points), bool)
    distance, _ = cKDTree(others).query(points, distance_upper_bound=reach_m)
    return np.isfinite(distance)


def _unit(v: Array) -> Array:
    return v / np.linalg.norm(v, axis=1, keepdims=True)
