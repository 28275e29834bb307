"""Capability and performance of a process against its limits, with how well so many values tell.

Cp and Cpk use the short-term sigma of the moving ranges, Pp and Ppk the standard deviation of all values (ISO 22514-2).
The confidence of Cp and Pp is exact for normal values, from the chi-square distribution of the variance; that of Cpk
and Ppk is Bissell's approximation (How reliable is your capability index?, Applied Statistics 39, 1990).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from linewalker.factory.quality.control_chart import ControlChart, control_chart

_WITHIN_SHARE = 0.62
"""Moving ranges of two tell sigma as well as so many times as many degrees of freedom (Wheeler, 1995)."""


@dataclass(frozen=True, kw_only=True)
class Index:
    """An index with the bounds of its confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Capability:
    """Of one characteristic.

    Attributes:
        n, mean: of the values.
        sigma_within, sigma_overall: standard deviations.
        cp, cpk, pp, ppk: None where the values do not differ at all.
    """

    n: int
    mean: float
    sigma_within: float
    sigma_overall: float
    cp: Index | None
    cpk: Index | None
    pp: Index | None
    ppk: Index | None


def capability(values: ArrayLike, lower: float, upper: float, *, confidence: float = 0.95) -> Capability:
    """Indexes of values in the order in which they were measured.

    Args:
        values: (n,), two or more.
        lower, upper: limits in the same unit.
        confidence: that the intervals cover the true index.

    Raises:
        ValueError: fewer than two values, or limits that are none.
    """
    return capability_of(control_chart(values), lower, upper, confidence=confidence)


def capability_of(chart: ControlChart, lower: float, upper: float, *, confidence: float = 0.95) -> Capability:
    """As `capability`, of values whose chart there is.

    Raises:
        ValueError: limits that are none.
    """
    if not lower < upper:
        raise ValueError(f"the lower limit {lower:g} is not below the upper one {upper:g}")
    x, within = chart.values, chart.sigma
    overall = float(np.std(x, ddof=1))
    degrees = (_WITHIN_SHARE * (len(x) - 1), float(len(x) - 1))
    indexes = [
        _spread(lower, upper, sigma, of_freedom, confidence) for sigma, of_freedom in zip((within, overall), degrees)
    ]
    nearest = [
        _nearest(chart.mean, lower, upper, sigma, len(x), of_freedom, confidence)
        for sigma, of_freedom in zip((within, overall), degrees)
    ]
    return Capability(
        n=len(x),
        mean=chart.mean,
        sigma_within=within,
        sigma_overall=overall,
        cp=indexes[0],
        pp=indexes[1],
        cpk=nearest[0],
        ppk=nearest[1],
    )


def _spread(lower: float, upper: float, sigma: float, degrees: float, confidence: float) -> Index | None:
    if sigma <= 0.0:
        return None
    value, tail = (upper - lower) / (6.0 * sigma), (1.0 - confidence) / 2.0
    low, high = (sqrt(float(stats.chi2.ppf(share, degrees)) / degrees) for share in (tail, 1.0 - tail))
    return Index(value=value, low=value * low, high=value * high)


def _nearest(
    mean: float, lower: float, upper: float, sigma: float, n: int, degrees: float, confidence: float
) -> Index | None:
    if sigma <= 0.0:
        return None
    value = min(upper - mean, mean - lower) / (3.0 * sigma)
    half = float(stats.norm.ppf(0.5 + confidence / 2.0)) * sqrt(1.0 / (9.0 * n) + value**2 / (2.0 * degrees))
    return Index(value=value, low=value - half, high=value + half)
