"""Statistics of a few values; None where there are too few of them to say."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from linewalker.brain.memory.statistic import Aggregate


def aggregated(values: Sequence[float], aggregate: Aggregate) -> float | None:
    """What an aggregate makes of values, in their unit.

    The spread is the standard deviation of a sample, with n - 1; one value has neither spread nor range.

    Raises:
        ValueError: the aggregate makes no single number of values.
    """
    count = len(values)
    match aggregate:
        case Aggregate.MEAN:
            return statistics.fmean(values) if count else None
        case Aggregate.MEDIAN:
            return statistics.median(values) if count else None
        case Aggregate.MIN:
            return min(values, default=None)
        case Aggregate.MAX:
            return max(values, default=None)
        case Aggregate.SUM:
            return math.fsum(values) if count else None
        case Aggregate.SPREAD:
            return statistics.stdev(values) if count > 1 else None
        case Aggregate.RANGE:
            return max(values) - min(values) if count > 1 else None
    raise ValueError(f"{aggregate} makes no number of values")


def capability(values: Sequence[float], lower: float, upper: float) -> tuple[float, float] | None:
    """Cp and Cpk: (upper - lower) / 6 s, and the distance of the mean to the nearer limit / 3 s.

    None of fewer than two values, and of values that are all the same.
    """
    spread = aggregated(values, Aggregate.SPREAD)
    if not spread:
        return None
    mean = statistics.fmean(values)
    return (upper - lower) / (6 * spread), min(upper - mean, mean - lower) / (3 * spread)
