"""Design curves: steered by a control polygon, read from an evenly spaced table.

A designer's curve is a clamped uniform cubic B-spline over the control polygon: it never overshoots the polygon, and
moves locally when one point is moved. The skin asks for it millions of times, so it is tabulated once as a cubic spline
with even knots, which a kernel reads in constant time and whose second derivative is continuous.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.interpolate import BSpline, CubicSpline

from linewalker.geometry import Array
from linewalker.kernel import kernel

KNOTS = 512
"""Intervals of a table."""

_HEAD = 2
"""A table starts with the first knot and the knot spacing; four coefficients per interval follow."""


def control_polygon_table(points: Sequence[Sequence[float]]) -> Array:
    """Table of the curve y(x) steered by a control polygon.

    Args:
        points: (x, y) in m, x increasing; the curve starts at the first and ends at the last point.
    """
    polygon = np.asarray(points, float)
    if len(polygon) < 4:
        raise ValueError(f"a control polygon needs 4 points or more, not {len(polygon)}")
    if not (np.diff(polygon[:, 0]) > 0).all():
        raise ValueError("the points of a control polygon must run in one direction, first coordinate increasing")
    count = len(polygon)
    knots = np.concatenate(([0.0] * 3, np.linspace(0, 1, count - 2), [1.0] * 3))
    samples = BSpline(knots, polygon, 3)(np.linspace(0, 1, 3 * KNOTS))
    even = np.linspace(polygon[0, 0], polygon[-1, 0], KNOTS + 1)
    spline = CubicSpline(even, CubicSpline(samples[:, 0], samples[:, 1])(even))
    return np.concatenate(([even[0], even[1] - even[0]], spline.c.T.ravel()))


@kernel(inline="always")
def table_value(table: Array, x: float) -> float:
    """The curve at x; constant beyond its ends."""
    place = (x - table[0]) / table[1]
    if place < 0.0:
        place = 0.0
    elif place > KNOTS - 1e-9:
        place = KNOTS - 1e-9
    i = int(place)
    t = (place - i) * table[1]
    k = _HEAD + 4 * i
    return ((table[k] * t + table[k + 1]) * t + table[k + 2]) * t + table[k + 3]


@kernel()
def table_values(table: Array, x: Array) -> Array:
    """The curve at every x (n,)."""
    out = np.empty(x.size)
    for i in range(x.size):
        out[i] = table_value(table, x[i])
    return out
