"""Fewer triangles for a screen: vertices that share a small cube become one (Rossignac and Borrel 1993)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.rendering.mesh import TriangleMesh


def indexed(mesh: TriangleMesh) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int32]]:
    """Vertices (n, 3), a normal each (n, 3), and faces (m, 3): what a graphics card takes."""
    corners = np.column_stack((mesh.faces.ravel(), mesh.normal_faces.ravel()))
    pairs, index = np.unique(corners, axis=0, return_inverse=True)
    return mesh.vertices[pairs[:, 0]], mesh.normals[pairs[:, 1]], index.reshape(-1, 3).astype(np.int32)


def decimated(mesh: TriangleMesh, cell_m: float) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int32]]:
    """As `indexed`, with all vertices in a cube of ``cell_m`` where their middle is.

    No vertex moves by more than the diagonal of a cube; what becomes thinner than a triangle is left out.
    """
    vertices, normals, faces = indexed(mesh)
    cells = np.floor(vertices / cell_m).astype(np.int64)
    place, at = _grouped(cells)
    middle = _means(vertices, at, len(place))
    axis = np.abs(normals).argmax(axis=1)  # normals that point the same way become one; edges stay sharp
    backwards = np.take_along_axis(normals, axis[:, None], axis=1)[:, 0] < 0.0
    keys, of_corner = _grouped(np.column_stack((at, 2 * axis + backwards)))
    mean = _means(normals, of_corner, len(keys))
    mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
    kept = of_corner[faces]
    where = at[faces]
    thin = (where[:, 0] == where[:, 1]) | (where[:, 1] == where[:, 2]) | (where[:, 2] == where[:, 0])
    used, index = np.unique(np.unique(kept[~thin], axis=0), return_inverse=True)
    return (
        middle[keys[used, 0]].astype(np.float32),
        mean[used].astype(np.float32),
        index.reshape(-1, 3).astype(np.int32),
    )


def _grouped(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Different rows, and which of them each row is."""
    different, index = np.unique(rows, axis=0, return_inverse=True)
    return different, index.ravel()


def _means(values: NDArray, group: NDArray[np.int64], groups: int) -> NDArray[np.float64]:
    count = np.maximum(np.bincount(group, minlength=groups), 1)
    return np.column_stack([np.bincount(group, values[:, k], groups) for k in range(3)]) / count[:, None]
