"""Law: a number said in Chinese or English words is the number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.quantity import HAN_NUMBER, han_number, word_number

_HAN = "零一二三四五六七八九"
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"


def in_han(n: int) -> str:
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    text = f"{_HAN[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_HAN[ones] if ones or not n else "")


def in_words(n: int) -> str:
    if n >= 100:
        rest = f" and {in_words(n % 100)}" if n % 100 else ""
        return f"{_ONES.split()[n // 100]} hundred{rest}"
    if n < 20:
        return _ONES.split()[n]
    return _TENS.split()[n // 10] + (f" {_ONES.split()[n % 10]}" if n % 10 else "")


@given(st.integers(0, 999))
def test_chinese_numbers(n: int) -> None:
    assert HAN_NUMBER.fullmatch(in_han(n))
    value = han_number(in_han(n))
    assert value is not None
    assert value[0] == n


@given(st.integers(0, 999))
def test_english_numbers(n: int) -> None:
    words = in_words(n).split()
    assert word_number([*words, "seconds"]) == (n, len(words))


@pytest.mark.parametrize(("text", "value"), [("半", 0.5), ("一点五", 1.5), ("一百二", 120), ("两", 2), ("十五", 15)])
def test_ways_of_saying_it(text: str, value: float) -> None:
    assert (han_number(text) or (0,))[0] == value


def test_digit_by_digit_keeps_the_digits() -> None:
    assert han_number("七三零一") == (7301.0, "7301")


def test_no_number_is_none() -> None:
    assert word_number(["and", "two"]) is None
    assert word_number([]) is None
