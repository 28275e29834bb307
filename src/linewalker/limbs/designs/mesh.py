"""Closed triangle meshes: moving, mirroring, mass properties, and the OBJ file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linewalker.geometry import Array


@dataclass(frozen=True, kw_only=True)
class Mesh:
    """A closed surface; triangles run counter-clockwise seen from outside.

    Attributes:
        vertices: (n, 3), m.
        faces: (m, 3) indices into ``vertices``.
    """

    vertices: Array
    faces: NDArray[np.int64]

    def turned(self, R: Array) -> Mesh:
        """Rotated about the origin by a proper rotation R (3, 3)."""
        return Mesh(vertices=self.vertices @ R.T, faces=self.faces)

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
        """Shifted."""
        return Mesh(vertices=self.vertices + np.array([x, y, z]), faces=self.faces)

    def mirrored(self) -> Mesh:
        """The other side of the robot: y becomes -y, and the triangles keep looking outwards."""
        return Mesh(vertices=self.vertices * np.array([1.0, -1.0, 1.0]), faces=self.faces[:, ::-1])


@dataclass(frozen=True, kw_only=True)
class MassProperties:
    """Of a rigid body.

    Attributes:
        mass_kg: mass.
        centre_m: centre of mass, (3,).
        inertia_kg_m2: about the centre of mass, along the axes of the frame, (3, 3).
    """

    mass_kg: float
    centre_m: Array
    inertia_kg_m2: Array


def join(meshes: Iterable[Mesh]) -> Mesh:
    """Several meshes as one."""
    parts = list(meshes)
    starts = np.cumsum([0] + [len(part.vertices) for part in parts])
    return Mesh(
        vertices=np.vstack([part.vertices for part in parts]),
        faces=np.vstack([part.faces + start for part, start in zip(parts, starts)]),
    )


def mass_properties(mesh: Mesh, mass_kg: float) -> MassProperties:
    """Of a solid of uniform density and the given mass that fills the mesh; parts that overlap count twice there.

    Sums over the tetrahedra between the origin and each face, with the second moments of a tetrahedron in closed form
    (Tonon 2004). Whatever the mesh, as long as it is closed, the result is the inertia of some distribution of
    matter, so it satisfies the triangle inequality of principal moments.
    """
    corners = mesh.vertices[mesh.faces]
    volumes = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    volume = volumes.sum()
    total = corners.sum(axis=1)
    centre = np.einsum("i,ij->j", volumes, total) / (4 * volume)
    squares = np.einsum("i,ikj,ikl->jl", volumes, corners, corners) + np.einsum("i,ij,il->jl", volumes, total, total)
    second = squares / (20 * volume) - np.outer(centre, centre)
    return MassProperties(
        mass_kg=mass_kg, centre_m=centre, inertia_kg_m2=mass_kg * (np.trace(second) * np.eye(3) - second)
    )


def write_obj(mesh: Mesh, path: Path) -> None:
    """Write a Wavefront OBJ file in m, to 0.01 mm; corners that coincide there become one, slivers between them go."""
    vertices, index = np.unique(np.round(mesh.vertices, 5) + 0.0, axis=0, return_inverse=True)
    faces = index.reshape(-1)[mesh.faces]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (c != a)] + 1
    lines = [f"v {x:.5f} {y:.5f} {z:.5f}" for x, y, z in vertices] + [f"f {a} {b} {c}" for a, b, c in faces]
    path.write_text("\n".join([*lines, ""]), encoding="ascii")


def read_obj(path: Path) -> Mesh:
    """A mesh that `write_obj` wrote."""
    rows = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    return Mesh(
        vertices=np.array([row[1:] for row in rows if row[0] == "v"], float),
        faces=np.array([row[1:] for row in rows if row[0] == "f"], np.int64) - 1,
    )


def grid_faces(rows: int, columns: int, *, wrap: bool) -> NDArray[np.int64]:
    """Two triangles per cell of a grid of vertices in row-major order.

    Counter-clockwise where rows run along +z and columns counter-clockwise about z.

    Args:
        rows, columns: number of vertices.
        wrap: the last column is followed by the first.
    """
    row, column = np.meshgrid(np.arange(rows - 1), np.arange(columns if wrap else columns - 1), indexing="ij")
    a, b = row * columns + column, row * columns + (column + 1) % columns
    return np.stack((a, b, b + columns, a, b + columns, a + columns), axis=-1).reshape(-1, 3)


def solid_of_revolution(profile: ArrayLike, *, segments: int = 40) -> Mesh:
    """The solid that a profile sweeps about the z axis.

    Args:
        profile: (k, 2) radius and height of its outline from the lower to the upper end; both ends are closed flat.
        segments: corners of the circle.
    """
    radius, height = np.asarray(profile, float).T
    angle = np.arange(segments) * (2 * np.pi / segments)
    rings = np.stack(
        (np.outer(radius, np.cos(angle)), np.outer(radius, np.sin(angle)), np.repeat(height[:, None], segments, 1)), -1
    )
    return capped(rings.reshape(-1, 3), len(radius), segments)


def capped(vertices: Array, rows: int, columns: int) -> Mesh:
    """A tube of closed rings, shut by a fan at either end."""
    rings = vertices.reshape(rows, columns, 3)
    low, high = rings[0].mean(axis=0), rings[-1].mean(axis=0)
    around = np.arange(columns)
    first, last = rows * columns, (rows - 1) * columns
    after = (around + 1) % columns
    bottom = np.stack((np.full(columns, first), after, around), axis=-1)
    top = np.stack((np.full(columns, first + 1), last + around, last + after), axis=-1)
    return Mesh(
        vertices=np.vstack((vertices, low, high)),
        faces=np.vstack((grid_faces(rows, columns, wrap=True), bottom, top)),
    )
