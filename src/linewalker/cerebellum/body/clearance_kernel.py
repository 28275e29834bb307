"""Hot loops: how far capsules are from one another and from prisms, and how that changes with the joints."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Array
from linewalker.kernel import Mask, Matrix, Numbers, NumberTable, Stack, Vector, kernel

Body = tuple[Vector, Matrix, Matrix, Matrix]
"""Origin (3,) and axes (3, 3) of the base in W, anchors and axes of the hinges in W, (h, 3) each."""
Found = tuple[Vector, Matrix, NumberTable]
"""Distances (r,), their gradients (r, 6 + h), and labels (r, 2): two capsules, or one and -1 - a prism."""
Shape = tuple[Vector, Numbers, Mask, NumberTable]
"""Radii (c,), bodies (c,), hinges above each body (bodies, h), pairs of capsules to hold apart (k, 2)."""
Placed = tuple[Array, Array, Array]
"""Ends (c, 2, 3), middles (c, 3) and half lengths (c,) of the capsules in W."""

_ALONG_M = 1e-4
"""How exactly the place of the least distance is found along a segment; the distance is far more exact."""


@kernel()
def clamp_unit(x: float) -> float:
    """x, or the nearest of 0 and 1."""
    return 0.0 if x < 0.0 else 1.0 if x > 1.0 else x


@kernel(entry=True)
def segment_points(a0: Vector, a1: Vector, b0: Vector, b1: Vector) -> tuple[Array, Array]:
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


@kernel()
def prism_distance(p: Array, corners: Array, bottom: float, top: float, normal: Array) -> float:
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


@kernel(entry=True)
def segment_prism(
    a: Vector, b: Vector, corners: Matrix, bottom: float, top: float, normal: Vector
) -> tuple[float, Array]:
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


@kernel()
def middles_of(ends: Array, middles: Array, halves: Array) -> None:
    """Middles (c, 3) and half lengths (c,) of segments (c, 2, 3)."""
    for i in range(ends.shape[0]):
        square = 0.0
        for k in range(3):
            middles[i, k] = 0.5 * (ends[i, 0, k] + ends[i, 1, k])
            square += (ends[i, 1, k] - ends[i, 0, k]) ** 2
        halves[i] = 0.5 * np.sqrt(square)


@kernel()
def boxes_of(corners: Array, first: Numbers, boxes: Array) -> None:
    """Bounding boxes of the outlines seen from above: least x, least y, greatest x, greatest y, (P, 4)."""
    for k in range(boxes.shape[0]):
        boxes[k, 0] = boxes[k, 1] = 1e9
        boxes[k, 2] = boxes[k, 3] = -1e9
        for i in range(first[k], first[k + 1]):
            boxes[k, 0], boxes[k, 2] = min(boxes[k, 0], corners[i, 0]), max(boxes[k, 2], corners[i, 0])
            boxes[k, 1], boxes[k, 3] = min(boxes[k, 1], corners[i, 1]), max(boxes[k, 3], corners[i, 1])


@kernel()
def box_distance(p: Array, box: Array, heights: Array) -> float:
    """Distance of a point from an upright box, or 0 inside."""
    dx = max(box[0] - p[0], p[0] - box[2], 0.0)
    dy = max(box[1] - p[1], p[1] - box[3], 0.0)
    dz = max(heights[0] - p[2], p[2] - heights[1], 0.0)
    return float(np.sqrt(dx * dx + dy * dy + dz * dz))


@kernel()
def add_velocity(row: Array, sign: float, n: Array, p: Array, mask: NDArray[np.bool_], body: Body) -> None:
    """Add ``sign * n . J_p`` to a row of the tangent space: 3 base translations, 3 base rotations, then the hinges.

    ``mask`` tells which hinges move the body that p is fixed to; the base rotates about its own axes, as in MuJoCo.
    """
    base, R, anchors, axes = body
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


@kernel(entry=True)
def clearance_rows(
    ends: Stack, shape: Shape, prisms: tuple[Matrix, Numbers, Matrix], body: Body, reach: float, found: Found
) -> int:
    """Distances below ``reach`` and their gradients.

    Args:
        ends: of the capsules in W, (c, 2, 3).
        shape: see `Shape`.
        prisms: corners, first, heights of `clearance.Obstacles`.
        body: see `Body`.
        reach: distances above it are left out, m.
        found: out: see `Found`.

    Returns:
        how many there are; those beyond the room of ``found`` are not written.
    """
    middles, halves = np.zeros((ends.shape[0], 3)), np.zeros(ends.shape[0])
    middles_of(ends, middles, halves)
    placed = (ends, middles, halves)
    count = _between_capsules(placed, shape, body, reach, found)
    return _from_prisms(placed, shape, prisms, body, reach, found, count)


@kernel()
def _between_capsules(
    placed: Placed,
    shape: Shape,
    body: Body,
    reach: float,
    found: Found,
) -> int:
    ends, middles, halves = placed
    radii, bodies, masks, pairs = shape
    distances, rows, labels = found
    count = 0
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
        if count < distances.shape[0]:
            away = away / length
            rows[count] = 0.0
            add_velocity(rows[count], 1.0, away, a, masks[bodies[i]], body)
            add_velocity(rows[count], -1.0, away, b, masks[bodies[j]], body)
            distances[count], labels[count, 0], labels[count, 1] = distance, i, j
        count += 1
    return count


@kernel()
def _from_prisms(
    placed: Placed,
    shape: Shape,
    prisms: tuple[Array, Numbers, Array],
    body: Body,
    reach: float,
    found: Found,
    count: int,
) -> int:
    ends, middles, halves = placed
    radii, bodies, masks, _ = shape
    corners, first, heights = prisms
    distances, rows, labels = found
    normal, boxes = np.zeros(3), np.zeros((heights.shape[0], 4))
    boxes_of(corners, first, boxes)
    for i in range(ends.shape[0]):
        for k in range(heights.shape[0]):
            far_off = reach + halves[i] + radii[i]
            if box_distance(middles[i], boxes[k], heights[k]) > far_off:
                continue
            outline = corners[first[k] : first[k + 1]]
            if prism_distance(middles[i], outline, heights[k, 0], heights[k, 1], normal) > far_off:
                continue
            far, p = segment_prism(ends[i, 0], ends[i, 1], outline, heights[k, 0], heights[k, 1], normal)
            if far - radii[i] > reach:
                continue
            if count < distances.shape[0]:
                rows[count] = 0.0
                add_velocity(rows[count], 1.0, normal, p, masks[bodies[i]], body)
                distances[count], labels[count, 0], labels[count, 1] = far - radii[i], i, -1 - k
            count += 1
    return count
