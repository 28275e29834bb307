"""Stability: a control chart of a master part over time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.capability.ranges import range_constants

FEWEST_POINTS = 8
ENOUGH_POINTS = 20
LARGEST_RANGE = 10
"""Values in a subgroup up to which its range tells as much as its standard deviation."""

RUN, TREND = 9, 6
"""Points on one side, points up or down in a row, that are no chance (ISO 7870-2:2013, 8; Nelson 1984)."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One control chart.

    Attributes:
        kind: ``mean``, ``value``, ``range``, ``std`` or ``moving_range``.
        points: as drawn.
        centre, lower, upper: its lines, three standard deviations.
    """

    kind: str
    points: Array
    centre: float
    lower: float
    upper: float

    @property
    def outside(self) -> tuple[int, ...]:
        """Points beyond a limit, counted from 0."""
        return tuple(int(at) for at in np.nonzero((self.points < self.lower) | (self.points > self.upper))[0])

    @property
    def runs(self) -> tuple[int, ...]:
        """Last points of `RUN` on one side of the centre."""
        return _ends(np.sign(self.points - self.centre), RUN)

    @property
    def trends(self) -> tuple[int, ...]:
        """Last points of `TREND` that go up, or down, one after the other."""
        steps = np.concatenate(([0.0], np.sign(np.diff(self.points))))
        return _ends(steps, TREND - 1)


@dataclass(frozen=True, kw_only=True)
class Stability:
    """Result of a stability study.

    Attributes:
        names: of the subgroups.
        size: values in each.
        location, spread: the two charts.
        sigma: within subgroups, from the mean spread.
    """

    names: tuple[str, ...]
    size: int
    location: Chart
    spread: Chart
    sigma: float

    @property
    def stable(self) -> bool:
        """No point outside, no run, no trend of the location; no point outside of the spread."""
        location = self.location
        return not (location.outside or location.runs or location.trends or self.spread.outside)


def stability(values: Array, names: Sequence[str]) -> Stability:
    """Means and ranges (subgroups up to ten), means and standard deviations, or single values and moving ranges.

    After ISO 7870-2:2013; the constants are computed, not taken from tables of three digits.

    Args:
        values: (subgroups, values in each).
        names: of the subgroups.

    Raises:
        InputError: too few subgroups, or values that are all alike.
    """
    count, size = values.shape
    if count < FEWEST_POINTS:
        raise InputError(
            f"{count} points in time; a chart needs {FEWEST_POINTS}, better {ENOUGH_POINTS}", key="subgroup"
        )
    if not np.ptp(values) > 0.0:
        raise InputError("all values are the same; nothing can be told of a gauge that resolves nothing", key="value")
    if size == 1:
        spread, sigma = _ranges(np.abs(np.diff(values[:, 0])), 2, "moving_range")
    elif size <= LARGEST_RANGE:
        spread, sigma = _ranges(np.ptp(values, axis=1), size, "range")
    else:
        spread, sigma = _stds(values.std(axis=1, ddof=1), size)
    means = values.mean(axis=1)
    centre, reach = float(means.mean()), 3.0 * sigma / math.sqrt(size)
    location = Chart(
        kind="value" if size == 1 else "mean", points=means, centre=centre, lower=centre - reach, upper=centre + reach
    )
    return Stability(names=tuple(names), size=size, location=location, spread=spread, sigma=sigma)


def _ranges(ranges: Array, size: int, kind: str) -> tuple[Chart, float]:
    constants, mean = range_constants(size), float(ranges.mean())
    chart = Chart(kind=kind, points=ranges, centre=mean, lower=constants.lower * mean, upper=constants.upper * mean)
    return chart, mean / constants.mean


def _stds(stds: Array, size: int) -> tuple[Chart, float]:
    c4 = math.sqrt(2.0 / (size - 1)) * math.exp(gammaln(size / 2.0) - gammaln((size - 1) / 2.0))
    mean = float(stds.mean())
    reach = 3.0 * math.sqrt(1.0 - c4 * c4) / c4
    lower = max(0.0, 1.0 - reach) * mean
    return Chart(kind="std", points=stds, centre=mean, lower=lower, upper=(1.0 + reach) * mean), mean / c4


def _ends(signs: Array, length: int) -> tuple[int, ...]:
    """Places that end ``length`` equal signs in a row, none of them 0."""
    found, run = [], 0
    for at, sign in enumerate(signs):
        run = 0 if sign == 0 else run + 1 if at and sign == signs[at - 1] else 1
        if run >= length:
            found.append(at)
    return tuple(found)
