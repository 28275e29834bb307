"""Hot loop: torques of the hinges that hold a body up, and how they change with its posture.

Both come from one expression. A hinge with axis a and anchor p that carries the first mass moment s about p needs the
torque g [a, s], where [x, y] is the vertical component of x cross y. Its links give s = sum m (c - p). A foot on the
floor, which carries the mass m' at the point u, takes m' (u - p) away from it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Array
from linewalker.kernel import Mask, Matrix, Numbers, Vector, kernel

Turns = tuple[Matrix, Matrix, Matrix]
"""What can turn in W, first the base about its three axes, then the hinges: axes, anchors and first mass moments about
them of all that turns along, (3 + h, 3) each."""
Weight = tuple[float, Vector, Matrix, Matrix]
"""Mass, centre of mass (3,) and its Jacobian (3, 6 + h), soles (2, 3)."""


@kernel()
def _cross(a: Array, b: Array, out: Array) -> None:
    out[0] = a[1] * b[2] - a[2] * b[1]
    out[1] = a[2] * b[0] - a[0] * b[2]
    out[2] = a[0] * b[1] - a[1] * b[0]


@kernel(entry=True)
def static_torques(
    turns: Turns, above: Mask, foot: Numbers, weight: Weight, g: float, least: Vector, found: tuple[Vector, Matrix]
) -> None:
    """Writes torques (3 + h,) and their gradients in tangent space, (3 + h, 6 + h); those of the base stay as they are.

    Turning k, above hinge j, takes along its axis, its anchor and its links: d[a, s] = [a_k, a x s]. A hinge k below j
    moves only what it carries: d[a, s] = [a, a_k x s_k]. The floor stays where it is.

    Args:
        turns: the robot.
        above: above[j, k] tells whether k moves j, itself included, (3 + h, 3 + h).
        foot: which foot the leg of a hinge ends in, -1 for none, (3 + h,).
        weight: what the feet carry.
        g: gravity, m/s^2.
        least: gradients are left out of torques smaller than this, (3 + h,).
        found: torques and gradients.
    """
    axes, anchors, moments = turns
    torque, gradient = found
    swept = np.empty_like(axes)
    for k in range(len(axes)):
        _cross(axes[k], moments[k], swept[k])
    for j in range(3, len(axes)):
        torque[j] = g * swept[j, 2]
        if foot[j] >= 0:
            kg, x, y = carried(weight, foot[j])
            torque[j] -= g * kg * (axes[j, 0] * (y - anchors[j, 1]) - axes[j, 1] * (x - anchors[j, 0]))
        if abs(torque[j]) < least[j]:
            continue
        gradient[j, :3] = 0.0
        for k in range(len(axes)):
            high, low = (k, j) if above[j, k] else (j, k)
            lever = axes[high, 0] * swept[low, 1] - axes[high, 1] * swept[low, 0]
            gradient[j, 3 + k] = g * lever if above[low, high] else 0.0
        if foot[j] >= 0:
            _take_ground(turns, above[j], weight, foot[j], g, j, gradient[j])


@kernel()
def carried(weight: Weight, foot: int) -> tuple[float, float, float]:
    """Mass that a foot carries, and x and y of where: both feet are loaded equally far beside their line."""
    mass, com, _, soles = weight
    wide, deep = soles[1, 0] - soles[0, 0], soles[1, 1] - soles[0, 1]
    right = ((com[0] - soles[0, 0]) * wide + (com[1] - soles[0, 1]) * deep) / (wide * wide + deep * deep)
    to_foot = foot - right
    return mass * (right if foot == 1 else 1.0 - right), com[0] + to_foot * wide, com[1] + to_foot * deep


@kernel()
def _take_ground(
    turns: Turns, above: NDArray[np.bool_], weight: Weight, foot: int, g: float, j: int, gradient: Array
) -> None:
    """Takes away from a hinge's gradient what the floor does under its foot: that of g m' [a, u - p]."""
    axes, anchors, _ = turns
    mass, _, com_by, soles = weight
    kg, x, y = carried(weight, foot)
    wide, deep = soles[1, 0] - soles[0, 0], soles[1, 1] - soles[0, 1]
    square, toward = wide * wide + deep * deep, 1.0 if foot == 1 else -1.0
    a, rx, ry = axes[j], x - anchors[j, 0], y - anchors[j, 1]
    da, dp = np.empty(3), np.empty(3)
    for v in range(len(gradient)):
        da[:], dp[:] = 0.0, 0.0
        if v < 3:
            dp[v] = 1.0
        elif above[v - 3]:
            _cross(axes[v - 3], a, da)
            _cross(axes[v - 3], anchors[j] - anchors[v - 3], dp)
        right_by = (com_by[0, v] * wide + com_by[1, v] * deep) / square
        drx = com_by[0, v] - right_by * wide - dp[0]
        dry = com_by[1, v] - right_by * deep - dp[1]
        change = da[0] * ry - da[1] * rx + a[0] * dry - a[1] * drx
        gradient[v] -= g * (toward * mass * right_by * (a[0] * ry - a[1] * rx) + kg * change)
