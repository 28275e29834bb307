"""How far the robot's capsules are from one another and from obstacles, and how that changes with the joints.

Hot file: the loops run in numba on arrays that stay allocated. `tests/cerebellum/test_clearance.py` holds the slow
reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

_ALONG_M = 1e-4
"""How exactly the place of the least distance is found along a segment; the distance is far more exact."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Prism:
    """An upright obstacle: a convex outline between two heights.

    Attributes:
        outline_m: corners seen from above, counter-clockwise, convex, (k, 2), in the frame the solver works in.
        bottom_m, top_m: heights.
    """

    outline_m: Array
    bottom_m: float
    top_m: float

    def __post_init__(self) -> None:
        edges = np.roll(self.outline_m, -1, axis=0) - self.outline_m
        turns = edges[:, 0] * np.roll(edges[:, 1], -1) - edges[:, 1] * np.roll(edges[:, 0], -1)
        if len(self.outline_m) < 3 or (turns < -1e-6).any():
            raise ValueError("outline_m must be convex and counter-clockwise, with three corners or more")
        if self.top_m <= self.bottom_m:
            raise ValueError(f"top_m {self.top_m} must be above bottom_m {self.bottom_m}")


@dataclass(frozen=True)
class Obstacles:
    """Prisms packed into arrays for the hot loops; build it once with `Obstacles.pack` and pass it around."""

    corners: Array  # (K, 2) of all prisms
    first: Ints  # (P + 1,) where the corners of each begin
    heights: Array  # (P, 2) bottom, top

    @staticmethod
    def pack(prisms: Sequence[Prism] = ()) -> Obstacles:
        """Pack prisms."""
        corners = np.vstack([np.zeros((0, 2)), *(prism.outline_m for prism in prisms)]).astype(float)
        first = np.cumsum([0, *(len(prism.outline_m) for prism in prisms)]).astype(np.int64)
        heights = np.array([[prism.bottom_m, prism.top_m] for prism in prisms], float).reshape(-1, 2)
        return Obstacles(corners, first, heights)


@numba.njit(cache=True)
def clamp_unit(x: float) -> float:  # pragma: no cover
    """x, or the nearest of 0 and 1."""
    return 0.0 if x < 0.0 else 1.0 if x > 1.0 else x


@numba.njit(cache=True)
def segment_points(a0: Array, a1: Array, b0: Array, b1: Array) -> tuple[Array, Array]:  # pragma: no cover
    """Nearest points of two segments (Ericson 2005, Real-Time Collision Detection, section 5.1.9)."""
    u, v, w = a1 - a0, b1 - b0, a0 - b0
    a, e, f = u @ u, v @ v, v @ w
    c, b = u @ w, u @ v
    if a < 1e-12 and e < 1e-12:
        return a0.copy(), b0.copy()
    if a < 1e-12:
        s, t = 0.0, clamp_unit(f / e)
    elif e < 1e-12:
        s, t = clamp_unit(-c / a), 0.0
    else:
        determinant = a * e - b * b
        s = clamp_unit((b * f - c * e) / determinant) if determinant > 1e-14 else 0.0
        t = (b * s + f) / e
        if t < 0.0:
            s, t = clamp_unit(-c / a), 0.0
        elif t > 1.0:
            s, t = clamp_unit((b - c) / a), 1.0
    return a0 + s * u, b0 + t * v


@numba.njit(cache=True)
def prism_distance(p: Array, corners: Array, bottom: float, top: float, normal: Array) -> float:  # pragma: no cover
    """Signed distance of a point from a prism; writes its gradient into ``normal``."""
    inside, nearest = -1e9, 1e18
    ix = iy = ox = oy = 0.0
    n = corners.shape[0]
    for i in range(n):
        ax, ay = corners[i, 0], corners[i, 1]
        ex, ey = corners[(i + 1) % n, 0] - ax, corners[(i + 1) % n, 1] - ay
        px, py = p[0] - ax, p[1] - ay
        square = ex * ex + ey * ey
        if square < 1e-18:
            continue
        length = np.sqrt(square)
        plane = (px * ey - py * ex) / length
        if plane > inside:
            inside, ix, iy = plane, ey / length, -ex / length
        t = clamp_unit((px * ex + py * ey) / square)
        dx, dy = px - t * ex, py - t * ey
        if dx * dx + dy * dy < nearest:
            nearest, ox, oy = dx * dx + dy * dy, dx, dy
    flat = inside
    if inside > 0.0:
        flat = np.sqrt(nearest)
        ix, iy = ox / flat, oy / flat
    above, side = p[2] - top, 1.0
    if bottom - p[2] > above:
        above, side = bottom - p[2], -1.0
    normal[0], normal[1], normal[2] = ix, iy, 0.0
    if flat > 0.0 and above > 0.0:
        distance = np.sqrt(flat * flat + above * above)
        normal[0], normal[1], normal[2] = ix * flat / distance, iy * flat / distance, side * above / distance
        return distance
    if above > flat:
        normal[0], normal[1], normal[2] = 0.0, 0.0, side
        return above
    return flat


