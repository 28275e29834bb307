"""Loose parts: turned, extruded, swept and rounded solids in a frame of their own (x right, y up, z out)."""

from __future__ import annotations

from collections.abc import Sequence

import mapbox_earcut
import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from linewalker.vehicle.build.triangles import Triangles, faceted, grid_faces, joined
from linewalker.vehicle.components import Array


def turned(profile: Array, columns: int, arc_rad: tuple[float, float] | None = None) -> Triangles:
    """A profile (n, 2) of radius and z, turned about z.

    Args:
        profile: its outside lies on the left, walking along it.
        columns: vertices around.
        arc_rad: from, to, counted from x towards y; None for a whole turn.
    """
    closed = arc_rad is None
    start, end = arc_rad or (0.0, 2 * np.pi)
    angle = np.linspace(start, end, columns, endpoint=not closed)
    along = np.gradient(profile, axis=0)
    outward = np.column_stack((along[:, 1], -along[:, 0]))
    outward /= np.linalg.norm(outward, axis=1, keepdims=True) + 1e-15
    vertices, normals = (
        np.stack(
            (rows[:, :1] * np.cos(angle), rows[:, :1] * np.sin(angle), np.repeat(rows[:, 1:], columns, 1)), -1
        ).reshape(-1, 3)
        for rows in (profile, outward)
    )
    faces = grid_faces(len(profile), columns, closed)
    return _facing(Triangles(vertices, normals, faces))


def extruded(region: BaseGeometry, thickness_m: float, bevel_m: float = 0.0) -> Triangles:
    """A flat region raised to z = thickness, its upper edge broken by a bevel."""
    low = thickness_m - bevel_m
    parts = []
    for polygon in _polygons(region):
        for ring in (polygon.exterior, *polygon.interiors):
            loop = np.array(ring.coords)[:-1]
            walls = np.vstack((_at_height(loop, 0.0), _at_height(loop, low)))
            parts.append(faceted(walls, grid_faces(2, len(loop), closed=True)))
        top = polygon.buffer(-bevel_m, join_style="mitre") if bevel_m else polygon
        parts += [_flat(face, None, thickness_m, thickness_m) for face in _polygons(top)]
        parts += [_flat(face, polygon, low, thickness_m) for face in _polygons(polygon.difference(top))]
    return joined(parts)


def _flat(polygon: Polygon, outer: Polygon | None, low: float, high: float) -> Triangles:
    """A polygon's triangles, facing up: points on the boundary of ``outer`` are low, all others high."""
    rings = [np.array(ring.coords)[:-1] for ring in (polygon.exterior, *polygon.interiors)]
    uv = np.vstack(rings)
    ends = np.cumsum([len(ring) for ring in rings]).astype(np.uint32)
    faces = mapbox_earcut.triangulate_float64(uv, ends).reshape(-1, 3).astype(np.int32)
    height = np.full(len(uv), high)
    if outer is not None:
        height[shapely.distance(shapely.points(uv), outer.boundary) < 1e-6] = low
    mesh = faceted(np.column_stack((uv, height)), faces)
    return mesh if mesh.normals[:, 2].sum() > 0 else faceted(np.column_stack((uv, height)), faces[:, ::-1])


def _polygons(region: BaseGeometry) -> list[Polygon]:
    return [orient(part) for part in getattr(region, "geoms", [region]) if isinstance(part, Polygon) and part.area > 0]


def _at_height(uv: Array, z: float) -> Array:
    return np.column_stack((uv, np.full(len(uv), z)))


def dished(mesh: Triangles, depth_m: float, radius_m: float) -> Triangles:
    """A flat faceted mesh pressed in around the z axis, by a Gaussian of the radius."""
    vertices = mesh.vertices.copy()
    vertices[:, 2] -= depth_m * np.exp(-(vertices[:, :2] ** 2).sum(1) / radius_m**2)
    return faceted(vertices, mesh.faces)


