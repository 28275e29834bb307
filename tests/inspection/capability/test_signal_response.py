"""Signals over sizes: the line behind the curve, censored points, coverage, refusals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats

from linewalker.errors import InputError
from linewalker.inspection.capability.signal_response import censored_likelihood, signal_response

THRESHOLD = 3.0


def drawn(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """ln y = 1 + 0.8 ln x + N(0, 0.3)."""
    sizes = np.exp(rng.uniform(-2.0, 2.0, count))
    return sizes, np.exp(1.0 + 0.8 * np.log(sizes) + rng.normal(0.0, 0.3, count))


def test_without_censoring_it_is_a_regression() -> None:
    sizes, signals = drawn(np.random.default_rng(1), 40)
    fit = signal_response(sizes, signals, THRESHOLD)
    line = stats.linregress(np.log(sizes), np.log(signals))
    assert (fit.b0, fit.b1) == pytest.approx((line.intercept, line.slope))
    a50 = np.exp((np.log(THRESHOLD) - line.intercept) / line.slope)
    assert fit.size_of(0.5) == pytest.approx(a50)
    assert fit.size_of(0.9) == pytest.approx(a50 * np.exp(1.281552 * fit.tau / line.slope), rel=1e-6)
    assert fit.pod(np.array([a50])) == pytest.approx([0.5])


def test_censoring_that_hides_nothing_gives_the_same_numbers() -> None:
    sizes, signals = drawn(np.random.default_rng(2), 60)
    whole = signal_response(sizes, signals, THRESHOLD)
    b, covariance = (whole.b0, whole.b1, whole.tau), whole.covariance
    hidden = signal_response(sizes, signals, THRESHOLD, low=float(signals.min()))  # one point says little less
    assert (hidden.b0, hidden.b1, hidden.tau) == pytest.approx(b, rel=0.02)
    np.testing.assert_allclose(np.diag(hidden.covariance), np.diag(covariance), rtol=0.1)


def test_censored_signals_are_fitted_as_an_independent_optimiser_does() -> None:
    sizes, signals = drawn(np.random.default_rng(3), 80)
    fit = signal_response(sizes, signals, THRESHOLD, low=1.2, high=8.0)
    x, y = np.log(sizes), np.log(np.clip(signals, 1.2, 8.0))
    below, above = signals <= 1.2, signals >= 8.0
    other = optimize.minimize(censored_likelihood, [0.5, 0.5, -0.5], args=(x, y, below, above), method="BFGS")
    seen = int((~(below | above)).sum())
    assert (fit.b0, fit.b1) == pytest.approx(tuple(other.x[:2]), rel=1e-3)
    assert fit.tau == pytest.approx(np.exp(other.x[2]) * np.sqrt(seen / (seen - 2)), rel=1e-3)
    np.testing.assert_allclose(
        np.sqrt(np.diag(fit.covariance))[:2], np.sqrt(np.diag(other.hess_inv) * seen / (seen - 2))[:2], rtol=0.2
    )


def test_censoring_does_not_bend_the_line_where_leaving_out_would() -> None:
    rng = np.random.default_rng(4)
    slopes, left_out = [], []
    for _ in range(60):
        sizes, signals = drawn(rng, 80)
        slopes.append(signal_response(sizes, signals, THRESHOLD, low=2.0).b1)
        seen = signals > 2.0
        left_out.append(stats.linregress(np.log(sizes[seen]), np.log(signals[seen])).slope)
    assert np.mean(slopes) == pytest.approx(0.8, abs=0.02)
    assert abs(np.mean(left_out) - 0.8) > 0.05


def test_the_exact_bound_holds_the_true_size_as_often_as_it_says_and_the_handbooks_a_little_less() -> None:
    """95 % one-sided, of 500 studies of 50 defects; Wald's is the handbook's, which counts on many of them."""
    rng = np.random.default_rng(5)
    true = np.exp((np.log(THRESHOLD) - 1.0) / 0.8 + 1.281552 * 0.3 / 0.8)
    fits = [signal_response(*drawn(rng, 50), THRESHOLD) for _ in range(500)]
    assert np.mean([fit.exact_size(0.9) >= true for fit in fits]) == pytest.approx(0.95, abs=0.02)
    assert np.mean([fit.wald_size(0.9) >= true for fit in fits]) == pytest.approx(0.92, abs=0.02)


def test_the_exact_bound_is_the_tolerance_limit_of_a_sample_where_all_sizes_are_alike_in_effect() -> None:
    """k of a one-sided normal tolerance limit, n = 30, 90 % / 95 %: 1.777 (ISO 16269-6, table of k)."""
    rng = np.random.default_rng(6)
    x = np.concatenate([np.full(10**6, -1.0), np.full(10**6, 1.0)])[:: 10**5]
    fit = signal_response(np.exp(x), np.exp(x + rng.normal(0, 0.1, 20)), 1.0)
    h = 1.0 / 20 + np.log(fit.exact_size(0.9)) ** 2 / 20
    k = (fit.b0 + fit.b1 * np.log(fit.exact_size(0.9))) / fit.tau
    assert stats.nct.cdf(k / np.sqrt(h), 18, 1.281552 / np.sqrt(h)) == pytest.approx(0.95, abs=1e-6)


def test_of_censored_signals_there_is_no_exact_bound() -> None:
    sizes, signals = drawn(np.random.default_rng(7), 50)
    assert signal_response(sizes, signals, THRESHOLD, low=1.5).exact_size(0.9) is None


def test_a_unit_changes_nothing_but_sizes() -> None:
    sizes, signals = drawn(np.random.default_rng(6), 50)
    one = signal_response(sizes, signals, THRESHOLD, low=1.5)
    other = signal_response(25.4 * sizes, 1e-3 * signals, 1e-3 * THRESHOLD, low=1.5e-3)
    assert other.size_of(0.9) == pytest.approx(25.4 * one.size_of(0.9), rel=1e-5)
    assert other.wald_size(0.9) == pytest.approx(25.4 * one.wald_size(0.9), rel=1e-4)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"low": 100.0, "threshold": 100.0}, "signals that are not censored"),
        ({"low": 3.0}, "2 lies where signals are censored"),
        ({"threshold": float("nan"), "log_signal": False}, "no threshold"),
        ({"threshold": 1e12}, "too far from the threshold"),
        ({"low": 2.0, "high": 2.0}, "censored below"),
        ({"threshold": 0.0}, "no threshold"),
        ({"signals": np.linspace(-1.0, 1.0, 20)}, "signal is not above 0"),
        ({"signals": np.exp(np.sin(np.arange(20.0)) - np.linspace(0.0, 9.0, 20))}, "do not grow"),
        ({"signals": np.exp(np.linspace(0.0, 1.0, 20)), "sizes": np.exp(np.linspace(0.0, 1.0, 20))}, "do not scatter"),
    ],
)
def test_what_no_line_fits_is_refused(given: dict, said: str) -> None:
    noise = np.exp(0.1 * np.sin(7.0 * np.arange(20.0)))
    usual = {"sizes": np.linspace(1.0, 5.0, 20), "signals": np.linspace(1.0, 5.0, 20) * noise, "threshold": 2.0}
    with pytest.raises(InputError, match=said):
        signal_response(**{**usual, **given})
