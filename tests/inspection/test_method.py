"""Limits: what is judged against them, and what they can not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.inspection.method import Limits
from linewalker.inspection.verdict import Reason, Verdict

LIMITS = Limits(unit="grey", nominal=100.0, lower=80.0, upper=120.0)
NUMBERS = st.floats(-500.0, 500.0)


@given(NUMBERS, st.floats(0.0, 50.0))
def test_a_judgement_says_what_was_measured_and_allowed(value: float, uncertainty: float) -> None:
    judgement = LIMITS.judge("L", value, uncertainty, detail="9 pixels", time_s=4.0)
    assert (judgement.value, judgement.expanded_uncertainty, judgement.unit) == (value, uncertainty, "grey")
    assert (judgement.lower, judgement.upper, judgement.detail, judgement.time_s) == (80.0, 120.0, "9 pixels", 4.0)
    if judgement.verdict is Verdict.NOK:
        assert not LIMITS.allow(value)
    if judgement.verdict is Verdict.OK:
        assert LIMITS.allow(value)


@given(NUMBERS)
def test_without_uncertainty_a_value_is_in_order_if_the_limits_allow_it(value: float) -> None:
    assert (LIMITS.judge("L", value, 0.0, detail="", time_s=0.0).verdict is Verdict.OK) == LIMITS.allow(value)


def test_limits_belong_to_what_is_allowed() -> None:
    assert [LIMITS.allow(value) for value in (79.99, 80.0, 120.0, 120.01)] == [False, True, True, False]


def test_without_a_value_nothing_is_decided_and_the_limits_stay() -> None:
    judgement = LIMITS.undecided("L", Reason.TOO_DARK, "black", 2.0)
    assert (judgement.verdict, judgement.value, judgement.reason) == (Verdict.NOT_DECIDABLE, None, Reason.TOO_DARK)
    assert (judgement.unit, judgement.lower, judgement.upper, judgement.time_s) == ("grey", 80.0, 120.0, 2.0)
    attribute = Limits().undecided("P", Reason.PART_HIDDEN, "", 2.0, "rs")
    assert (attribute.unit, attribute.lower, attribute.expected) == ("", None, "rs")


@pytest.mark.parametrize(("lower", "upper"), [(1.0, 1.0), (2.0, 1.0)])
def test_two_limits_are_in_order(lower: float | None, upper: float | None) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limits(lower=lower, upper=upper)


def test_one_limit_allows_all_on_its_side() -> None:
    most = Limits(unit="mm", nominal=4.0, upper=4.5)
    assert [most.allow(value) for value in (-9.0, 4.5, 4.51)] == [True, True, False]
    assert most.width == 1.0
    assert Limits(unit="mm", lower=4.5).width is None
    assert most.judge("L", 4.45, 0.1, detail="", time_s=0.0).verdict is Verdict.OK
    assert most.judge("L", 4.65, 0.1, detail="", time_s=0.0).verdict is Verdict.NOK


def test_an_attribute_has_no_value_to_compare() -> None:
    with pytest.raises(ValueError, match="no limits"):
        Limits().allow(3.0)
    with pytest.raises(ValueError, match="no limits"):
        Limits().judge("P", 3.0, 0.1, detail="", time_s=0.0)
