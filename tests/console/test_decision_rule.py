"""The rule that is shown is the one that decided."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.console.decision_rule import decision_rule
from linewalker.inspection.verdict import CAPABLE_RATIO, Reason, Verdict, judge_value
from tests.factory.samples import badge, gap


@given(st.floats(2.0, 6.0), st.floats(0.001, 1.0))
def test_its_number_follows_from_value_and_uncertainty(value: float, spread: float) -> None:
    verdict, reason = judge_value(value, spread, 3.3, 4.7)
    rule = decision_rule(gap(value=value, verdict=verdict, reason=reason, expanded_uncertainty=spread))
    assert rule is not None
    number = int(re.match(r"rule (\d): ", rule.en)[1])
    capable = 2 * spread <= CAPABLE_RATIO * (4.7 - 3.3)
    assert number == (1 if verdict is Verdict.NOK else 4 if verdict is Verdict.NOT_DECIDABLE else 2 if capable else 3)
    assert re.match(rf"规则 {number}：", rule.zh)


def test_it_says_its_numbers() -> None:
    rule = decision_rule(gap(value=5.43, verdict=Verdict.NOK, reason=Reason.OUTSIDE_TOLERANCE))
    assert rule.en == "rule 1: outside by 0.730 mm > U = 0.080; 2U/T = 11 % ≤ 30 %"
    assert rule.zh == "规则 1：超出公差 0.730 mm > U = 0.080；2U/T = 11 % ≤ 30 %"


@pytest.mark.parametrize(
    "entry",
    [
        badge(),
        gap(value=None, verdict=Verdict.NOT_DECIDABLE, reason=Reason.NO_SEAM),
        gap(verdict=Verdict.NOT_DECIDABLE, reason=Reason.CAR_TOUCHED),
        gap(lower=None, upper=None),
    ],
)
def test_where_no_number_decided_the_reason_says_all(entry) -> None:
    assert decision_rule(entry) is None
