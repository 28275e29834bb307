"""Robust statistics: what outliers do not move. Tukey's biweight, and the scale from the median absolute deviation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from linewalker.geometry import Array

BIWEIGHT = 4.685
"""Tukey's constant: 95 % efficiency on Gaussian noise (Huber, Ronchetti 2009)."""

_GAUSSIAN = 1.4826  # standard deviation over median absolute deviation, of Gaussian noise


def deviation_scale(residual: ArrayLike, axis: int | None = None) -> Array:
    """Standard deviation of residuals about zero, from their median absolute value."""
    return np.asarray(_GAUSSIAN * np.median(np.abs(residual), axis=axis))


def biweight(residual: Array, scale: float, *, least: float = 0.0) -> Array:
    """Tukey's weights of residuals; what lies beyond `BIWEIGHT` scales has the weight ``least`` squared."""
    return np.asarray(np.clip(1 - (residual / (BIWEIGHT * scale)) ** 2, least, None) ** 2)
