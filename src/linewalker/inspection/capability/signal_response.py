"""Probability of detection out of signals (MIL-HDBK-1823A, a-hat against a): a line through points, some censored."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.capability.straight_line import fit_line

_FEWEST_SEEN = 5
_FARTHEST = 10.0  # widths of the data (in x) beyond which no size is told

Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class SignalResponse:
    """y = b0 + b1 x + N(0, tau^2); a defect is found if y is above the decision threshold.

    Attributes:
        sizes, signals: (n,) as given.
        log_size, log_signal: whether x, y are logarithms.
        b0, b1, tau: maximum likelihood; tau with n - 2 degrees of freedom, n the signals that are not censored.
        covariance: (3, 3) of them.
        threshold: signal from which a defect counts as found.
        low, high: signals below and above which nothing was told apart; None if there are none.
    """

    sizes: Array
    signals: Array
    log_size: bool
    log_signal: bool
    b0: float
    b1: float
    tau: float
    covariance: Array
    threshold: float
    low: float | None
    high: float | None

    @property
    def mu(self) -> float:
        """x of a50."""
        return (self._y(self.threshold) - self.b0) / self.b1

    @property
    def sigma(self) -> float:
        """Width of the curve in x."""
        return self.tau / self.b1

    def pod(self, size: Array) -> Array:
        """Phi((x - mu) / sigma)."""
        return np.asarray(stats.norm.cdf((self._x(np.asarray(size)) - self.mu) / self.sigma))

    def size_of(self, pod: float) -> float:
        """The size that is found with this probability: a50, a90."""
        return self._size(self.mu + float(stats.norm.ppf(pod)) * self.sigma)

    def wald_size(self, pod: float, confidence: float = 0.95) -> float | None:
        """Upper bound of `size_of` by the delta method on mu and sigma."""
        w, z = float(stats.norm.ppf(pod)), float(stats.norm.ppf(confidence))
        gradient = -np.array([1.0, self.mu + w * self.sigma, -w]) / self.b1
        error = math.sqrt(float(gradient @ self.covariance @ gradient))
        return self._size(self.mu + w * self.sigma + z * error)

    def exact_size(self, pod: float, confidence: float = 0.95) -> float | None:
        """Upper bound of `size_of` that holds for any number of defects; None of censored signals, or without end.

        Where the lower bound of P(y > threshold) at x reaches ``pod``: a one-sided normal tolerance limit about the
        line, by the noncentral t distribution (Owen 1968).
        """
        w = float(stats.norm.ppf(pod))
        df = len(self.sizes) - 2
        line = self.covariance[:2, :2] / self.tau**2

        def short(x: float) -> float:
            lever = math.sqrt(line[0, 0] + 2.0 * x * line[0, 1] + x * x * line[1, 1])
            factor = lever * float(stats.nct.ppf(confidence, df, w / lever))
            return self.b0 + self.b1 * x - self._y(self.threshold) - factor * self.tau

        start, reach = self.mu + w * self.sigma, self.sigma
        if self.censored:
            return None
        while short(start + reach) < 0.0:
            reach *= 2.0
            if reach > _FARTHEST * np.ptp(self._x(self.sizes)):
                return None
        return self._size(float(optimize.brentq(short, start, start + reach)))

    @property
    def censored(self) -> bool:
        """Whether some signals say only that they are at most, or at least, something."""
        below = self.low is not None and bool(np.any(self.signals <= self.low))
        return below or (self.high is not None and bool(np.any(self.signals >= self.high)))

    def _x(self, size: Array) -> Array:
        return np.log(size) if self.log_size else size

    def _y(self, signal: float) -> float:
        return math.log(signal) if self.log_signal else signal

    def _size(self, x: float) -> float:
        return math.exp(x) if self.log_size else x


def signal_response(
    sizes: Array,
    signals: Array,
    threshold: float,
    *,
    low: float | None = None,
    high: float | None = None,
    log_size: bool = True,
    log_signal: bool = True,
) -> SignalResponse:
    """Fit by maximum likelihood.

    Args:
        sizes, signals: (n,); above 0 where they become logarithms.
        threshold: signal from which a defect counts as found.
        low, high: a signal at or below ``low`` says only that it is at most that, one at or above ``high`` only that
            it is at least that.

    Raises:
        InputError: too few signals are left, logarithms of what is not above 0, or signals that do not grow with size.
    """
    _check(sizes, signals, threshold, (low, high), (log_size, log_signal))
    x = np.log(sizes) if log_size else sizes
    y = np.log(signals) if log_signal else signals
    below = signals <= low if low is not None else np.zeros(len(signals), dtype=bool)
    above = signals >= high if high is not None else np.zeros(len(signals), dtype=bool)
    y = np.clip(y, *_ends(low, high, log_signal))
    b, covariance = _fitted(x, y, below, above)
    fit = SignalResponse(
        sizes=sizes,
        signals=signals,
        log_size=log_size,
        log_signal=log_signal,
        b0=float(b[0]),
        b1=float(b[1]),
        tau=float(b[2]),
        covariance=covariance,
        threshold=threshold,
        low=low,
        high=high,
    )
    if not np.min(x) - _FARTHEST * np.ptp(x) < fit.mu + 2.0 * fit.sigma < np.max(x) + _FARTHEST * np.ptp(x):
        raise InputError(
            "the signals of these sizes are too far from the threshold to tell a size; choose another, or add sizes",
            key="threshold",
        )
    return fit


def _fitted(x: Array, y: Array, below: Flags, above: Flags) -> tuple[Array, Array]:
    """b0, b1, tau and their covariance."""
    seen = ~(below | above)
    count = int(seen.sum())
    if count < _FEWEST_SEEN or not np.ptp(x[seen]) > 0.0:
        raise InputError(f"{count} signals that are not censored; at least {_FEWEST_SEEN} are needed", key="signal")
    line = fit_line(x[seen], y[seen])
    if not line.std > 1e-12 * np.ptp(y):
        raise InputError("the signals do not scatter; these are no measured ones", key="signal")
    b, covariance = np.array([line.intercept, line.slope, line.std]), np.zeros((3, 3))
    if seen.all():
        covariance[:2, :2] = line.covariance
        covariance[2, 2] = line.std**2 / (2.0 * line.df)
    else:
        b, covariance = _censored(x, y, below, above, b)
    if b[1] <= 0.0:
        raise InputError("signals do not grow with size; is the column of sizes the right one?", key="size")
    return b, covariance


def _check(
    sizes: Array, signals: Array, threshold: float, ends: tuple[float | None, float | None], logs: tuple[bool, bool]
) -> None:
    for name, values, asked in (("size", sizes, logs[0]), ("signal", signals, logs[1])):
        if asked and not np.all(values > 0.0):
            raise InputError(f"a {name} is not above 0; use a linear scale for it, or correct it", key=name)
    low, high = ends
    if not math.isfinite(threshold) or (logs[1] and threshold <= 0.0):
        raise InputError(
            f"{threshold:g} is no threshold; give a signal, above 0 if its scale is logarithmic", key="threshold"
        )
    if (low is not None and threshold < low) or (high is not None and threshold > high):
        raise InputError(
            f"{threshold:g} lies where signals are censored; nothing is known of them there", key="threshold"
        )
    if low is not None and high is not None and not low < high:
        raise InputError("signals are censored below a value that is less than the one above which they are", key="low")


def _ends(low: float | None, high: float | None, log: bool) -> tuple[float, float]:
    ends = -math.inf if low is None else low, math.inf if high is None else high
    return tuple(math.log(end) if log and 0.0 < end < math.inf else end for end in ends)  # type: ignore[return-value]


def censored_likelihood(b: Array, x: Array, y: Array, below: Flags, above: Flags) -> float:
    """-ln L of y = b0 + b1 x + N(0, tau^2) where some y say only that they are at most, or at least, that.

    Args:
        b: b0, b1, ln tau.
    """
    z = (y - b[0] - b[1] * x) / math.exp(b[2])
    seen = ~(below | above)
    total = np.sum(0.5 * z[seen] ** 2 + b[2]) + 0.5 * seen.sum() * math.log(2.0 * math.pi)
    return float(total - np.sum(stats.norm.logcdf(z[below])) - np.sum(stats.norm.logsf(z[above])))


def _censored(x: Array, y: Array, below: Flags, above: Flags, first: Array) -> tuple[Array, Array]:
    """b0, b1, tau and their covariance; worked out where x and y have mean 0 and spread 1."""
    mx, sx, my, sy = x.mean(), x.std(), y.mean(), y.std()
    arguments = ((x - mx) / sx, (y - my) / sy, below, above)
    start = np.array([(first[0] + first[1] * mx - my) / sy, first[1] * sx / sy, math.log(first[2] / sy)])
    precise = {"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000, "maxfev": 8000}
    b = optimize.minimize(censored_likelihood, start, args=arguments, method="Nelder-Mead", options=precise).x
    count = int((~(below | above)).sum())
    unbiased = count / (count - 2.0)
    tau = math.exp(b[2]) * math.sqrt(unbiased)
    turn = sy * np.array([[1.0, -mx / sx, 0.0], [0.0, 1.0 / sx, 0.0], [0.0, 0.0, 1.0]])
    scale = np.diag([1.0, 1.0, tau])  # from ln tau to tau
    covariance = scale @ np.linalg.inv(_curvature(b, arguments)) @ scale * unbiased
    return turn @ [b[0], b[1], tau] + [my, 0.0, 0.0], turn @ covariance @ turn.T


def _curvature(b: Array, arguments: tuple[Array, Array, Flags, Flags]) -> Array:
    """Second derivatives by central differences."""
    steps = 1e-4 * np.maximum(np.abs(b), 1.0)
    found = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            di, dj = np.eye(3)[i] * steps[i], np.eye(3)[j] * steps[j]
            values = [
                censored_likelihood(b + si * di + sj * dj, *arguments) * si * sj for si in (1, -1) for sj in (1, -1)
            ]
            found[i, j] = sum(values) / (4.0 * steps[i] * steps[j])
    return found