@numba.njit(cache=True)
def segment_prism(
    a: Array, b: Array, corners: Array, bottom: float, top: float, normal: Array
) -> tuple[float, Array]:  # pragma: no cover
    """Least signed distance of a segment from a prism and where; the distance from a convex body is convex along it."""
    low, high = 0.0, 1.0
    length = np.sqrt(((b - a) ** 2).sum())
    while (high - low) * length > _ALONG_M:
        s, t = low + (high - low) / 3.0, high - (high - low) / 3.0
        if prism_distance(a + s * (b - a), corners, bottom, top, normal) < prism_distance(
            a + t * (b - a), corners, bottom, top, normal
        ):
            high = t
        else:
            low = s
    p = a + 0.5 * (low + high) * (b - a)
    return prism_distance(p, corners, bottom, top, normal), p


def pierces(a: Array, b: Array, obstacles: Obstacles) -> bool:
    """Whether the segment from a to b, (3,) each, enters an obstacle."""
    normal = np.zeros(3)
    for k, (bottom, top) in enumerate(obstacles.heights):
        outline = obstacles.corners[obstacles.first[k] : obstacles.first[k + 1]]
        if segment_prism(a, b, outline, bottom, top, normal)[0] < 0.0:
            return True
    return False


@numba.njit(cache=True)
def middles_of(ends: Array, middles: Array, halves: Array) -> None:  # pragma: no cover
    """Middles (c, 3) and half lengths (c,) of segments (c, 2, 3)."""
    for i in range(ends.shape[0]):
        square = 0.0
        for k in range(3):
            middles[i, k] = 0.5 * (ends[i, 0, k] + ends[i, 1, k])
            square += (ends[i, 1, k] - ends[i, 0, k]) ** 2
        halves[i] = 0.5 * np.sqrt(square)


@numba.njit(cache=True)
def boxes_of(corners: Array, first: Ints, boxes: Array) -> None:  # pragma: no cover
    """Bounding boxes of the outlines seen from above: least x, least y, greatest x, greatest y, (P, 4)."""
    for k in range(boxes.shape[0]):
        boxes[k, 0] = boxes[k, 1] = 1e9
        boxes[k, 2] = boxes[k, 3] = -1e9
        for i in range(first[k], first[k + 1]):
            boxes[k, 0], boxes[k, 2] = min(boxes[k, 0], corners[i, 0]), max(boxes[k, 2], corners[i, 0])
            boxes[k, 1], boxes[k, 3] = min(boxes[k, 1], corners[i, 1]), max(boxes[k, 3], corners[i, 1])


@numba.njit(cache=True)
def box_distance(p: Array, box: Array, heights: Array) -> float:  # pragma: no cover
    """Distance of a point from an upright box, or 0 inside."""
    dx = max(box[0] - p[0], p[0] - box[2], 0.0)
    dy = max(box[1] - p[1], p[1] - box[3], 0.0)
    dz = max(heights[0] - p[2], p[2] - heights[1], 0.0)
    return float(np.sqrt(dx * dx + dy * dy + dz * dz))


