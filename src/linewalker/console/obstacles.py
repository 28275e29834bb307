"""Obstacles of ``linewalker walk``: read from the command line."""

from __future__ import annotations

import numpy as np
from shapely.geometry import Polygon

from linewalker.brain.route import disc
from linewalker.errors import InputError
from linewalker.geometry import Array

_FARTHEST_M, _LEAST_RADIUS_M, _LEAST_AREA_M2 = 1000.0, 0.005, 1e-4
_EXPECTED = (
    f"expected a round one as X,Y,RADIUS or the corners of another as 'X,Y X,Y X,Y', m, within {_FARTHEST_M:g} m"
)


def read_obstacle(text: str) -> Array:
    """Outline (k, 2), m, of an obstacle as a user writes it: ``X,Y,RADIUS``, or corners ``X,Y X,Y X,Y ...``.

    Raises:
        InputError: it is neither, or it has no area, or its outline crosses itself.
    """
    words = text.split()
    try:
        numbers = [[float(number) for number in word.split(",")] for word in words]
    except ValueError:
        numbers = []
    if not numbers or not all((np.abs(row) <= _FARTHEST_M).all() for row in numbers):
        raise InputError(f"--obstacle {text!r}: {_EXPECTED}")
    if len(numbers) == 1 and len(numbers[0]) == 3:
        x, y, radius_m = numbers[0]
        if radius_m < _LEAST_RADIUS_M:
            raise InputError(f"--obstacle {text!r}: the radius is {radius_m:g} m; expected {_LEAST_RADIUS_M:g} or more")
        return disc(x, y, radius_m)
    if len(numbers) < 3 or any(len(row) != 2 for row in numbers):
        raise InputError(f"--obstacle {text!r}: {_EXPECTED}")
    outline = np.array(numbers)
    polygon = Polygon(outline)
    if not polygon.is_valid or polygon.area < _LEAST_AREA_M2:
        raise InputError(f"--obstacle {text!r}: its outline crosses itself or has no area; give the corners in order")
    return outline
