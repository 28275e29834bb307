"""A reading of the clock says what keeps it, or that nobody knows."""

from __future__ import annotations

import ctypes
import datetime
import struct

import pytest

from linewalker.factory.records import clock
from linewalker.factory.records.clock import ClockReading, ClockSource, read_clock


class Kernel:
    """Answers adjtimex(2) with given flags, and greatest error, us."""

    def __init__(self, flags: int, greatest_us: int, answer: int = 0):
        self._content, self._answer = struct.pack("=I4xqqqqi", 0, 0, 0, greatest_us, 0, flags), answer

    def adjtimex(self, buffer) -> int:
        assert buffer.raw == bytes(len(buffer))  # no mode is set: nothing is changed
        ctypes.memmove(buffer, self._content, len(self._content))
        return self._answer


@pytest.mark.parametrize(
    ("kernel", "source", "error_s"),
    [
        (Kernel(0x2001, 1500), ClockSource.SYNCHRONISED, 0.0015),
        (Kernel(0x0041, 16_000_000, answer=5), ClockSource.UNSYNCHRONISED, None),
        (Kernel(0x0001, 1500, answer=-1), ClockSource.UNKNOWN, None),
        (object(), ClockSource.UNKNOWN, None),
    ],
)
def test_the_kernel_says_whether_anything_keeps_the_clock(monkeypatch, kernel, source, error_s):
    monkeypatch.setattr(clock.ctypes, "CDLL", lambda *_, **__: kernel)
    reading = read_clock()
    assert (reading.source, reading.error_s) == (source, error_s and pytest.approx(error_s))


def test_this_machine_is_asked_and_answers_in_utc():
    before = datetime.datetime.now(datetime.UTC)
    reading = read_clock()
    assert before <= reading.at <= datetime.datetime.now(datetime.UTC)
    assert reading.text.endswith("+00:00")
    assert reading.source in ClockSource


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        ClockReading(at=datetime.datetime(2026, 1, 1), source=ClockSource.UNKNOWN)
