"""What line and station say to each other, as it stands in a motion: every state of the two images, once.

Counters of life and the share of a job that is done change all the time and are left out; so is every text, for cars
and people are named in them. A car is known by its SequenceNo. Of an array of bits there are the numbers of those
that are set.
"""

from __future__ import annotations

from typing import Any

from linewalker.factory.handshake.signals import LineImage, Signal, SignalType, StationImage, signals_of

_RESTLESS = frozenset({"life_counter", "progress"})


def told_signals(image: type[LineImage] | type[StationImage]) -> tuple[tuple[str, Signal], ...]:
    """Field names and signals of what is kept of an image."""
    return tuple(
        (name, signal)
        for name, signal in signals_of(image)
        if name not in _RESTLESS and signal.type is not SignalType.STRING and _short(signal)
    )


def _short(signal: Signal) -> bool:
    return not signal.length or signal.type is SignalType.BOOLEAN


_IN, _OUT = ([name for name, _ in told_signals(image)] for image in (LineImage, StationImage))


class LineTalk:
    """Notices what is new."""

    def __init__(self) -> None:
        self._last: tuple[list[Any], list[Any], bool] | None = None

    def news(self, line: LineImage, station: StationImage, connected: bool) -> dict[str, Any] | None:
        """``connected``, ``in`` and ``out``, by field names; None if all of it is as it was."""
        now = [_plain(line, name) for name in _IN], [_plain(station, name) for name in _OUT], connected
        if now == self._last:
            return None
        self._last = now
        return {"connected": connected, "in": dict(zip(_IN, now[0])), "out": dict(zip(_OUT, now[1]))}


def _plain(image: LineImage | StationImage, name: str) -> Any:
    value = getattr(image, name)
    if isinstance(value, tuple):
        return [i for i, bit in enumerate(value) if bit]
    return value if isinstance(value, bool) else int(value)
