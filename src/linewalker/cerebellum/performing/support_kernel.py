"""Hot loops over what carries a robot: the hull of its soles, and the point of it next to another."""

from __future__ import annotations

from math import cos, sin

import numpy as np

from linewalker.geometry import Array
from linewalker.kernel import Flags, Matrix, Vector, kernel

MOST = 8
"""Corners of two soles."""


@kernel()
def sole_corners(x: float, y: float, yaw: float, half_length: float, half_width: float, out: Array, first: int) -> None:
    """Corners of a sole into four rows of out (k, 2)."""
    c, s = cos(yaw), sin(yaw)
    for i in range(4):
        along = half_length if i < 2 else -half_length
        aside = half_width if i in (0, 3) else -half_width
        out[first + i, 0], out[first + i, 1] = x + c * along - s * aside, y + s * along + c * aside


@kernel()
def hull_of(points: Array, count: int, ring: Array) -> int:
    """Corners of the convex hull of points (count, 2), anticlockwise, into ring (k, 2): gift wrapping; returns k."""
    start = 0
    for i in range(1, count):
        if points[i, 0] < points[start, 0] or (points[i, 0] == points[start, 0] and points[i, 1] < points[start, 1]):
            start = i
    at, found = start, 0
    while found < count:
        ring[found, 0], ring[found, 1] = points[at, 0], points[at, 1]
        found += 1
        after = (at + 1) % count
        for i in range(count):
            ax, ay = points[after, 0] - points[at, 0], points[after, 1] - points[at, 1]
            bx, by = points[i, 0] - points[at, 0], points[i, 1] - points[at, 1]
            turn = ax * by - ay * bx
            if i != at and (turn < 0.0 or (turn == 0.0 and bx * bx + by * by > ax * ax + ay * ay)):
                after = i
        at = after
        if at == start:
            break
    return found


@kernel()
def nearest_inside(ring: Array, count: int, x: float, y: float) -> tuple[float, float]:
    """The point of a convex polygon, anticlockwise, next to (x, y)."""
    inside, best, best_x, best_y = True, 1e30, x, y
    for i in range(count):
        j = (i + 1) % count
        ex, ey = ring[j, 0] - ring[i, 0], ring[j, 1] - ring[i, 1]
        dx, dy = x - ring[i, 0], y - ring[i, 1]
        if ex * dy - ey * dx < 0.0:
            inside = False
        length = ex * ex + ey * ey
        share = min(max((ex * dx + ey * dy) / length, 0.0), 1.0) if length > 0.0 else 0.0
        px, py = ring[i, 0] + share * ex, ring[i, 1] + share * ey
        gap = (x - px) ** 2 + (y - py) ** 2
        if gap < best:
            best, best_x, best_y = gap, px, py
    if inside:
        return x, y
    return best_x, best_y


@kernel(entry=True)
def support_rows(feet: Matrix, carries: Flags, sole: Vector, A: Matrix, b: Vector) -> int:
    """Half planes A p <= b (k of them, unit normals) of the hull of the soles that carry; returns k."""
    corners, ring, count = np.empty((MOST, 2)), np.empty((MOST, 2)), 0
    for k in range(2):
        if carries[k]:
            sole_corners(feet[k, 0], feet[k, 1], feet[k, 2], sole[0], sole[1], corners, count)
            count += 4
    found = hull_of(corners, count, ring)
    for i in range(found):
        j = (i + 1) % found
        ex, ey = ring[j, 0] - ring[i, 0], ring[j, 1] - ring[i, 1]
        length = np.sqrt(ex * ex + ey * ey)
        A[i, 0], A[i, 1] = ey / length, -ex / length
        b[i] = A[i, 0] * ring[i, 0] + A[i, 1] * ring[i, 1]
    return found
