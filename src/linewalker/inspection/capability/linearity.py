"""Linearity: is the bias the same over the whole range?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.capability.straight_line import Line, fit_line

FEWEST_REFERENCES = 3


@dataclass(frozen=True, kw_only=True)
class AtReference:
    """What was measured of the parts of one true value.

    Attributes:
        reference: that.
        count: values.
        bias: their mean minus the reference.
        std: theirs; None of one value.
        t, p_value: Student's test of no bias; None without scatter.
    """

    reference: float
    count: int
    bias: float
    std: float | None
    t: float | None
    p_value: float | None


@dataclass(frozen=True, kw_only=True)
class Linearity:
    """Result of a linearity study.

    Attributes:
        references, biases: (n,) the points.
        levels: each reference.
        line: of the bias over the reference.
        f, p_value: test of lack of fit; None where it can not be made.
        repeatability: standard deviation within references, u_EVR; None without repeats.
        linearity_std: root mean square of the lack of fit, u_LIN of ISO 22514-7 (A.1); None where it can not be told.
    """

    references: Array
    biases: Array
    levels: tuple[AtReference, ...]
    line: Line
    f: float | None
    p_value: float | None
    repeatability: float | None
    linearity_std: float | None

    @property
    def mean_bias(self) -> float:
        """Over all points."""
        return float(self.biases.mean())

    @property
    def zero_within_band(self) -> bool:
        """Whether the line of no bias lies in the 95 % band of the fitted one at every reference (AIAG MSA III.B)."""
        x = np.array([level.reference for level in self.levels])
        return bool(np.all(np.abs(self.line.at(x)) <= self.line.band(x)))

    @property
    def greatest(self) -> AtReference:
        """The level of the greatest bias."""
        return max(self.levels, key=lambda level: abs(level.bias))


def linearity(references: Array, values: Array) -> Linearity:
    """Regression of the bias on the reference, and its lack of fit (AIAG MSA 4th ed., III.B; ISO 22514-7:2012, A.1).

    Raises:
        InputError: fewer than three references.
    """
    distinct = np.unique(references)
    if len(distinct) < FEWEST_REFERENCES:
        raise InputError(
            f"{len(distinct)} reference(s); linearity needs {FEWEST_REFERENCES}, better 5, over the whole range",
            key="reference",
        )
    biases = values - references
    groups = [biases[references == reference] for reference in distinct]
    line = fit_line(references, biases)
    pure = float(sum(np.sum((group - group.mean()) ** 2) for group in groups))
    pure_df, lack_df = len(values) - len(groups), len(groups) - 2
    lack = max(float(np.sum((biases - line.at(references)) ** 2)) - pure, 0.0)
    f = p_value = None
    if pure_df and pure > 0.0:
        f = (lack / lack_df) / (pure / pure_df)
        p_value = float(stats.f.sf(f, lack_df, pure_df))
    return Linearity(
        references=references,
        biases=biases,
        levels=tuple(_level(float(reference), group) for reference, group in zip(distinct, groups)),
        line=line,
        f=f,
        p_value=p_value,
        repeatability=math.sqrt(pure / pure_df) if pure_df else None,
        linearity_std=math.sqrt(lack / lack_df) if pure_df else None,
    )


def _level(reference: float, biases: Array) -> AtReference:
    count, mean = len(biases), float(biases.mean())
    std = float(biases.std(ddof=1)) if count > 1 else None
    t = mean / (std / math.sqrt(count)) if std else None
    p_value = None if t is None else float(2.0 * stats.t.sf(abs(t), count - 1))
    return AtReference(reference=reference, count=count, bias=mean, std=std, t=t, p_value=p_value)
