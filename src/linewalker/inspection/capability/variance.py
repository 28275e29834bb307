"""Analysis of variance of balanced studies: parts alone, parts x operators, parts within operators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from linewalker.geometry import Array


@dataclass(frozen=True, kw_only=True)
class Source:
    """A line of the table.

    Attributes:
        name: ``part``, ``operator``, ``interaction``, ``repeatability`` or ``total``.
        df: degrees of freedom.
        sum_sq, mean_sq: sum of squares, and over df.
        f, p_value: against the mean square it is tested by; None for repeatability and total.
    """

    name: str
    df: int
    sum_sq: float
    f: float | None = None
    p_value: float | None = None

    @property
    def mean_sq(self) -> float:
        return self.sum_sq / self.df


Anova = tuple[Source, ...]


def anova_of_parts(values: Array) -> Anova:
    """One-way. Args: values: (parts, trials)."""
    parts, trials = values.shape
    means = values.mean(axis=1)
    between = Source(name="part", df=parts - 1, sum_sq=trials * _squares(means))
    within = Source(name="repeatability", df=parts * (trials - 1), sum_sq=_squares(values, means[:, None]))
    return (_tested(between, within), within, _total(values))


def anova_crossed(values: Array) -> Anova:
    """Two-way, random effects: part and operator are tested by the interaction, that by the repeatability.

    Args:
        values: (parts, operators, trials).
    """
    parts, operators, trials = values.shape
    cells = values.mean(axis=2)
    by_part, by_operator = cells.mean(axis=1), cells.mean(axis=0)
    additive = by_part[:, None] + by_operator[None, :] - cells.mean()
    part = Source(name="part", df=parts - 1, sum_sq=operators * trials * _squares(by_part))
    operator = Source(name="operator", df=operators - 1, sum_sq=parts * trials * _squares(by_operator))
    both = Source(name="interaction", df=(parts - 1) * (operators - 1), sum_sq=trials * _squares(cells, additive))
    error = Source(name="repeatability", df=parts * operators * (trials - 1), sum_sq=_squares(values, cells[..., None]))
    return (_tested(part, both), _tested(operator, both), _tested(both, error), error, _total(values))


def pooled(anova: Anova) -> Anova:
    """A crossed table whose interaction is put to the repeatability, which then tests the rest."""
    part, operator, both, error, total = anova
    error = Source(name="repeatability", df=both.df + error.df, sum_sq=both.sum_sq + error.sum_sq)
    return (_tested(part, error), _tested(operator, error), error, total)


def anova_nested(values: Array) -> Anova:
    """Parts within operators: operators are tested by the parts, these by the repeatability.

    Args:
        values: (operators, parts of each, trials).
    """
    operators, parts, trials = values.shape
    cells = values.mean(axis=2)
    by_operator = cells.mean(axis=1)
    operator = Source(name="operator", df=operators - 1, sum_sq=parts * trials * _squares(by_operator))
    part = Source(name="part", df=operators * (parts - 1), sum_sq=trials * _squares(cells, by_operator[:, None]))
    error = Source(name="repeatability", df=operators * parts * (trials - 1), sum_sq=_squares(values, cells[..., None]))
    return (_tested(operator, part), _tested(part, error), error, _total(values))


def _squares(values: Array, centre: Array | None = None) -> float:
    """Sum of squares about the mean, or about something else."""
    return float(np.sum((values - (values.mean() if centre is None else centre)) ** 2))


def _tested(source: Source, by: Source) -> Source:
    if not by.df or not by.sum_sq > 0.0 or not source.df:
        return source
    f = source.mean_sq / by.mean_sq
    p_value = float(stats.f.sf(f, source.df, by.df))
    return Source(name=source.name, df=source.df, sum_sq=source.sum_sq, f=f, p_value=p_value)


def _total(values: Array) -> Source:
    return Source(name="total", df=values.size - 1, sum_sq=_squares(values))
