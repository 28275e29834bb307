"""Obstacles of ``linewalker walk``: read from the command line, and stood on the floor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import mujoco
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

from linewalker.brain.route import disc
from linewalker.errors import InputError
from linewalker.physics.contacts import ROBOT_BIT, WORLD_BIT
from linewalker.physics.geom_groups import GeomGroup

Array = NDArray[np.float64]
HEIGHT_M = 1.0
_RGBA = (0.80, 0.52, 0.20, 1.0)
_FARTHEST_M, _LEAST_RADIUS_M, _LEAST_AREA_M2 = 1000.0, 0.005, 1e-4
_EXPECTED = (
    f"expected a round one as X,Y,RADIUS or the corners of another as 'X,Y X,Y X,Y', m, within {_FARTHEST_M:g} m"
)


def read_obstacle(text: str) -> Array:
    """Outline (k, 2), m, of an obstacle as a user writes it: ``X,Y,RADIUS``, or corners ``X,Y X,Y X,Y ...``.

    Raises:
        InputError: it is neither, or it has no area, or its outline crosses itself.
    """
    words = text.split()
    try:
        numbers = [[float(number) for number in word.split(",")] for word in words]
    except ValueError:
        numbers = []
    if not numbers or not all((np.abs(row) <= _FARTHEST_M).all() for row in numbers):
        raise InputError(f"--obstacle {text!r}: {_EXPECTED}")
    if len(numbers) == 1 and len(numbers[0]) == 3:
        x, y, radius_m = numbers[0]
        if radius_m < _LEAST_RADIUS_M:
            raise InputError(f"--obstacle {text!r}: the radius is {radius_m:g} m; expected {_LEAST_RADIUS_M:g} or more")
        return disc(x, y, radius_m)
    if len(numbers) < 3 or any(len(row) != 2 for row in numbers):
        raise InputError(f"--obstacle {text!r}: {_EXPECTED}")
    outline = np.array(numbers)
    polygon = Polygon(outline)
    if not polygon.is_valid or polygon.area < _LEAST_AREA_M2:
        raise InputError(f"--obstacle {text!r}: its outline crosses itself or has no area; give the corners in order")
    return outline


def add_obstacles(spec: mujoco.MjSpec, outlines: Sequence[Array]) -> list[str]:
    """Stand prisms on the floor, which the robot can touch; returns the names of their geoms."""
    names = []
    for i, outline in enumerate(outlines):
        for k, part in enumerate(_convex_parts(Polygon(outline))):
            name = f"obstacle {i} {k}"
            _add_prism(spec, name, part)
            geom = spec.worldbody.add_geom(name=name, type=mujoco.mjtGeom.mjGEOM_MESH, meshname=name, rgba=_RGBA)
            geom.group, geom.contype, geom.conaffinity = int(GeomGroup.HALL), WORLD_BIT, ROBOT_BIT
            names.append(name)
    return names


def _add_prism(spec: mujoco.MjSpec, name: str, outline: Array) -> None:
    """A mesh with flat faces: bottom, top, and a side for every edge, whose corners are its own."""
    low, high = (np.column_stack((outline, np.full(len(outline), z))) for z in (0.0, HEIGHT_M))
    sides = [np.array([low[i - 1], low[i], high[i], high[i - 1]]) for i in range(len(outline))]
    vertices: list[Array] = []
    normals: list[Array] = []
    faces: list[tuple[int, int, int]] = []
    for face in (low[::-1], high, *sides):
        normal = np.cross(face[1] - face[0], face[2] - face[1])
        faces += [(len(vertices), len(vertices) + k, len(vertices) + k + 1) for k in range(1, len(face) - 1)]
        vertices += list(face)
        normals += [normal / np.linalg.norm(normal)] * len(face)
    mesh = spec.add_mesh(name=name, uservert=np.ravel(vertices), usernormal=np.ravel(normals))
    mesh.userface = mesh.userfacenormal = np.ravel(faces)


def _convex_parts(polygon: Polygon) -> Iterator[Array]:
    """Corners (k, 2), anticlockwise, of convex pieces: MuJoCo takes the hull of a mesh for what touches."""
    hull = polygon.convex_hull
    pieces = [hull] if hull.area - polygon.area < 1e-9 else shapely.constrained_delaunay_triangles(polygon).geoms
    for piece in pieces:
        yield np.array(orient(piece).exterior.coords[:-1])
