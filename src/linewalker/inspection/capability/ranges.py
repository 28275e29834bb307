"""Mean and spread of the range of n normal values: the constants of range methods and control charts."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np
from scipy import special

_WIDEST = 16.0  # standard deviations; a range of normal values is never wider, to 15 digits


@dataclass(frozen=True, kw_only=True)
class RangeConstants:
    """Of the range of ``count`` independent standard normal values.

    Attributes:
        count: how many.
        mean: d2.
        spread: d3, the standard deviation.
    """

    count: int
    mean: float
    spread: float

    @property
    def of_one(self) -> float:
        """d2* of a single range: its root mean square (Duncan 1974), so that R / d2* has the variance of a value."""
        return math.hypot(self.mean, self.spread)

    @property
    def upper(self) -> float:
        """D4: three-sigma limit of a range, over the mean range."""
        return 1.0 + 3.0 * self.spread / self.mean

    @property
    def lower(self) -> float:
        """D3, not below 0."""
        return max(0.0, 1.0 - 3.0 * self.spread / self.mean)


@functools.lru_cache(maxsize=64)
def range_constants(count: int) -> RangeConstants:
    """By integration of P(R <= r) = n int phi(x) (Phi(x + r) - Phi(x))^(n - 1) dx (Tippett 1925); exact to 10 digits.

    Raises:
        ValueError: fewer than two values have no range.
    """
    if count < 2:
        raise ValueError(f"{count} value(s) have no range; expected 2 or more")
    nodes, weights = np.polynomial.legendre.leggauss(160)
    r, w = 0.5 * _WIDEST * (nodes + 1.0), 0.5 * _WIDEST * weights
    x = np.linspace(-_WIDEST, _WIDEST, 1281)  # the trapezoid rule converges geometrically for what falls off like this
    density = np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi) * (x[1] - x[0])
    inside = special.ndtr(x[None, :] + r[:, None]) - special.ndtr(x)[None, :]
    beyond = 1.0 - count * (inside ** (count - 1)) @ density
    mean = float(w @ beyond)
    square = 2.0 * float(w @ (r * beyond))
    return RangeConstants(count=count, mean=mean, spread=math.sqrt(square - mean * mean))
