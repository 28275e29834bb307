"""Which shifts and days a question is about, where that is said with numbers: ``since 2026-11-20``, 最近三个班次."""

from __future__ import annotations

import re

from linewalker.brain.language.quantity import HAN_NUMBER, han_number, word_number
from linewalker.brain.language.tokens import Token

_DATE = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:t(\d{1,2}:\d{2}))?"
_COUNT = r"(\d{1,4}|[a-z]+|[零一二两三四五六七八九十百]+)"
_SINCE = re.compile(rf"(?:(?P<from>\b(?:since|from)|自从|自|从)\s*)?{_DATE}(?:\s*(?P<on>以来|起|开始|以后|之后))?")
_LAST = re.compile(
    rf"(?:\b(?:(?:in|of|over|for|from|during)\s+)?(?:the\s+)?(?:last|past)\s+|最近的?|过去的?|近)\s*{_COUNT}\s*个?"
    r"\s*(?P<unit>shifts?\b|班次|班|days?\b|天|hours?\b|小时)"
)
_SHIFT = re.compile(r"(?:\bshift\s+(?:no\.?|number|#)?\s*|班次\s*)(\d{1,4})(?![\d.:-])")
_UNITS = {
    "shift": "shifts",
    "班次": "shifts",
    "班": "shifts",
    "day": "days",
    "天": "days",
    "hour": "hours",
    "小时": "hours",
}


def with_periods(tokens: list[Token], text: str) -> list[Token]:
    """The tokens, each period of several taken together as one that means ``since`` or ``shift``.

    Args:
        tokens: of an order.
        text: of the order, as it was made alike.
    """
    for match in _SINCE.finditer(text):
        year, month, day, clock = match[2], int(match[3]), int(match[4]), match[5]
        date = f"{year}-{month:02}-{day:02}"
        only = f"{date}..{date}" if match["from"] is None and match["on"] is None else date
        tokens = _taken(tokens, match, "since", f"{date}T{clock:>05}" if clock else only)
    for match in _LAST.finditer(text):
        count = _count(match[1])
        if count:
            tokens = _taken(tokens, match, "since", _last(count, _UNITS[match["unit"].removesuffix("s")]))
    for match in _SHIFT.finditer(text):
        tokens = _taken(tokens, match, "shift", match[1])
    return tokens


def _count(text: str) -> int:
    """How many; 0 if it is no number."""
    if text.isdigit():
        return int(text)
    if HAN_NUMBER.fullmatch(text):
        number = han_number(text)
        return int(number[0]) if number else 0
    number_in_words = word_number([text])
    return int(number_in_words[0]) if number_in_words else 0


def _taken(tokens: list[Token], match: re.Match[str], kind: str, value: str) -> list[Token]:
    """With one token in place of those that a match covers."""
    inside = [token for token in tokens if token.start < match.end() and token.end > match.start()]
    if not inside:
        return tokens
    at = next(i for i, token in enumerate(tokens) if token is inside[0])
    one = Token(match.group(), inside[0].start, inside[-1].end, {kind: value})
    return [*tokens[:at], one, *tokens[at + len(inside) :]]


def _last(count: int, unit: str) -> str:
    return "last_hour" if (count, unit) == (1, "hours") else f"last {count} {unit}"
