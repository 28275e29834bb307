"""Kappa and intervals of shares: published answers and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from linewalker.inspection.capability.agreement import cohen_kappa, fleiss_kappa, share_interval
from tests.inspection.capability.published import FLEISS_COUNTS


def test_fleiss_to_the_printed_digit() -> None:
    """Fleiss' kappa, Wikipedia's worked example: 0.210."""
    ratings = np.array([np.repeat(np.arange(5), counts) for counts in FLEISS_COUNTS])
    assert round(fleiss_kappa(ratings), 3) == 0.210


def test_cohen_of_a_table() -> None:
    """Cohen's kappa, Wikipedia's example: both yes 20, yes-no 5, no-yes 10, both no 15; 0.4."""
    one = np.repeat([1, 1, 0, 0], [20, 5, 10, 15])
    other = np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
    assert cohen_kappa(one, other) == pytest.approx(0.4)
    assert cohen_kappa(other, one) == pytest.approx(0.4)


def test_agreement_is_one_and_contradiction_minus_one() -> None:
    calls = np.array([0, 1, 0, 1])
    assert cohen_kappa(calls, calls) == 1.0
    assert cohen_kappa(calls, 1 - calls) == pytest.approx(-1.0)
    assert fleiss_kappa(np.column_stack((calls, calls, calls))) == 1.0


def test_where_there_is_one_word_there_is_no_kappa() -> None:
    assert cohen_kappa(np.zeros(5), np.zeros(5)) is None
    assert fleiss_kappa(np.zeros((5, 3))) is None


@given(st.integers(2, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_of_a_share_is_scipys(case: tuple[int, int]) -> None:
    found, of = case
    exact = stats.binomtest(found, of).proportion_ci(0.95, method="exact")
    assert share_interval(found, of) == pytest.approx((exact.low, exact.high))


def test_59_of_59_prove_95_percent() -> None:
    """MIL-HDBK-1823A: at 95 % confidence, one-sided."""
    low, high = share_interval(59, 59, confidence=0.90)
    assert low == pytest.approx(0.05 ** (1 / 59))
    assert low > 0.95
    assert high == 1.0
    assert share_interval(29, 29, confidence=0.90)[0] > 0.90
