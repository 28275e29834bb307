"""The clock on the wall beside robot time, and whether anybody sets it."""

from __future__ import annotations

import ctypes
import datetime
import os
import struct
from dataclasses import dataclass
from enum import Enum

_UNSYNCHRONISED = 0x0040  # STA_UNSYNC, adjtimex(2)
_TIMEX = "=I4xqqqqi"
"""modes, offset, freq, maxerror, esterror, status of struct timex where a long has 64 bits."""
_TIMEX_BYTES = 256  # more than it has


class ClockSource(Enum):
    """What is known of the clock."""

    SYNCHRONISED = "synchronised"
    """The kernel says that something (NTP, PTP) keeps it right."""
    UNSYNCHRONISED = "unsynchronised"
    """The kernel says that nothing does: it was set once, or drifts."""
    UNKNOWN = "unknown"
    """The kernel can not be asked here."""
    RECKONED = "reckoned"
    """Nobody looked at it: the opening of the run and robot time since."""


@dataclass(frozen=True, kw_only=True)
class ClockReading:
    """One look at the clock.

    Attributes:
        at: UTC.
        source: what keeps it.
        error_s: how wrong it may be, as the kernel believes; None where it does not say.
    """

    at: datetime.datetime
    source: ClockSource
    error_s: float | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a reading of the clock has a time zone")

    @property
    def text(self) -> str:
        """UTC, ISO 8601, milliseconds."""
        return self.at.astimezone(datetime.UTC).isoformat(timespec="milliseconds")


def read_clock() -> ClockReading:
    """Look at the clock; asks the kernel, which knows whether NTP or PTP keeps it, and needs no right for that."""
    now = datetime.datetime.now(datetime.UTC)
    status = _kernel_status()
    if status is None:
        return ClockReading(at=now, source=ClockSource.UNKNOWN)
    flags, error_s = status
    if flags & _UNSYNCHRONISED:
        return ClockReading(at=now, source=ClockSource.UNSYNCHRONISED)
    return ClockReading(at=now, source=ClockSource.SYNCHRONISED, error_s=error_s)


def _kernel_status() -> tuple[int, float] | None:
    """Status flags and greatest error, s, by adjtimex(2), which changes nothing when no mode is set."""
    adjtimex = getattr(ctypes.CDLL(None, use_errno=True), "adjtimex", None)
    if adjtimex is None or ctypes.sizeof(ctypes.c_long) != 8 or os.name != "posix":
        return None
    answer = ctypes.create_string_buffer(_TIMEX_BYTES)
    if adjtimex(answer) < 0:
        return None
    _, _, _, greatest_us, _, flags = struct.unpack_from(_TIMEX, answer)
    return flags, 1e-6 * greatest_us
