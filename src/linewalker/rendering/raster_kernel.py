"""Which triangle does each pixel see? A hot loop: numba, no allocation per triangle."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
from numba import float32, int32
from numpy.typing import NDArray

from linewalker.kernel import Matrix, Vector, kernel

Singles = Annotated[NDArray[np.float32], float32[:, ::1]]
Labels = Annotated[NDArray[np.int32], int32[:, ::1]]


class Visible(NamedTuple):
    """A visibility buffer."""

    inverse_depth: Singles  # (h, w): 1/z of what is nearest, 0 where nothing is
    item_of: Labels  # (h, w): number of that mesh
    face_of: Labels  # (h, w): number of its face


@kernel(nogil=True, error_model="numpy")
def _box_in_front(
    a: np.ndarray, b: np.ndarray, c: np.ndarray, lens: np.ndarray, near_m: float
) -> tuple[float, float, float, float]:
    """Least and greatest u and v of the part of a triangle, in camera frame, that is not nearer than ``near_m``."""
    low_u, high_u, low_v, high_v = np.inf, -np.inf, np.inf, -np.inf
    for start, end in ((a, b), (b, c), (c, a)):
        for corner in range(2):
            if corner == 0:
                x, y, z = start[0], start[1], start[2]
                if z < near_m:
                    continue
            else:
                if (start[2] < near_m) == (end[2] < near_m):
                    continue
                share = (near_m - start[2]) / (end[2] - start[2])
                x, y, z = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]), near_m
            u, v = lens[0] * x / z + lens[2], lens[1] * y / z + lens[3]
            low_u, high_u, low_v, high_v = min(low_u, u), max(high_u, u), min(low_v, v), max(high_v, v)
    return low_u, high_u, low_v, high_v


@kernel(nogil=True, error_model="numpy")
def _project(
    vertices: np.ndarray, R_CM: np.ndarray, p_CM: np.ndarray, lens: np.ndarray, near_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Vertices in the camera frame, (n, 3), and in the picture, (n, 2); the latter only in front of ``near_m``."""
    n = vertices.shape[0]
    p, uv = np.empty((n, 3)), np.empty((n, 2))
    for i in range(n):
        x, y, z = vertices[i, 0], vertices[i, 1], vertices[i, 2]
        for k in range(3):
            p[i, k] = R_CM[k, 0] * x + R_CM[k, 1] * y + R_CM[k, 2] * z + p_CM[k]
        if p[i, 2] >= near_m:
            uv[i, 0] = lens[0] * p[i, 0] / p[i, 2] + lens[2]
            uv[i, 1] = lens[1] * p[i, 1] / p[i, 2] + lens[3]
    return p, uv


@kernel(nogil=True, error_model="numpy")
def _cross(a: np.ndarray, b: np.ndarray) -> tuple[float, float, float]:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


@kernel(entry=True, nogil=True, error_model="numpy")
def draw_mesh(
    vertices: Singles,
    faces: Labels,
    R_CM: Matrix,
    p_CM: Vector,
    lens: Vector,
    near_m: float,
    item: int,
    visible: Visible,
) -> None:
    """Draw one mesh into a visibility buffer; triangles that show their back are left out.

    Homogeneous rasterisation (Olano and Greer 1997): with the corners v0, v1, v2 of a triangle in camera frame C and
    the ray r = ((u - cx)/fx, (v - cy)/fy, 1) of a pixel, the weights ``f0 = r.(v1 x v2) / det``, cyclic, with
    ``det = v0.(v1 x v2)``, are all positive inside the triangle, and their sum is 1/z. All are linear in u and v, and
    a corner behind the camera needs no clipping.

    Args:
        vertices: (n, 3) in mesh frame M, m.
        faces: (m, 3) indices into ``vertices``, counter-clockwise seen from outside.
        R_CM, p_CM: pose of the mesh in the camera frame.
        lens: fx, fy, cx, cy in px; the centre of the pixel in column j has u = j.
        near_m: nothing nearer than this is drawn.
        item: number written for this mesh.
        visible: what is seen so far; updated.
    """
    height, width = visible.inverse_depth.shape
    p, uv = _project(vertices, R_CM, p_CM, lens, near_m)
    for face in range(faces.shape[0]):
        a, b, c = faces[face, 0], faces[face, 1], faces[face, 2]
        behind = (p[a, 2] < near_m) + (p[b, 2] < near_m) + (p[c, 2] < near_m)
        if behind == 3:
            continue
        if behind == 0:
            low_u, high_u = min(uv[a, 0], uv[b, 0], uv[c, 0]), max(uv[a, 0], uv[b, 0], uv[c, 0])
            low_v, high_v = min(uv[a, 1], uv[b, 1], uv[c, 1]), max(uv[a, 1], uv[b, 1], uv[c, 1])
        else:
            low_u, high_u, low_v, high_v = _box_in_front(p[a], p[b], p[c], lens, near_m)
        left, right = int(np.ceil(max(low_u, 0.0))), int(np.floor(min(high_u, width - 1.0)))
        top, bottom = int(np.ceil(max(low_v, 0.0))), int(np.floor(min(high_v, height - 1.0)))
        if left <= right and top <= bottom:
            _fill(p[a], p[b], p[c], lens, near_m, (left, right, top, bottom), item, face, visible)


@kernel(nogil=True, error_model="numpy")
def _fill(
    a: np.ndarray,
    b: np.ndarray,
    c: np.ndarray,
    lens: np.ndarray,
    near_m: float,
    box: tuple[int, int, int, int],
    item: int,
    face: int,
    visible: Visible,
) -> None:
    """Fill the pixels of one triangle inside a box (first and last column and row)."""
    e0, e1, e2 = _cross(b, c), _cross(c, a), _cross(a, b)
    det = a[0] * e0[0] + a[1] * e0[1] + a[2] * e0[2]
    if det >= -1e-18:
        return
    left, right, top, bottom = box
    inverse_depth = visible.inverse_depth
    nearest, step, x = 1.0 / near_m, 1.0 / (det * lens[0]), (left - lens[2]) / lens[0]
    for row in range(top, bottom + 1):
        y = (row - lens[3]) / lens[1]
        f0 = (e0[0] * x + e0[1] * y + e0[2]) / det
        f1 = (e1[0] * x + e1[1] * y + e1[2]) / det
        f2 = (e2[0] * x + e2[1] * y + e2[2]) / det
        for column in range(left, right + 1):
            if f0 >= 0.0 and f1 >= 0.0 and f2 >= 0.0:
                inverse = f0 + f1 + f2
                if inverse > inverse_depth[row, column] and inverse <= nearest:
                    inverse_depth[row, column] = inverse
                    visible.item_of[row, column] = item
                    visible.face_of[row, column] = face
            f0 += e0[0] * step
            f1 += e1[0] * step
            f2 += e2[0] * step
