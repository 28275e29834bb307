"""Hot loops of route following: one stride towards a target, and how many it takes to get there."""

from __future__ import annotations

from math import atan2, cos, hypot, sin, sqrt

from linewalker.geometry import Array
from linewalker.geometry.rotation_kernel import wrapped
from linewalker.kernel import Matrix, Vector, kernel

MOST_STRIDES = 200


@kernel(entry=True)
def stride(middle: Vector, target: Vector, way: Vector, side: float, limits: Vector) -> tuple[float, float, float]:
    """One stride of the middle pose towards a target: forward, left, turn.

    Far from the target the robot faces its way (or turns its back to it), near it the heading it is to arrive with.
    Length and width stay within an ellipse, which shrinks while turning.

    Args:
        middle, target: x, y, yaw, (3,).
        way: distance from which on the heading of arrival is taken up, and 1 to walk forward, -1 backward, (2,).
        side: +1 when the left foot swings, -1 when the right foot does.
        limits: forward, backward, sideways with the outer foot, sideways with the inner foot, turn, (5,).
    """
    dx, dy = target[0] - middle[0], target[1] - middle[1]
    heading = target[2]
    if hypot(dx, dy) > way[0]:
        heading = atan2(dy, dx) if way[1] > 0 else atan2(-dy, -dx)
    spin = min(max(wrapped(heading - middle[2]), -limits[4]), limits[4])
    c, s = cos(middle[2] + 0.5 * spin), sin(middle[2] + 0.5 * spin)
    ahead, aside = c * dx + s * dy, -s * dx + c * dy
    length = limits[0] if ahead > 0 else limits[1]
    width = limits[2] if aside * side > 0 else limits[3]
    shrink = 1.0 - 0.5 * (spin / limits[4]) ** 2
    excess = sqrt((ahead / length) ** 2 + (aside / width) ** 2) / shrink
    if excess > 1.0:
        ahead, aside = ahead / excess, aside / excess
    return ahead, aside, spin


@kernel(entry=True)
def advance(middle: Vector, step: tuple[float, float, float]) -> None:
    """Move a middle pose by a stride taken at its mean heading, in place."""
    yaw = middle[2] + 0.5 * step[2]
    middle[0] += cos(yaw) * step[0] - sin(yaw) * step[1]
    middle[1] += sin(yaw) * step[0] + cos(yaw) * step[1]
    middle[2] += step[2]


@kernel()
def strides_to(middle: Array, target: Array, way: Array, side: float, limits: Array, ramp: Array) -> int:
    """How many strides a way of walking takes; ramp: first and largest forward stride and its growth, (3,)."""
    at, bounds = middle.copy(), limits.copy()
    longest = ramp[0]
    for count in range(MOST_STRIDES):
        if hypot(target[0] - at[0], target[1] - at[1]) < 0.005 and abs(wrapped(target[2] - at[2])) < 0.01:
            return count
        bounds[0], bounds[1] = min(limits[0], longest), min(limits[1], longest)
        advance(at, stride(at, target, way, side, bounds))
        longest, side = min(longest + ramp[2], ramp[1]), -side
    return MOST_STRIDES


@kernel(entry=True)
def best_way(middle: Vector, target: Vector, ways: Matrix, side: float, limits: Vector, ramp: Vector) -> int:
    """Index of the way (k, 2) that takes the fewest strides; the earliest of equals."""
    best, fewest = 0, MOST_STRIDES + 1
    for i in range(ways.shape[0]):
        count = strides_to(middle, target, ways[i], side, limits, ramp)
        if count < fewest:
            best, fewest = i, count
    return best
