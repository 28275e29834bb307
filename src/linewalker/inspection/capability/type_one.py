"""Type-1 study: one part of known value, measured again and again; bias and repeatability against the tolerance."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from linewalker.errors import InputError
from linewalker.geometry import Array

CAPABLE_INDEX = 1.33
FINEST_SHARE = 0.05  # of the tolerance, that a resolution may be
ENOUGH_VALUES = 50
FEWEST_VALUES = 10


@dataclass(frozen=True, kw_only=True)
class TypeOne:
    """Result of a type-1 study.

    Attributes:
        values: as measured.
        reference: the true value of the part.
        tolerance: width of the tolerance.
        share, spread: Cg = share T / (spread s); 0.2 and 6 in most plants.
        mean, std: of the values.
        bias: mean minus reference.
        t, p_value: Student's test of no bias.
        bias_low, bias_high: its two-sided 95 % interval.
        cg, cgk: indices; None where the values do not scatter.
        resolution: of the instrument; None if nobody said.
    """

    values: Array
    reference: float
    tolerance: float
    share: float
    spread: float
    mean: float
    std: float
    bias: float
    t: float | None
    p_value: float | None
    bias_low: float
    bias_high: float
    cg: float | None
    cgk: float | None
    resolution: float | None

    @property
    def fine_enough(self) -> bool | None:
        """Whether the resolution is at most 5 % of the tolerance; None if nobody said it."""
        return None if self.resolution is None else self.resolution <= FINEST_SHARE * self.tolerance

    @property
    def least_tolerance(self) -> float:
        """The narrowest tolerance for which Cg and Cgk reach `CAPABLE_INDEX`."""
        half = self.share / 2.0
        for_cg = CAPABLE_INDEX * self.spread * self.std / self.share
        return max(for_cg, (CAPABLE_INDEX * self.spread / 2.0 * self.std + abs(self.bias)) / half)


def type_one(
    values: Array,
    *,
    reference: float,
    tolerance: float,
    resolution: float | None = None,
    share: float = 0.2,
    spread: float = 6.0,
) -> TypeOne:
    """Bias, Cg and Cgk (AIAG MSA 4th ed., III.B; VDA 5:2021, 4.6).

    Cg = share T / (spread s); Cgk = (share T / 2 - abs(bias)) / (spread s / 2).

    Raises:
        InputError: fewer than ten values, or a tolerance or constant that is not above 0.
    """
    for name, number in (("tolerance", tolerance), ("share", share), ("spread", spread)):
        if not 0.0 < number < math.inf:
            raise InputError(f"{number:g} is no {name}; give one above 0", key=name)
    if resolution is not None and not 0.0 <= resolution < math.inf:
        raise InputError(f"{resolution:g} is no resolution; give 0 or more", key="resolution")
    if not math.isfinite(reference):
        raise InputError(f"{reference:g} is no reference; give the true value of the part", key="reference")
    if len(values) < FEWEST_VALUES:
        raise InputError(f"{len(values)} values; a type-1 study needs {FEWEST_VALUES}, better {ENOUGH_VALUES}")
    mean, std = float(values.mean()), float(values.std(ddof=1))
    bias, error = mean - reference, std / math.sqrt(len(values))
    reach = float(stats.t.ppf(0.975, len(values) - 1)) * error
    scatters = std > 1e-13 * max(abs(mean), abs(reference))
    return TypeOne(
        values=values,
        reference=reference,
        tolerance=tolerance,
        share=share,
        spread=spread,
        mean=mean,
        std=std,
        bias=bias,
        t=bias / error if scatters else None,
        p_value=float(2.0 * stats.t.sf(abs(bias) / error, len(values) - 1)) if scatters else None,
        bias_low=bias - reach,
        bias_high=bias + reach,
        cg=share * tolerance / (spread * std) if scatters else None,
        cgk=(share * tolerance / 2.0 - abs(bias)) / (spread * std / 2.0) if scatters else None,
        resolution=resolution,
    )
