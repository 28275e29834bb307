"""Hits and misses: a published fit, bounds against independent computations, coverage, and refusals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, special, stats

from linewalker.errors import InputError
from linewalker.inspection.capability.hit_miss import hit_miss
from tests.inspection.capability.published import BEETLES, mil_example_3


def test_a_logistic_fit_to_the_printed_digit() -> None:
    """Dobson, 7.3.1: b1 = -60.72 (s.e. 5.18), b2 = 34.27 (s.e. 2.91)."""
    sizes = np.concatenate([np.full(number, dose) for dose, number, _ in BEETLES])
    hits = np.concatenate([np.repeat([1.0, 0.0], [killed, number - killed]) for _, number, killed in BEETLES])
    fit = hit_miss(sizes, hits, logarithmic=False)
    assert (round(fit.b0, 2), round(fit.b1, 2)) == (-60.72, 34.27)
    assert [round(error, 2) for error in np.sqrt(np.diag(fit.covariance))] == [5.18, 2.91]
    scaled = hit_miss(np.exp(sizes), hits)  # ln of that
    assert (scaled.b0, scaled.b1) == pytest.approx((fit.b0, fit.b1))


def negative_log_likelihood(b, x, hits) -> float:
    p = special.expit(b[0] + b[1] * x)
    return -float(np.sum(np.where(hits > 0, np.log(p), np.log1p(-p))))


def test_the_handbooks_cracks_as_an_independent_optimiser_fits_them() -> None:
    sizes, hits = mil_example_3()
    assert (len(sizes), int(hits.sum())) == (134, 92)
    fit = hit_miss(sizes, hits)
    x = np.log(sizes)
    other = optimize.minimize(negative_log_likelihood, [8.0, 4.0], args=(x, hits), tol=1e-12)
    assert (fit.b0, fit.b1) == pytest.approx(tuple(other.x), rel=1e-4)
    assert fit.deviance == pytest.approx(2.0 * other.fun)
    assert fit.size_of(0.9) == pytest.approx(np.exp((np.log(9.0) - fit.b0) / fit.b1))
    assert fit.pod(np.array(fit.size_of(0.5))) == pytest.approx(0.5)


def test_the_bound_by_likelihood_is_where_a_constrained_optimiser_finds_it() -> None:
    """Along logit POD(a) = ln 9 the deviance rises by 1.645^2."""
    sizes, hits = mil_example_3()
    fit = hit_miss(sizes, hits)
    bound = fit.likelihood_size(0.9)
    x = np.log(sizes)

    def along(b1: float) -> float:
        return 2.0 * negative_log_likelihood((np.log(9.0) - b1 * np.log(bound), b1), x, hits)

    least = optimize.minimize_scalar(along, bounds=(0.1, 40.0), method="bounded", options={"xatol": 1e-10}).fun
    assert least - fit.deviance == pytest.approx(stats.norm.ppf(0.95) ** 2, abs=1e-6)
    assert bound > fit.size_of(0.9)


def test_the_bound_by_wald_is_where_the_lower_curve_has_that_probability() -> None:
    sizes, hits = mil_example_3()
    fit = hit_miss(sizes, hits)
    x = np.array([1.0, np.log(fit.wald_size(0.9))])
    lower = x @ [fit.b0, fit.b1] - stats.norm.ppf(0.95) * np.sqrt(x @ fit.covariance @ x)
    assert special.expit(lower) == pytest.approx(0.9)
    assert fit.wald_size(0.9) == pytest.approx(fit.likelihood_size(0.9), rel=0.1)


def test_bounds_grow_with_confidence_and_meet_the_estimate_without_any() -> None:
    fit = hit_miss(*mil_example_3())
    for bound in (fit.wald_size, fit.likelihood_size):
        assert bound(0.9, 0.501) == pytest.approx(fit.size_of(0.9), rel=1e-3)
        assert bound(0.9, 0.99) > bound(0.9, 0.95) > bound(0.9, 0.8)


def test_the_bound_holds_the_true_size_as_often_as_it_says() -> None:
    """95 % one-sided, of 400 studies of 120 defects: between 92 and 98 %."""
    rng, right = np.random.default_rng(7), 0
    true = np.exp(np.log(9.0) / 4.0)
    for _ in range(400):
        sizes = np.exp(rng.uniform(-1.5, 1.5, 120))
        hits = (rng.random(120) < special.expit(4.0 * np.log(sizes))).astype(float)
        right += hit_miss(sizes, hits).likelihood_size(0.9) >= true
    assert right / 400 == pytest.approx(0.95, abs=0.03)


def test_a_unit_changes_nothing_but_sizes() -> None:
    sizes, hits = mil_example_3()
    inch, mm = hit_miss(sizes, hits), hit_miss(25.4 * sizes, hits)
    for one, other in ((inch.size_of(0.9), mm.size_of(0.9)), (inch.likelihood_size(0.9), mm.likelihood_size(0.9))):
        assert other == pytest.approx(25.4 * one)


def test_data_that_say_too_little_have_no_bound() -> None:
    sizes = np.linspace(1.0, 2.0, 12)
    hits = np.array([0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1.0])
    fit = hit_miss(sizes, hits)
    assert fit.wald_size(0.9) is None
    assert fit.likelihood_size(0.9) is None
    assert fit.likelihood_size(0.5, 0.6) is not None


@pytest.mark.parametrize(
    ("sizes", "hits", "said"),
    [
        ([1.0] * 59, [1.0] * 59, "every defect was found: 59 of 59 prove a POD of 0.950 at 95 %"),
        ([1.0, 2.0, 3.0], [0.0, 0.0, 0.0], "every defect was missed"),
        ([1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 1.0, 1.0], r"hits \(from 3\) and misses \(to 2\) do not overlap"),
        ([4.0, 3.0, 2.5, 1.0], [0.0, 1.0, 0.0, 1.0], "not found more often"),
        ([5.0, 5.0, 5.0], [0.0, 1.0, 1.0], "same size"),
        ([1.0, 2.0, 3.0, 4.0] * 3, [1.0, 0.0, 0.0, 1.0] + [0.0, 1.0, 1.0, 0.0] + [1.0, 0.0, 1.0, 0.0], "or hardly"),
        ([0.0, 2.0], [0.0, 1.0], "not above 0"),
    ],
)
def test_what_no_curve_fits_is_refused(sizes: list[float], hits: list[float], said: str) -> None:
    with pytest.raises(InputError, match=said):
        hit_miss(np.array(sizes), np.array(hits))
