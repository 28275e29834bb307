"""Probability of detection out of hits and misses (MIL-HDBK-1823A, appendix G): a logistic curve over the size."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special, stats

from linewalker.errors import InputError
from linewalker.geometry import Array

_NEWTON_STEPS = 60
_STEEPEST = 1e12
_FARTHEST = 10.0
"""Widths of the data (in x) beyond which no size is told: that would be no knowledge of theirs."""


@dataclass(frozen=True, kw_only=True)
class HitMiss:
    """logit POD = b0 + b1 x, where x is the size or its logarithm.

    Attributes:
        sizes: (n,) of the defects.
        hits: (n,) 1 found, 0 missed.
        logarithmic: whether x = ln size.
        b0, b1: maximum likelihood.
        covariance: (2, 2) of both, inverse of the Fisher information.
        deviance: -2 ln L.
    """

    sizes: Array
    hits: Array
    logarithmic: bool
    b0: float
    b1: float
    covariance: Array
    deviance: float

    def pod(self, size: Array) -> Array:
        """The curve."""
        return special.expit(self.b0 + self.b1 * self._x(np.asarray(size)))

    def size_of(self, pod: float) -> float:
        """The size that is found with this probability: a50, a90."""
        return self._size((float(special.logit(pod)) - self.b0) / self.b1)

    def wald_size(self, pod: float, confidence: float = 0.95) -> float | None:
        """Where the lower bound of the curve, eta - z se(eta), has this probability; None if it never has.

        Solves (b0 + b1 x - logit pod)^2 = z^2 Var(b0 + b1 x), which is Fieller's equation.
        """
        z, eta = float(stats.norm.ppf(confidence)), float(special.logit(pod))
        v = self.covariance
        a = self.b1**2 - z * z * v[1, 1]
        half = (self.b0 - eta) * self.b1 - z * z * v[0, 1]
        c = (self.b0 - eta) ** 2 - z * z * v[0, 0]
        root = half * half - a * c
        if a <= 0.0 or root < 0.0:
            return None
        at, x = (-half + math.sqrt(root)) / a, self._x(self.sizes)
        return self._size(at) if at - x.max() <= _FARTHEST * np.ptp(x) else None

    def likelihood_size(self, pod: float, confidence: float = 0.95) -> float | None:
        """As `wald_size`, by the likelihood ratio: the largest size for which that POD is not refuted; None: no end.

        2 (ln L - max ln L at logit POD(a) = eta) = z^2, z of the one-sided confidence: the profile likelihood.
        """
        z, eta = float(stats.norm.ppf(confidence)), float(special.logit(pod))
        x = self._x(self.sizes)
        width = float(np.ptp(x))
        start = (eta - self.b0) / self.b1

        def beyond(at: float) -> float:
            return profile_deviance(x - at, self.hits, eta, self.b1) - self.deviance - z * z

        reach = 0.05 * width
        while beyond(start + reach) < 0.0:
            reach *= 1.6
            if reach > _FARTHEST * width:
                return None
        return self._size(float(optimize.brentq(beyond, start, start + reach, xtol=1e-12 * width, rtol=1e-14)))

    def _x(self, size: Array) -> Array:
        return np.log(size) if self.logarithmic else size

    def _size(self, x: float) -> float:
        return math.exp(x) if self.logarithmic else x


def hit_miss(sizes: Array, hits: Array, *, logarithmic: bool = True) -> HitMiss:
    """Fit by maximum likelihood.

    Args:
        sizes: (n,) of the defects; above 0 where ``logarithmic``.
        hits: (n,) 1 found, 0 missed.

    Raises:
        InputError: only hits or only misses, or hits and misses do not overlap, so no curve is steep enough; or larger
            defects are found less often.
    """
    if logarithmic and not np.all(sizes > 0.0):
        raise InputError("a size is not above 0; use --scale linear, or correct it", key="size")
    found, missed = sizes[hits > 0], sizes[hits == 0]
    if not len(missed):
        proved = 0.05 ** (1.0 / len(hits))
        raise InputError(
            f"every defect was found: {len(hits)} of {len(hits)} prove a POD of {proved:.3f} at 95 %, of sizes such as "
            "these; a curve over the size needs misses, too",
            key="hit",
        )
    if not len(found):
        raise InputError("every defect was missed; a curve needs hits and misses", key="hit")
    if np.ptp(sizes) > 0.0 and (missed.max() <= found.min() or found.max() <= missed.min()):
        raise InputError(
            f"hits (from {found.min():g}) and misses (to {missed.max():g}) do not overlap, so any steep curve fits; "
            "add defects of sizes between, or many of one size",
            key="hit",
        )
    x = np.log(sizes) if logarithmic else sizes
    if not np.ptp(x) > 0.0:
        raise InputError("all defects have the same size; a curve needs several", key="size")
    middle, width = float(x.mean()), float(x.std())
    b, covariance = _newton((x - middle) / width, hits)
    if b[1] <= 0.0 or (math.log(9.0) - b[0]) / b[1] > _FARTHEST:  # in standard deviations of x
        raise InputError(
            "larger defects are not found more often, or hardly; is the column of sizes the right one?", key="size"
        )
    turn = np.array([[1.0, -middle / width], [0.0, 1.0 / width]])
    b0, b1 = turn @ b
    return HitMiss(
        sizes=sizes,
        hits=hits,
        logarithmic=logarithmic,
        b0=float(b0),
        b1=float(b1),
        covariance=turn @ covariance @ turn.T,
        deviance=_deviance(b0 + b1 * x, hits),
    )


def profile_deviance(offset: Array, hits: Array, eta: float, start: float) -> float:
    """Least -2 ln L over the slope b of logits eta + b offset, a convex function of it."""

    def slope_of(b: float) -> float:
        return float(offset @ (special.expit(eta + b * offset) - hits))

    low = high = start
    step = abs(start)
    while slope_of(low) > 0.0 and step < _STEEPEST:
        low, step = low - step, 2.0 * step
    step = abs(start)
    while slope_of(high) < 0.0 and step < _STEEPEST:
        high, step = high + step, 2.0 * step
    best = low if low == high else optimize.brentq(slope_of, low, high, xtol=1e-13 * abs(start), rtol=1e-14)
    return _deviance(eta + best * offset, hits)


def _newton(x: Array, hits: Array) -> tuple[Array, Array]:
    """Coefficients and covariance, by iteratively reweighted least squares."""
    design = np.column_stack((np.ones_like(x), x))
    b = np.zeros(2)
    for _ in range(_NEWTON_STEPS):
        p = special.expit(design @ b)
        information = design.T @ (design * (p * (1.0 - p))[:, None])
        step = np.linalg.solve(information, design.T @ (hits - p))
        while _deviance(design @ (b + step), hits) > _deviance(design @ b, hits) + 1e-9:
            step = 0.5 * step
        b = b + step
        if np.max(np.abs(step)) < 1e-12 * (1.0 + np.max(np.abs(b))):
            break
    p = special.expit(design @ b)
    return b, np.linalg.inv(design.T @ (design * (p * (1.0 - p))[:, None]))


def _deviance(logits: Array, hits: Array) -> float:
    """-2 ln L."""
    return float(2.0 * np.sum(np.logaddexp(0.0, np.where(hits > 0, -logits, logits))))
