"""Which shifts a question is about, by when they were worked.

A shift belongs to the day on which it was opened, in the time zone of whoever asks; the records hold UTC. What is said
of a period:

| text | shifts |
|---|---|
| ``today``, ``yesterday`` | opened on that day |
| ``this week``, ``last week``, ``this month`` | opened in that week, which begins on Monday, in that month |
| ``shift``, ``last shift``, ``last 3``, ``last 3 shifts`` | the newest one, the newest three |
| ``last 3 days``, ``last 8 hours``, ``last hour`` | opened on one of three days, today among them; within 8 hours |
| ``2026-11-20``, ``2026-11-20T06:00`` | opened on that day or at that time, or later |
| ``2026-11-20..2026-11-22`` | opened on one of these days |
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from linewalker.brain.memory.recorded import RecordedShift
from linewalker.inspection.title import Title

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period that was asked for: its name, and the shifts in it, oldest first."""

    title: Title
    shifts: tuple[RecordedShift, ...]


def local_day(shift: RecordedShift, now: datetime.datetime) -> datetime.date:
    """The day a shift belongs to, in the time zone of ``now``."""
    return shift.opened_at.astimezone(now.tzinfo).date()


def shifts_since(text: str, shifts: Sequence[RecordedShift], now: datetime.datetime) -> Period | None:
    """The shifts of a period; None if the text is no period.

    Args:
        text: see the table at the top of this file.
        shifts: oldest first.
        now: with a time zone.
    """
    words = " ".join(text.strip().lower().replace("_", " ").split())
    if words in ("shift", "this shift", "last shift", "latest", "last"):
        return Period(title=Title(zh="最近一个班次", en="the last shift"), shifts=tuple(shifts[-1:]))
    words = "last 1 hour" if words == "last hour" else words
    if counted := re.fullmatch(r"last (\d{1,4})(?: (shifts?|days?|hours?))?", words):
        return _last(int(counted[1]), (counted[2] or "shifts").rstrip("s"), shifts, now)
    if (days := _named_days(words, now)) is not None:
        title, first, last = days
        return Period(title=title, shifts=_on(shifts, first, last, now))
    return _dated(text.strip(), shifts, now)


def _last(count: int, unit: str, shifts: Sequence[RecordedShift], now: datetime.datetime) -> Period:
    english = f"the last {count} {unit}{'' if count == 1 else 's'}"
    if unit == "shift":
        chosen = tuple(shifts[-count:]) if count else ()
        return Period(title=Title(zh=f"最近 {count} 个班次", en=english), shifts=chosen)
    if unit == "day":
        first = now.date() - (count - 1) * _DAY
        return Period(title=Title(zh=f"最近 {count} 天", en=english), shifts=_on(shifts, first, now.date(), now))
    begin = now - datetime.timedelta(hours=count)
    chosen = tuple(shift for shift in shifts if begin <= shift.opened_at <= now)
    return Period(title=Title(zh=f"最近 {count} 小时", en=english), shifts=chosen)


def _named_days(words: str, now: datetime.datetime) -> tuple[Title, datetime.date, datetime.date] | None:
    today = now.date()
    monday = today - today.weekday() * _DAY
    named = {
        "today": (Title(zh="今天", en="today"), today, today),
        "yesterday": (Title(zh="昨天", en="yesterday"), today - _DAY, today - _DAY),
        "this week": (Title(zh="本周", en="this week"), monday, today),
        "this month": (Title(zh="本月", en="this month"), today.replace(day=1), today),
        "last week": (Title(zh="上周", en="last week"), monday - 7 * _DAY, monday - _DAY),
    }
    return named.get(words)


def _dated(text: str, shifts: Sequence[RecordedShift], now: datetime.datetime) -> Period | None:
    first, dots, last = text.partition("..")
    try:
        if dots:
            begin, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
            return Period(title=Title(zh=text, en=text), shifts=_on(shifts, begin, end, now))
        title = Title(zh=f"自 {text} 起", en=f"since {text}")
        if len(text) <= len("2026-11-20"):
            return Period(title=title, shifts=_on(shifts, datetime.date.fromisoformat(text), datetime.date.max, now))
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    return Period(title=title, shifts=tuple(shift for shift in shifts if shift.opened_at >= moment))


def _on(
    shifts: Sequence[RecordedShift], first: datetime.date, last: datetime.date, now: datetime.datetime
) -> tuple[RecordedShift, ...]:
    return tuple(shift for shift in shifts if first <= local_day(shift, now) <= last)
