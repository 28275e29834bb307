"""The shape of a rolled edge as it is, learnt from all profiles of a scan, with CAD as what is believed beforehand.

Each profile says something of radius R, aspect e and roll-off w of the edge (`edge_fit`): a log-likelihood that is
quadratic about the shape its fit used. The sum over the profiles is joined with the belief

    R ~ N(R_CAD, (0.058 R_CAD)^2);   w ~ N(0, (0.04 mm)^2)
    e = 1 (round) with probability 0.6, else e ~ N(1, 0.10^2)

The points end where the laser grazes the edge, and few numbers are told far better by them than many. Whether the edge
is round, the evidence decides (Bayesian model averaging, Hoeting et al. 1999, eq. 1 to 4): the shape is the weighted
mean of both answers, and its covariance holds the spread of each and between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Array
from linewalker.inspection.seam.edge_fit import EdgeFit, Outline

_RADIUS_STD = 0.1 / np.sqrt(3)  # of the CAD radius: anything within 10 %
_ASPECT_STD = 0.10
_ROLL_OFF_STD_MM = 0.04
_ROUND = 0.6


@dataclass(frozen=True, kw_only=True)
class EdgeShape:
    """What is known of an edge after a scan.

    Attributes:
        outline: the edge, on a flat skin.
        covariance: of its `Outline.shape`, (3, 3).
        by_wave: change of the shape with an error of the profiler, see `EdgeFit`, (3, 8).
    """

    outline: Outline
    covariance: Array
    by_wave: Array

    @property
    def radius_std_mm(self) -> float:
        """Standard deviation of the radius."""
        return float(np.sqrt(self.covariance[0, 0]))


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """Mean (3,) and covariance (3, 3) of the shape under one assumption, and the logarithm of its evidence."""

    mean: Array
    covariance: Array
    evidence: float


def learn_shape(fits: Sequence[EdgeFit], cad: Outline) -> EdgeShape:
    """The shape of the edge that all these fits, made with one outline, have seen.

    Args:
        fits: at least one.
        cad: what the edge should be.
    """
    score = sum((fit.shape_score for fit in fits), np.zeros(3))
    information = sum((fit.shape_information for fit in fits), np.zeros((3, 3)))
    spread = np.array([_RADIUS_STD * cad.radius_mm, _ASPECT_STD, _ROLL_OFF_STD_MM])
    used, believed = fits[0].outline.shape, cad.shape
    circle = _answer(score, information, used, believed, spread * [1, 0, 1])
    ellipse = _answer(score, information, used, believed, spread)
    odds = _ROUND / (1 - _ROUND) * np.exp(np.clip(circle.evidence - ellipse.evidence, -50, 50))
    shares = np.array([odds, 1.0]) / (1 + odds)
    mean = shares @ [circle.mean, ellipse.mean]
    within, between = np.zeros((2, 3, 3))
    for share, answer in zip(shares, (circle, ellipse)):
        within += share * answer.covariance
        between += share * np.outer(answer.mean - mean, answer.mean - mean)
    radius, aspect, roll_off = (float(number) for number in mean)
    return EdgeShape(
        outline=Outline(radius_mm=radius, aspect=aspect, roll_off_mm=roll_off),
        covariance=within + between,
        by_wave=within @ sum((fit.score_by_wave for fit in fits), np.zeros((3, 8))),
    )


def _answer(score: Array, information: Array, used: Array, believed: Array, spread: Array) -> _Answer:
    """The shape where what is believed of it has this spread; zero holds a number.

    The log-likelihood is score . x - x . information x / 2 in the step x away from what the fits used.
    """
    free = np.flatnonzero(spread)
    held = np.where(spread > 0, 0.0, believed - used)
    precision, offset = spread[free] ** -2.0, (believed - used)[free]
    total = information[np.ix_(free, free)] + np.diag(precision)
    pull = score[free] - (information @ held)[free] + precision * offset
    step = held.copy()
    step[free] = np.linalg.solve(total, pull)
    covariance = np.zeros((3, 3))
    covariance[np.ix_(free, free)] = np.linalg.inv(total)
    evidence = score @ held - 0.5 * held @ information @ held
    evidence += 0.5 * (pull @ step[free] - precision @ offset**2 + np.log(precision.prod() / np.linalg.det(total)))
    return _Answer(mean=used + step, covariance=covariance, evidence=float(evidence))
