"""A straight line through points by least squares, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from linewalker.geometry import Array


@dataclass(frozen=True, kw_only=True)
class Line:
    """y = intercept + slope x.

    Attributes:
        intercept, slope: least squares.
        covariance: (2, 2) of both.
        std: of the residuals, with n - 2 degrees of freedom.
        df: these.
        r_squared: share of the variance that the line explains; None where y does not vary.
    """

    intercept: float
    slope: float
    covariance: Array
    std: float
    df: int
    r_squared: float | None

    def at(self, x: Array) -> Array:
        """Its height."""
        return self.intercept + self.slope * x

    def error_at(self, x: Array) -> Array:
        """Standard error of its height."""
        variance = self.covariance[0, 0] + 2.0 * x * self.covariance[0, 1] + x * x * self.covariance[1, 1]
        return np.sqrt(np.maximum(variance, 0.0))

    def band(self, x: Array, confidence: float = 0.95) -> Array:
        """Half the width of the two-sided interval of its height."""
        return float(stats.t.ppf(0.5 + confidence / 2.0, self.df)) * self.error_at(x)

    @property
    def errors(self) -> tuple[float, float]:
        """Standard errors of intercept and slope."""
        error = np.sqrt(np.diag(self.covariance))
        return float(error[0]), float(error[1])

    @property
    def tests(self) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
        """Student's t and p-value of intercept and slope being 0; None where there is no scatter to test by."""
        return self._test(self.intercept, self.errors[0]), self._test(self.slope, self.errors[1])

    def _test(self, value: float, error: float) -> tuple[float, float] | None:
        if not error > 0.0:
            return None
        t = value / error
        return t, float(2.0 * stats.t.sf(abs(t), self.df))


def fit_line(x: Array, y: Array) -> Line:
    """Least squares.

    Raises:
        ValueError: fewer than three points, or all at one x.
    """
    if len(x) < 3 or not np.ptp(x) > 0.0:
        raise ValueError("a line with its spread needs three points, not all at one place")
    middle = float(x.mean())
    dx, dy = x - middle, y - float(y.mean())
    sxx = float(dx @ dx)
    slope = float(dx @ dy) / sxx
    residual = dy - slope * dx
    df = len(x) - 2
    variance = float(residual @ residual) / df
    total = float(dy @ dy)
    a, b = middle * middle / sxx + 1.0 / len(x), -middle / sxx
    return Line(
        intercept=float(y.mean()) - slope * middle,
        slope=slope,
        covariance=variance * np.array([[a, b], [b, 1.0 / sxx]]),
        std=float(np.sqrt(variance)),
        df=df,
        r_squared=1.0 - float(residual @ residual) / total if total > 0.0 else None,
    )
