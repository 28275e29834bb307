"""Plain triangle meshes while a vehicle is being built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.vehicle.components import Array

_MIRROR = np.array([1.0, -1.0, 1.0])


@dataclass(frozen=True, eq=False)
class Triangles:
    """Vertices (n, 3) m, unit normals (n, 3), faces (m, 3) counter-clockwise seen from outside, texcoords (n, 2)."""

    vertices: Array
    normals: Array
    faces: NDArray[np.int32]
    texcoords: Array | None = None

    def mirrored(self) -> Triangles:
        """The mesh on the other side of the plane of symmetry y = 0."""
        return Triangles(self.vertices * _MIRROR, self.normals * _MIRROR, self.faces[:, ::-1], self.texcoords)

    def moved(self, shift: Array) -> Triangles:
        """The mesh moved by a vector (3,) or by one vector per vertex (n, 3)."""
        return Triangles(self.vertices + shift, self.normals, self.faces, self.texcoords)

    def turned(self, axes: Array, origin: Array) -> Triangles:
        """The mesh with its own x, y, z along the columns of a rotation (3, 3), its origin at a point."""
        return Triangles(self.vertices @ axes.T + origin, self.normals @ axes.T, self.faces, self.texcoords)

    def without_slivers(self) -> Triangles:
        """The mesh without triangles of no area and without vertices that no triangle uses."""
        a, b, c = (self.vertices[self.faces[:, i]] for i in range(3))
        solid = np.linalg.norm(np.cross(b - a, c - a), axis=1) > 1e-13
        used, faces = np.unique(self.faces[solid], return_inverse=True)
        texcoords = None if self.texcoords is None else self.texcoords[used]
        return Triangles(self.vertices[used], self.normals[used], faces.reshape(-1, 3).astype(np.int32), texcoords)


def joined(meshes: Iterable[Triangles]) -> Triangles:
    """One mesh out of several; either all of them have texcoords or the result has none."""
    parts = list(meshes)
    offsets = np.cumsum([0] + [len(part.vertices) for part in parts[:-1]])
    texcoords = [part.texcoords for part in parts if part.texcoords is not None]
    return Triangles(
        np.vstack([part.vertices for part in parts]),
        np.vstack([part.normals for part in parts]),
        np.vstack([part.faces + offset for part, offset in zip(parts, offsets)]).astype(np.int32),
        np.vstack(texcoords) if len(texcoords) == len(parts) else None,
    )


def grid_faces(rows: int, columns: int, closed: bool) -> NDArray[np.int32]:
    """Faces of a grid of vertices, rows after one another; closed: the last column meets the first.

    Seen from outside, columns run to the right and rows upwards.
    """
    index = np.arange(rows * columns).reshape(rows, columns)
    after = np.roll(index, -1, 1) if closed else index[:, 1:]
    here = index if closed else index[:, :-1]
    a, b, c, d = (part.ravel() for part in (here[:-1], after[:-1], here[1:], after[1:]))
    return np.vstack((np.column_stack((a, b, c)), np.column_stack((b, d, c)))).astype(np.int32)


def faceted(vertices: Array, faces: NDArray[np.int32]) -> Triangles:
    """A mesh with sharp edges: every face has vertices of its own."""
    corners = vertices[faces].reshape(-1, 3)
    normal = np.cross(corners[1::3] - corners[::3], corners[2::3] - corners[::3])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-15
    own = np.arange(len(corners), dtype=np.int32).reshape(-1, 3)
    return Triangles(corners, np.repeat(normal, 3, axis=0), own)
