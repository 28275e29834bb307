"""How far what was heard is from what was said."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from linewalker.brain.language.quantity import HAN_NUMBER, han_number
from linewalker.brain.language.spelling import spell

_UNITS = {"seconds": "s", "second": "s", "sec": "s", "secs": "s", "minutes": "min", "minute": "min", "mins": "min"}
_UNITS |= {"metres": "m", "meters": "m", "metre": "m", "meter": "m", "percent": "%"}


def errors(said: str, heard: str, language: str) -> tuple[int, int]:
    """Characters (zh) or words (en) that are wrong, missing or too many, and how many there should be."""
    wanted, got = plain(said, language), plain(heard, language)
    return Levenshtein.distance(wanted, got), len(wanted)


def plain(text: str, language: str) -> list[str]:
    """Characters or words without marks; numbers as digits, however they were written."""
    text = spell(text).text
    if language == "zh":
        text = HAN_NUMBER.sub(lambda found: _digits(found.group()), text)
        return re.findall(r"[a-z0-9\u3400-\u9fff%]", text)
    words = re.findall(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|%", text)
    return [_english(word) for word in words]


def _digits(han: str) -> str:
    value, digits = han_number(han) or (None, "")
    return digits or (f"{value:g}" if value is not None else han)


def _english(word: str) -> str:
    from linewalker.brain.language.quantity import word_number

    number = word_number([word])
    return f"{number[0]:g}" if number else _UNITS.get(word, word)
