"""Gauge repeatability and reproducibility: what part of the variation is the gauge's, by ANOVA or by ranges."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.capability.grade import Grade, at_least, at_most
from linewalker.inspection.capability.ranges import range_constants
from linewalker.inspection.capability.variance import (
    Anova,
    anova_crossed,
    anova_nested,
    anova_of_parts,
    pooled,
)

GOOD_PERCENT, MARGINAL_PERCENT = 10.0, 30.0  # AIAG MSA 4th ed., II.D
ENOUGH_CATEGORIES, FEWEST_CATEGORIES = 5, 2
POOL_ABOVE = 0.05
_STUDY_WIDTH = 6.0  # standard deviations
_CATEGORIES = 1.41


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """Result of a GRR study; standard deviations in the unit of the values.

    Attributes:
        method: ``crossed``, ``nested``, ``parts`` or ``range``.
        repeatability: EV.
        operators: AV; 0 where there is one.
        interaction: of operators and parts; 0 where it was pooled or can not be told.
        part: PV.
        tolerance: width; None if nobody said.
        anova: the tables: the full one and, where it was pooled, the one without interaction; empty for ranges.
    """

    method: str
    repeatability: float
    operators: float
    interaction: float
    part: float
    tolerance: float | None = None
    anova: tuple[Anova, ...] = ()

    @property
    def reproducibility(self) -> float:
        """Operators and interaction."""
        return math.hypot(self.operators, self.interaction)

    @property
    def grr(self) -> float:
        """Repeatability and reproducibility."""
        return math.hypot(self.repeatability, self.reproducibility)

    @property
    def total(self) -> float:
        """TV."""
        return math.hypot(self.grr, self.part)

    @property
    def parts(self) -> dict[str, float]:
        """The lines of the table: name -> standard deviation."""
        return {
            "grr": self.grr,
            "repeatability": self.repeatability,
            "reproducibility": self.reproducibility,
            "operators": self.operators,
            "interaction": self.interaction,
            "part": self.part,
            "total": self.total,
        }

    def contribution_percent(self, sigma: float) -> float:
        """Share of the total variance."""
        return 100.0 * (sigma / self.total) ** 2

    def study_percent(self, sigma: float) -> float:
        """Share of the total standard deviation."""
        return 100.0 * sigma / self.total

    def tolerance_percent(self, sigma: float) -> float | None:
        """Six standard deviations over the tolerance."""
        return None if self.tolerance is None else 100.0 * _STUDY_WIDTH * sigma / self.tolerance

    @property
    def ndc(self) -> int | None:
        """Number of distinct categories, 1.41 PV / GRR rounded down; None where the gauge does not scatter."""
        return math.floor(_CATEGORIES * self.part / self.grr) if self.grr > 0.0 else None

    @property
    def grades(self) -> dict[str, Grade]:
        """Of GRR against the study and the tolerance, and of ndc."""
        found = {"study": at_most(self.study_percent(self.grr), GOOD_PERCENT, MARGINAL_PERCENT)}
        share = self.tolerance_percent(self.grr)
        if share is not None:
            found["tolerance"] = at_most(share, GOOD_PERCENT, MARGINAL_PERCENT)
        if self.ndc is not None:
            found["ndc"] = at_least(self.ndc, ENOUGH_CATEGORIES, FEWEST_CATEGORIES)
        return found


def gauge_crossed(values: Array, *, tolerance: float | None = None, pool_above: float = POOL_ABOVE) -> Gauge:
    """Every operator measures every part (AIAG MSA 4th ed., III.B and appendix A; ISO 22514-7:2012, A.2).

    The interaction is put to the repeatability if its p-value is above ``pool_above``. Negative components are 0.

    Args:
        values: (parts, operators, trials), each two or more.

    Raises:
        InputError: too few of something, or values that are all alike.
    """
    parts, operators, trials = _checked(values, ("part", "operator", "trial"), tolerance)
    full = anova_crossed(values)
    part, operator, both, error, _ = full
    if both.p_value is not None and both.p_value <= pool_above:
        return Gauge(
            method="crossed",
            repeatability=math.sqrt(error.mean_sq),
            operators=_sigma(operator.mean_sq - both.mean_sq, parts * trials),
            interaction=_sigma(both.mean_sq - error.mean_sq, trials),
            part=_sigma(part.mean_sq - both.mean_sq, operators * trials),
            tolerance=tolerance,
            anova=(full,),
        )
    reduced = pooled(full)
    part, operator, error, _ = reduced
    return Gauge(
        method="crossed",
        repeatability=math.sqrt(error.mean_sq),
        operators=_sigma(operator.mean_sq - error.mean_sq, parts * trials),
        interaction=0.0,
        part=_sigma(part.mean_sq - error.mean_sq, operators * trials),
        tolerance=tolerance,
        anova=(full, reduced),
    )


def gauge_nested(values: Array, *, tolerance: float | None = None) -> Gauge:
    """Every operator has parts of his own, as where a test destroys them or they stay where they are.

    Args:
        values: (operators, parts of each, trials), each two or more.

    Raises:
        InputError: as `gauge_crossed`.
    """
    _, parts, trials = _checked(values, ("operator", "part", "trial"), tolerance)
    table = anova_nested(values)
    operator, part, error, _ = table
    return Gauge(
        method="nested",
        repeatability=math.sqrt(error.mean_sq),
        operators=_sigma(operator.mean_sq - part.mean_sq, parts * trials),
        interaction=0.0,
        part=_sigma(part.mean_sq - error.mean_sq, trials),
        tolerance=tolerance,
        anova=(table,),
    )


def gauge_of_parts(values: Array, *, tolerance: float | None = None) -> Gauge:
    """A gauge that no operator influences, such as a robot (type 3).

    Args:
        values: (parts, trials), each two or more.

    Raises:
        InputError: as `gauge_crossed`.
    """
    _, trials = _checked(values, ("part", "trial"), tolerance)
    table = anova_of_parts(values)
    part, error, _ = table
    return Gauge(
        method="parts",
        repeatability=math.sqrt(error.mean_sq),
        operators=0.0,
        interaction=0.0,
        part=_sigma(part.mean_sq - error.mean_sq, trials),
        tolerance=tolerance,
        anova=(table,),
    )


def gauge_by_ranges(values: Array, *, tolerance: float | None = None) -> Gauge:
    """Average-and-range method (AIAG MSA 4th ed., III.B): EV = R K1, AV2 = (X_diff K2)^2 - EV^2 / (n r), PV = R_p K3.

    K1 = 1 / d2, K2 and K3 = 1 / d2* of one range, unrounded.

    Args:
        values: (parts, operators, trials), each two or more.

    Raises:
        InputError: as `gauge_crossed`.
    """
    parts, operators, trials = _checked(values, ("part", "operator", "trial"), tolerance)
    repeatability = float(np.ptp(values, axis=2).mean()) / range_constants(trials).mean
    by_operator, by_part = values.mean(axis=(0, 2)), values.mean(axis=(1, 2))
    difference = float(np.ptp(by_operator)) / range_constants(operators).of_one
    return Gauge(
        method="range",
        repeatability=repeatability,
        operators=_sigma(difference**2 - repeatability**2 / (parts * trials), 1),
        interaction=0.0,
        part=float(np.ptp(by_part)) / range_constants(parts).of_one,
        tolerance=tolerance,
    )


def _sigma(difference: float, count: int) -> float:
    """Of a component of variance; a negative one is none."""
    return math.sqrt(max(difference, 0.0) / count)


def _checked(values: Array, axes: tuple[str, ...], tolerance: float | None) -> tuple[int, ...]:
    for name, count in zip(axes, values.shape, strict=True):
        if count < 2:
            raise InputError(f"{count} {name}; a GRR study needs 2 or more of each", key=name)
    if tolerance is not None and not 0.0 < tolerance < math.inf:
        raise InputError(f"{tolerance:g} is no tolerance; give its width, above 0", key="tolerance")
    if not np.ptp(values) > 0.0:
        raise InputError("all values are the same; nothing can be told of a gauge that resolves nothing", key="value")
    return values.shape
