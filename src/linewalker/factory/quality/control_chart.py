"""Individuals and moving-range charts, and Nelson's rules.

The centre line is the mean, and sigma comes from the moving range of two, MR / d2 with d2 = 1.128 (ISO 7870-2;
Montgomery, Introduction to Statistical Quality Control, 6.4), so that a drift does not widen the limits that are to
find it.
The rules are those of Nelson, The Shewhart Control Chart: Tests for Special Causes, J. Quality Technology 16 (1984).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

D2, D4 = 1.128, 3.267
"""Of ranges of two values."""
FEWEST = 2

Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class ControlChart:
    """An individuals chart with its moving ranges.

    Attributes:
        values: (n,) in their order, n >= 2.
        moving_ranges: (n - 1,).
        mean, sigma: centre line, and standard deviation from the moving ranges; 0 if all values are equal.
        broken: by the number of a rule of Nelson (1 to 8) the indexes of the points that end a pattern of it.
    """

    values: NDArray[np.float64]
    moving_ranges: NDArray[np.float64]
    mean: float
    sigma: float
    broken: dict[int, tuple[int, ...]]

    @property
    def limits(self) -> tuple[float, float]:
        """Of the individuals: three sigma on either side."""
        return self.mean - 3.0 * self.sigma, self.mean + 3.0 * self.sigma

    @property
    def mean_range(self) -> float:
        """Centre line of the moving ranges."""
        return float(self.moving_ranges.mean())

    @property
    def range_limit(self) -> float:
        """Upper limit of the moving ranges; the lower one is 0."""
        return D4 * self.mean_range


def control_chart(values: ArrayLike) -> ControlChart:
    """The chart of values in the order in which they were measured.

    Raises:
        ValueError: fewer than two values, or one that is no number.
    """
    x = np.asarray(values, float)
    if len(x) < FEWEST or not np.isfinite(x).all():
        raise ValueError(f"a control chart has {FEWEST} numbers or more, got {len(x)}")
    ranges = np.abs(np.diff(x))
    sigma = float(ranges.mean()) / D2
    mean = float(x.mean())
    return ControlChart(values=x, moving_ranges=ranges, mean=mean, sigma=sigma, broken=nelson_rules(x, mean, sigma))


def nelson_rules(values: ArrayLike, mean: float, sigma: float) -> dict[int, tuple[int, ...]]:
    """Which points end which pattern; rules that no point breaks are left out. Without any spread none is broken."""
    x = np.asarray(values, float)
    if sigma <= 0.0:
        return {}
    z = (x - mean) / sigma
    side, step = np.sign(z), np.sign(np.diff(x, prepend=np.nan))
    turn = step * np.roll(step, 1)
    found = {
        1: np.abs(z) > 3.0,
        2: _run(side > 0, 9) | _run(side < 0, 9),
        3: _run(step > 0, 5) | _run(step < 0, 5),  # six points in a row make five steps
        4: _run(turn < 0, 12),  # fourteen points make thirteen steps and twelve turns
        5: _most(z > 2.0, 2, 3) | _most(z < -2.0, 2, 3),
        6: _most(z > 1.0, 4, 5) | _most(z < -1.0, 4, 5),
        7: _run(np.abs(z) < 1.0, 15),
        8: _run(np.abs(z) > 1.0, 8),
    }
    return {rule: tuple(np.flatnonzero(flags).tolist()) for rule, flags in found.items() if flags.any()}


def _run(flags: Flags, length: int) -> Flags:
    """Points that are the last of so many in a row."""
    return _most(flags, length, length)


def _most(flags: Flags, wanted: int, among: int) -> Flags:
    """Points that have the flag and are the last of ``among`` points of which ``wanted`` or more have it."""
    before = np.concatenate((np.zeros(among, int), np.cumsum(flags, dtype=int)))
    return flags & (before[among:] - before[:-among] >= wanted)
