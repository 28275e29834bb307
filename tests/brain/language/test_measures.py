"""Law: a quantity is the same in both languages and in whatever unit it is said."""

from __future__ import annotations

import pytest

from linewalker.brain.language.measures import with_quantities
from tests.brain.language.words_of_the_example import tokens


def quantities(text: str) -> list[dict[str, float]]:
    kinds = ("duration_s", "length_m", "angle_deg", "times")
    found = [{k: t.get(k) for k in kinds if t.has(k)} for t in with_quantities(tokens(text))]
    return [q for q in found if q]


@pytest.mark.parametrize(
    "text",
    [
        "90 s",
        "90s",
        "ninety seconds",
        "1.5 min",
        "a minute and a half",
        "one and a half minutes",
        "1 minute 30",
        "1 min 30 s",
        "one minute and thirty seconds",
        "九十秒",
        "一分半",
        "一分半钟",
        "一分三十秒",
        "1分30秒",
        "1.5分钟",
        "一点五分钟",
    ],
)
def test_ninety_seconds(text: str) -> None:
    assert quantities(text)[0]["duration_s"] == 90


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("半小时", 1800),
        ("half an hour", 1800),
        ("half a minute", 30),
        ("两个半小时", 9000),
        ("a minute", 60),
        ("两分钟", 120),
    ],
)
def test_other_durations(text: str, seconds: float) -> None:
    assert quantities(text) == [{"duration_s": seconds}]


def test_lengths_and_angles() -> None:
    assert quantities("-0.5 metres") == [{"length_m": -0.5}]
    assert quantities("九十度") == [{"angle_deg": 90}]
    assert quantities("2 m") == [{"duration_s": 120, "length_m": 2}]


@pytest.mark.parametrize("text", ["3x", "three times", "thrice", "三次", "三遍", "3 次"])
def test_three_times(text: str) -> None:
    assert [int(q["times"]) for q in quantities(text)] == [3]
