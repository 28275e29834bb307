"""Numbers in words and digits, Chinese and English."""

from __future__ import annotations

import re

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
NUMBER_WORDS = frozenset((*_UNITS, *_TENS, "hundred", "thousand", "half"))
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DIGITS.update({"俩": 2, "仨": 3, "幺": 1})
_ONE = "[一二两三四五六七八九]"
_WELL_FORMED = re.compile(
    f"(?=.)(?:{_ONE}千)?(?:零?{_ONE}百)?(?:零?{_ONE}?十)?(?:零?{_ONE})?|[零〇一二三四五六七八九幺]{{3,}}|[俩仨零〇]"
)
_SCALES = {"十": 10, "百": 100, "千": 1000}
HAN_NUMBER = re.compile("[零〇一二两三四五六七八九十百千俩仨幺]+(?:点[零〇一二三四五六七八九]+)?|半")


def han_number(text: str) -> tuple[float, str] | None:
    """The value of a number in Chinese characters, and its digits if it was spelled digit by digit.

    Returns:
        ``(90.0, "")`` for 九十, ``(7373.0, "7373")`` for 七三七三; None if it is no number.
    """
    if text == "半":
        return 0.5, ""
    whole, _, fraction = text.partition("点")
    tail = "".join(str(_DIGITS[c]) for c in fraction)
    if not _WELL_FORMED.fullmatch(whole) or whole.startswith("一十"):
        return None
    if not any(c in _SCALES for c in whole):
        digits = "".join(str(_DIGITS[c]) for c in whole)
        return float(f"{digits}.{tail or 0}"), digits if len(digits) > 1 else ""
    value, last = 0, None
    for c in whole:
        if c in _DIGITS:
            last = _DIGITS[c]
        else:
            value += (1 if last is None else last) * _SCALES[c]
            last = None
    previous = whole[-2] if len(whole) > 1 else ""
    ones = last or 0
    if last is not None and previous in "百千" and previous:  # 一百二 is 120
        ones = last * _SCALES[previous] // 10
    return float(f"{value + ones}.{tail or 0}"), ""


def word_number(words: list[str]) -> tuple[float, int] | None:
    """The value of a number in English words at the start of a list, and how many words it has."""
    total, used, seen = 0, 0, False
    while used < len(words):
        word = words[used]
        if word in _TENS:
            total += _TENS[word]
        elif word in _UNITS and (
            not seen or words[used - 1] in _TENS or words[used - 1] in ("hundred", "and", "thousand")
        ):
            total += _UNITS[word]
        elif word in ("hundred", "thousand") and seen:
            total *= 100 if word == "hundred" else 1000
        elif word == "and" and seen and words[used - 1] in ("hundred", "thousand") and _continues(words[used + 1 :]):
            pass
        else:
            break
        used, seen = used + 1, True
    return (float(total), used) if seen else None


def _continues(words: list[str]) -> bool:
    return bool(words) and (words[0] in _UNITS or words[0] in _TENS)
