"""Days are those of whoever asks, weeks begin on Monday, what is no period is none."""

from __future__ import annotations

import datetime

import pytest

from linewalker.brain.memory.period import local_day, shifts_since
from tests.brain.memory.test_recorded import shift

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
NOW = datetime.datetime(2026, 11, 26, 7, 0, tzinfo=SHANGHAI)  # a Thursday; in UTC it is still the 25th
SHIFTS = [shift(f"a:{day}", day) for day in (15, 18, 22, 23, 24, 25, 26)]  # opened at 8 in the morning in Shanghai


def days(text: str) -> list[int]:
    period = shifts_since(text, SHIFTS, NOW + datetime.timedelta(hours=5))
    assert period is not None
    assert period.title.zh
    return [int(found.citation[2:]) for found in period.shifts]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("today", [26]),
        ("Yesterday", [25]),
        ("this week", [23, 24, 25, 26]),
        ("last_week", [18, 22]),
        ("this month", [15, 18, 22, 23, 24, 25, 26]),
        ("last_hour", []),
        ("shift", [26]),
        ("last 3", [24, 25, 26]),
        ("last 2 shifts", [25, 26]),
        ("last 99", [15, 18, 22, 23, 24, 25, 26]),
        ("last 0 shifts", []),
        ("last 1 day", [26]),
        ("last 4 days", [23, 24, 25, 26]),
        ("last 3 hours", []),
        ("last 4 hours", [26]),
        ("2026-11-24", [24, 25, 26]),
        ("2026-11-24T08:00", [24, 25, 26]),
        ("2026-11-24T08:01", [25, 26]),
        ("2026-11-24T00:01+00:00", [25, 26]),
        ("2026-11-18..2026-11-23", [18, 22, 23]),
    ],
)
def test_the_shifts_of_a_period(text, found):
    assert days(text) == found


@pytest.mark.parametrize("text", ["tomorrow", "soon", "2026-13-01", "last", "last few", "", "1..2"])
def test_what_is_no_period_is_none(text):
    assert (shifts_since(text, SHIFTS, NOW) is None) == (text != "last")


def test_a_day_is_that_of_whoever_asks():
    late = shift("a:1", 25)
    assert local_day(late, NOW) == datetime.date(2026, 11, 25)
    west = datetime.datetime(2026, 11, 25, tzinfo=datetime.timezone(datetime.timedelta(hours=-5)))
    assert local_day(late, west) == datetime.date(2026, 11, 24)