@numba.njit(cache=True)
def add_velocity(
    row: Array, sign: float, n: Array, p: Array, mask: Array, base: Array, R: Array, anchors: Array, axes: Array
) -> None:  # pragma: no cover
    """Add ``sign * n . J_p`` to a row of the tangent space: 3 base translations, 3 base rotations, then the hinges.

    ``mask`` tells which hinges move the body that p is fixed to; the base rotates about its own axes, as in MuJoCo.
    """
    for i in range(3):
        row[i] += sign * n[i]
    rx, ry, rz = p[0] - base[0], p[1] - base[1], p[2] - base[2]
    mx, my, mz = ry * n[2] - rz * n[1], rz * n[0] - rx * n[2], rx * n[1] - ry * n[0]  # r x n
    for i in range(3):
        row[3 + i] += sign * (R[0, i] * mx + R[1, i] * my + R[2, i] * mz)
    for j in range(anchors.shape[0]):
        if mask[j]:
            rx, ry, rz = p[0] - anchors[j, 0], p[1] - anchors[j, 1], p[2] - anchors[j, 2]
            mx, my, mz = ry * n[2] - rz * n[1], rz * n[0] - rx * n[2], rx * n[1] - ry * n[0]
            row[6 + j] += sign * (axes[j, 0] * mx + axes[j, 1] * my + axes[j, 2] * mz)


@numba.njit(cache=True)
def clearance_rows(
    ends: Array, radii: Array, bodies: Ints, masks: NDArray[np.bool_], pairs: Ints,
    corners: Array, first: Ints, heights: Array,
    base: Array, R: Array, anchors: Array, axes: Array,
    reach: float, distances: Array, rows: Array, labels: Ints,
) -> int:  # pragma: no cover  # fmt: skip
    """Distances below ``reach`` and their gradients.

    Args:
        ends: ends of the capsules in W, (c, 2, 3). radii, bodies: (c,). masks: hinges above each body, (bodies, h).
        pairs: capsules to hold apart, (k, 2).
        corners, first, heights: see `Obstacles`.
        base, R: origin (3,) and axes (3, 3) of the base in W. anchors, axes: of the hinges in W, (h, 3).
        reach: distances above it are left out, m.
        distances, rows, labels: filled; (r,), (r, 6 + h), (r, 2). A label holds the two capsules, or a capsule and
            -1 - the number of the prism.

    Returns:
        how many there are; those beyond the room of ``distances`` are not written.
    """
    count, room, capsules = 0, distances.shape[0], ends.shape[0]
    normal, middles, halves = np.zeros(3), np.zeros((capsules, 3)), np.zeros(capsules)
    middles_of(ends, middles, halves)
    boxes = np.zeros((heights.shape[0], 4))
    boxes_of(corners, first, boxes)
    for k in range(pairs.shape[0]):
        i, j = pairs[k, 0], pairs[k, 1]
        dx, dy, dz = middles[i, 0] - middles[j, 0], middles[i, 1] - middles[j, 1], middles[i, 2] - middles[j, 2]
        near = reach + radii[i] + radii[j]
        if dx * dx + dy * dy + dz * dz > (near + halves[i] + halves[j]) ** 2:
            continue
        a, b = segment_points(ends[i, 0], ends[i, 1], ends[j, 0], ends[j, 1])
        away = a - b
        length = np.sqrt(away @ away)
        distance = length - radii[i] - radii[j]
        if distance > reach or length < 1e-9:
            continue
        count += 1
        if count > room:
            continue
        away = away / length
        rows[count - 1] = 0.0
        add_velocity(rows[count - 1], 1.0, away, a, masks[bodies[i]], base, R, anchors, axes)
        add_velocity(rows[count - 1], -1.0, away, b, masks[bodies[j]], base, R, anchors, axes)
        distances[count - 1], labels[count - 1, 0], labels[count - 1, 1] = distance, i, j
    for i in range(ends.shape[0]):
        for k in range(heights.shape[0]):
            if box_distance(middles[i], boxes[k], heights[k]) - halves[i] - radii[i] > reach:
                continue
            outline = corners[first[k] : first[k + 1]]
            far = prism_distance(middles[i], outline, heights[k, 0], heights[k, 1], normal)
            if far - halves[i] - radii[i] > reach:
                continue
            far, p = segment_prism(ends[i, 0], ends[i, 1], outline, heights[k, 0], heights[k, 1], normal)
            if far - radii[i] > reach:
                continue
            count += 1
            if count > room:
                continue
            rows[count - 1] = 0.0
            add_velocity(rows[count - 1], 1.0, normal, p, masks[bodies[i]], base, R, anchors, axes)
            distances[count - 1], labels[count - 1, 0], labels[count - 1, 1] = far - radii[i], i, -1 - k
    return count
