"""The line: certified digits, and an independent one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from linewalker.inspection.capability.straight_line import fit_line
from tests.inspection.capability.published import NIST_NORRIS


def test_norris_to_the_certified_digits() -> None:
    """NIST StRD Norris."""
    line = fit_line(NIST_NORRIS[:, 1], NIST_NORRIS[:, 0])
    assert line.intercept == pytest.approx(-0.262323073774029, rel=1e-11)
    assert line.slope == pytest.approx(1.00211681802045, rel=1e-13)
    assert line.errors == pytest.approx((0.232818234301152, 0.429796848199937e-03), rel=1e-11)
    assert line.std == pytest.approx(0.884796396144373, rel=1e-12)
    assert line.r_squared == pytest.approx(0.999993745883712, rel=1e-13)


def test_it_is_scipys() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=20), rng.normal(size=20)
    line, other = fit_line(x, y), stats.linregress(x, y)
    assert (line.slope, line.intercept) == pytest.approx((other.slope, other.intercept))
    assert line.errors == pytest.approx((other.intercept_stderr, other.stderr))
    assert line.tests[1][1] == pytest.approx(other.pvalue)
    assert line.r_squared == pytest.approx(other.rvalue**2)


def test_the_band_holds_the_true_line_as_often_as_it_says() -> None:
    rng, inside = np.random.default_rng(2), 0
    x = np.repeat([1.0, 2.0, 3.0], 4)
    for _ in range(2000):
        line = fit_line(x, 1.0 + 2.0 * x + rng.normal(size=12))
        inside += abs(line.at(2.7) - 6.4) <= line.band(np.array(2.7))
    assert inside / 2000 == pytest.approx(0.95, abs=0.015)


def test_a_line_without_scatter_has_no_tests() -> None:
    line = fit_line(np.arange(4.0), np.zeros(4))
    assert line.tests == (None, None)
    assert line.r_squared is None


@pytest.mark.parametrize("x", [[1.0, 2.0], [1.0, 1.0, 1.0]])
def test_too_few_places_are_refused(x: list[float]) -> None:
    with pytest.raises(ValueError, match="three points"):
        fit_line(np.array(x), np.array(x))
