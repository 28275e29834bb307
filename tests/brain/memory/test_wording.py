"""Numbers are rounded as the results round them, and read the same in both languages."""

from __future__ import annotations

import pytest

from linewalker.brain.memory.wording import (
    DIGITS_OF_TIMES,
    DIGITS_OF_VALUES,
    listed,
    measured_text,
    number,
    plain,
    plural,
    required_text,
    seconds,
    share,
    tallied,
    value_text,
)
from linewalker.factory.records import results
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Verdict
from tests.brain.memory.test_recorded import judged


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (5.43120001, False, "5.4312"),
        (4.0, False, "4"),
        (100.0, False, "100"),
        (0.12, True, "+0.12"),
        (-0.12, True, "-0.12"),
        (-0.000001, True, "0"),
        (0.0, True, "0"),
        (1e-5, False, "0"),
    ],
)
def test_a_number_has_no_digit_too_many(value, signed, text):
    assert number(value, signed=signed) == text


def test_it_is_rounded_as_in_the_results():
    assert (DIGITS_OF_VALUES, DIGITS_OF_TIMES) == (results._DIGITS_OF_VALUES, results._DIGITS_OF_TIMES)


def test_times_shares_and_counts():
    assert seconds(193.2004) == "193.2 s"
    assert (share(1, 3), share(0, 5), share(0, 0)) == ("33.33 %", "0 %", "0 %")
    assert (plural(1, "car"), plural(0, "car"), plural(2, "touch", "touches")) == ("1 car", "0 cars", "2 touches")


def test_a_value_has_its_unit_its_uncertainty_and_its_limits():
    entry = judged(5.43, expanded_uncertainty=0.08)
    assert value_text(entry).en == "5.43 mm"
    assert measured_text(entry).en == "5.43 mm, U = 0.08 mm (k = 2)"
    assert required_text(entry) == Title(zh="允许 3 mm 至 5 mm", en="allowed 3 mm to 5 mm")
    assert measured_text(judged(None)) == Title(zh="无测量值", en="no value")
    part = judged("missing", nominal="rs", lower=None, upper=None, method="variant")
    assert measured_text(part) == Title(zh="缺失", en="missing")
    assert required_text(part) == Title(zh="订单要求 rs", en="ordered rs")
    assert required_text(judged(None, nominal=None, lower=None, upper=None)) is None
    assert value_text(judged(0.5, method="flush")).zh == "+0.5 mm"


def test_a_long_list_says_how_long_it_is():
    assert listed(plain("abc")) == Title(zh="a、b、c", en="a, b, c")
    assert listed(plain("abcd"), most=2) == Title(zh="a、b 等（共 4 个）", en="a, b, ... (4 in all)")
    assert listed([]) == Title(zh="无", en="none")


def test_a_tally_adds_up():
    verdicts = [Verdict.OK, Verdict.OK, Verdict.NOK, None]
    assert tallied(verdicts).en == "2 OK, 1 NOK, 0 not decidable, 1 not inspected"
