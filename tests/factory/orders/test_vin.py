"""Known answers and laws of vehicle identification numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.orders.vin import ALPHABET, check_digit, check_digit_advice, vin_problem

VIN = st.text(alphabet=ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715"])
def test_published_check_digits(vin):
    assert check_digit(vin) == vin[8]
    assert check_digit_advice(vin) is None


def test_a_european_vin_without_check_digit_only_gets_advice():
    assert vin_problem("WVWZZZ1JZ3W386752") is None
    assert "normal for many European makers" in check_digit_advice("WVWZZZ1JZ3W386752")


@given(VIN)
def test_every_vin_can_be_given_its_check_digit(vin):
    right = vin[:8] + check_digit(vin) + vin[9:]
    assert vin_problem(right) is None
    assert check_digit(right) == right[8]  # position 9 itself does not count


@given(VIN, st.integers(0, 16).filter(lambda position: position != 8), st.integers(1, 9))
def test_the_check_digit_finds_every_single_wrong_digit(vin, position, step):
    vin = vin[:position] + "5" + vin[position + 1 :]
    wrong = vin[:position] + str((5 + step) % 10) + vin[position + 1 :]
    assert check_digit(vin) != check_digit(wrong)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("1M8GDM9AXKP04278", "16 characters"),
        ("", "0 characters"),
        ("1M8GDM9AXKP04278O", "character 17 .* is 'O'"),
        ("1M8GDM9AXIP042788", "character 10 .* except I, O and Q"),
        ("1m8GDM9AXKP042788", "character 2 .* write capitals"),
        ("1M8GDM9AXKP04278 ", "character 17"),
        ("1M8GDM9AXKP04278８", "character 17"),
    ],
)
def test_wrong_syntax_is_named(text, complaint):
    assert re.search(complaint, vin_problem(text))