def swept(curve: Array, normal: Array, profile: Array) -> Triangles:
    """A closed profile (n, 2) of (across, up), moved along a curve (m, 3) with normals (m, 3); ends are capped."""
    tangent = np.gradient(curve, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    across = np.cross(normal, tangent)
    offset = profile - profile.mean(0)
    rows = np.stack([curve + a * across + b * normal for a, b in profile])
    normals = np.stack([a * across + b * normal for a, b in offset])
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    columns = len(curve)
    looped = np.concatenate((rows, rows[:1])).reshape(-1, 3), np.concatenate((normals, normals[:1])).reshape(-1, 3)
    body = _facing(Triangles(*looped, grid_faces(len(profile) + 1, columns, closed=False)))
    fan = np.array([[0, i, i + 1] for i in range(1, len(profile) - 1)], np.int32)
    caps = []
    for column, outward in ((0, -tangent[0]), (-1, tangent[-1])):
        cap = faceted(rows[:, column], fan)
        caps.append(cap if cap.normals.sum(0) @ outward > 0 else faceted(rows[:, column], fan[:, ::-1]))
    return joined([body, *caps])


def rounded_block(low: Array, high: Array, powers: tuple[float, float], columns: int) -> Triangles:
    """A superellipsoid that reaches from low to high (3,); powers below 1 make it boxier.

    Along an axis on which the origin lies inside, it is widest there: the two halves may differ.
    """
    centre = np.where((low < 0) & (high > 0), 0.0, (low + high) / 2)
    rows = columns // 2
    latitude = np.linspace(-np.pi / 2, np.pi / 2, rows)[:, None]
    longitude = np.linspace(-np.pi, np.pi, columns, endpoint=False)[None, :]
    unit = np.stack(
        (
            _power(np.cos(latitude), powers[1]) * _power(np.cos(longitude), powers[0]),
            _power(np.sin(latitude), powers[1]) * np.ones_like(longitude),
            _power(np.cos(latitude), powers[1]) * _power(np.sin(longitude), powers[0]),
        ),
        -1,
    )
    vertices = (unit * np.where(unit < 0, centre - low, high - centre)).reshape(-1, 3)
    faces = grid_faces(rows, columns, closed=True)
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    area = np.cross(b - a, c - a)
    if (area * vertices[faces].mean(1)).sum() < 0:
        faces, area = faces[:, ::-1], -area
    normals = np.zeros_like(vertices)
    for i in range(3):
        np.add.at(normals, faces[:, i], area)
    return Triangles(vertices + centre, normals / (np.linalg.norm(normals, axis=1, keepdims=True) + 1e-15), faces)


def _power(values: Array, exponent: float) -> Array:
    return np.sign(values) * np.abs(values) ** exponent


def block(low: Array, high: Array) -> Triangles:
    """A box with sharp edges."""
    mesh = extruded(shapely.box(low[0], low[1], high[0], high[1]), high[2] - low[2])
    return mesh.moved(np.array([0.0, 0.0, low[2]]))


def picture(width_m: float, height_m: float, rows: int = 4, columns: int = 25) -> Triangles:
    """A flat rectangle at z = 0 that carries a texture; a grid, so that it can be bent onto a skin."""
    across, down = np.meshgrid(np.linspace(0, 1, columns), np.linspace(1, 0, rows))
    texcoords = np.column_stack((across.ravel(), down.ravel()))
    vertices = np.column_stack(((texcoords - 0.5) * [width_m, -height_m], np.zeros(len(texcoords))))
    normals = np.tile([0.0, 0.0, 1.0], (len(vertices), 1))
    return Triangles(vertices, normals, grid_faces(rows, columns, closed=False), texcoords)


def spun(mesh: Triangles, count: int) -> Triangles:
    """Copies of a mesh, evenly around the z axis."""
    copies = []
    for angle in 2 * np.pi * np.arange(count) / count:
        c, s = np.cos(angle), np.sin(angle)
        copies.append(mesh.turned(np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]]), np.zeros(3)))
    return joined(copies)


def regular_polygon(radius_m: float, sides: int) -> Polygon:
    """A nut seen from above."""
    angle = 2 * np.pi * np.arange(sides) / sides
    return Polygon(radius_m * np.column_stack((np.cos(angle), np.sin(angle))))


def _facing(mesh: Triangles) -> Triangles:
    """The mesh with every face wound so that it looks the way its vertex normals do."""
    a, b, c = (mesh.vertices[mesh.faces[:, i]] for i in range(3))
    inward = (np.cross(b - a, c - a) * mesh.normals[mesh.faces].sum(1)).sum(1) < 0
    return Triangles(mesh.vertices, mesh.normals, np.where(inward[:, None], mesh.faces[:, ::-1], mesh.faces))


def clipped(mesh: Triangles, axis: int, sign: float, limit_m: float) -> Triangles:
    """The faces whose middle is on one side of a plane."""
    middle = mesh.vertices[mesh.faces].mean(1)[:, axis]
    return Triangles(mesh.vertices, mesh.normals, mesh.faces[sign * (middle - limit_m) > 0], mesh.texcoords)


def union(regions: Sequence[BaseGeometry]) -> BaseGeometry:
    """All regions in one."""
    return shapely.union_all(list(regions))
