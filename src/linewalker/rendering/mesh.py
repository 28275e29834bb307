"""Triangle meshes, and the simple bodies that a hall is built of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class TriangleMesh:
    """A mesh in a frame of its own.

    Attributes:
        vertices: (n, 3), m.
        normals: (k, 3) unit length.
        faces: (m, 3) indices into ``vertices``, counter-clockwise seen from outside.
        normal_faces: (m, 3) indices into ``normals`` of the corners of each face.
        texcoords: (t, 2) places in a picture, (0, 0) its first texel and (1, 1) its last.
        texcoord_faces: (m, 3) indices into ``texcoords`` of the corners of each face.
    """

    vertices: Floats
    normals: Floats
    faces: Ints
    normal_faces: Ints
    texcoords: Floats | None = None
    texcoord_faces: Ints | None = None

    @staticmethod
    def smooth(vertices: NDArray, normals: NDArray, faces: NDArray) -> TriangleMesh:
        """A mesh with one normal per vertex."""
        triples = np.ascontiguousarray(faces, np.int32)
        return TriangleMesh(
            vertices=np.ascontiguousarray(vertices, np.float32),
            normals=np.ascontiguousarray(normals, np.float32),
            faces=triples,
            normal_faces=triples,
        )


def box_mesh(half: NDArray) -> TriangleMesh:
    """A box about the origin with half sizes (3,), m."""
    vertices: list[NDArray] = []
    normals: list[NDArray] = []
    faces: list[tuple[int, int, int]] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = np.zeros(3)
            normal[axis] = sign
            first = np.zeros(3)
            first[(axis + 1) % 3] = 1.0
            second = np.cross(normal, first)
            corners = [normal + a * first + b * second for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            start = len(vertices)
            vertices += [corner * half for corner in corners]
            normals += [normal] * 4
            faces += [(start, start + 1, start + 2), (start, start + 2, start + 3)]
    return TriangleMesh.smooth(np.array(vertices), np.array(normals), np.array(faces))


def rectangle_mesh(half_x: float, half_y: float, *, cells: int = 1) -> TriangleMesh:
    """A rectangle in the plane z = 0 that faces +z, cut into cells x cells."""
    x, y = np.meshgrid(np.linspace(-half_x, half_x, cells + 1), np.linspace(-half_y, half_y, cells + 1), indexing="ij")
    vertices = np.column_stack((x.ravel(), y.ravel(), np.zeros(x.size)))
    return TriangleMesh.smooth(vertices, np.tile([0.0, 0.0, 1.0], (x.size, 1)), _grid_faces(cells + 1, cells + 1))


def revolved_mesh(radius: NDArray, height: NDArray, normal: NDArray, *, sectors: int = 32) -> TriangleMesh:
    """The surface that a polyline (radius, height) with normals (n, 2) sweeps about the z axis, from bottom to top."""
    angle = np.linspace(0, 2 * np.pi, sectors + 1)
    c, s = np.cos(angle)[:, None], np.sin(angle)[:, None]
    vertices = np.stack((c * radius, s * radius, np.ones_like(c) * height), -1).reshape(-1, 3)
    normals = np.stack((c * normal[:, 0], s * normal[:, 0], np.ones_like(c) * normal[:, 1]), -1).reshape(-1, 3)
    return TriangleMesh.smooth(vertices, normals, _grid_faces(sectors + 1, len(radius)))


def sphere_mesh(radius: float) -> TriangleMesh:
    """A ball about the origin."""
    return capsule_mesh(radius, 0.0)


def capsule_mesh(radius: float, half_length: float) -> TriangleMesh:
    """A capsule along z; half_length is that of the cylinder between the caps."""
    latitude = np.linspace(-np.pi / 2, np.pi / 2, 17)
    normal = np.column_stack((np.cos(latitude), np.sin(latitude)))
    lift = np.where(latitude < 0, -half_length, half_length)
    lower, upper = normal[:9], normal[8:]
    profile = np.vstack((lower, upper))
    height = radius * profile[:, 1] + np.r_[np.full(9, -half_length), lift[8:]]
    return revolved_mesh(radius * profile[:, 0], height, profile)


def cylinder_mesh(radius: float, half_length: float) -> TriangleMesh:
    """A cylinder along z with its lids."""
    r = np.array([0.0, radius, radius, radius, radius, 0.0])
    h = half_length * np.array([-1.0, -1, -1, 1, 1, 1])
    normal = np.array([(0, -1), (0, -1), (1, 0), (1, 0), (0, 1), (0, 1)], float)
    return revolved_mesh(r, h, normal)


def _grid_faces(rows: int, columns: int) -> NDArray:
    """Faces of a grid of vertices: row i along the first direction, column j along the second."""
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (i * columns + j).ravel()
    b, c, d = a + columns, a + columns + 1, a + 1
    return np.vstack((np.column_stack((a, b, c)), np.column_stack((a, c, d))))
