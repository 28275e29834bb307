"""What a person is told who waits: for what, and how long still, as it took the last time.

Where the terminal can draw, a line counts down; else a plain line says it once, if the wait is one of more than 2 s.
Durations are remembered among the caches, and forgotten with them.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rich.console import Console
from rich.text import Text

from linewalker.cachefolder import cached_file, keep, kept
from linewalker.messages.catalogue import say

SHORT_S = 2.0
"""A wait that nobody has to be told of."""
_NEWEST_SHARE = 0.5


def in_time(seconds: float) -> str:
    """``40 s``, ``3 min``, ``2 h 5 min``: no more exact than a guess is."""
    if seconds < 90.0:
        return say(f"{max(1, round(seconds, -1 if seconds > 20 else None)):.0f} s")
    minutes = round(seconds / 60.0)
    return say(f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min")


class Durations:
    """How long things took, by what is said of them.

    Args:
        path: of the file; what can not be read there, or written, is not remembered.
    """

    def __init__(self, path: Path | None = None):
        self._path = cached_file("durations.json") if path is None else path

    def usual_s(self, what: str) -> float | None:
        """As it was of late; None for what was never waited for."""
        found = self._all().get(what)
        return float(found) if isinstance(found, float | int) else None

    def took(self, what: str, seconds: float) -> None:
        """Remember it."""
        usual = self.usual_s(what)
        mean = seconds if usual is None else usual + _NEWEST_SHARE * (seconds - usual)
        with suppress(OSError):
            keep(json.dumps({**self._all(), what: round(mean, 2)}, indent=1, sort_keys=True).encode(), self._path)

    def _all(self) -> dict[str, object]:
        content = kept(self._path)
        with suppress(ValueError):
            found = json.loads(content or b"{}")
            return found if isinstance(found, dict) else {}
        return {}


class Wait:
    """A wait that has begun, as a line to be drawn again and again."""

    def __init__(self, what: str, usual_s: float | None):
        self._what, self._usual_s, self._began_s = what, usual_s, time.monotonic()
        self.share: float | None = None

    @property
    def passed_s(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began_s

    @property
    def left_s(self) -> float | None:
        """By the share that is done, or else as usual; None if nobody knows, or it takes longer than usual."""
        if self.share is not None and self.share > 0.02:
            return self.passed_s * (1.0 / self.share - 1.0)
        left_s = None if self._usual_s is None else self._usual_s - self.passed_s
        return left_s if left_s is None or left_s > 0.0 else None

    def done(self, share: float, what: str) -> None:
        """So much of it is done, and this is what is done now."""
        self.share, self._what = share, what

    def line(self) -> str:
        """``loading the vehicle models ... still about 20 s``."""
        left_s = self.left_s
        left = "" if left_s is None else say(f"still about {in_time(left_s)}")
        passed = "" if left else say(f"for {in_time(self.passed_s)}")
        return f"{say(self._what)} … {left or passed}"

    def __rich__(self) -> Text:
        return Text(self.line())


@contextmanager
def waiting(what: str, console: Console, durations: Durations | None = None) -> Iterator[Wait]:
    """Tell whoever waits while the block lasts.

    Args:
        what: an English sentence of the catalogue, without an end: ``loading the vehicle models``.
        console: where it is told.
        durations: where it is remembered; default: among the caches.
    """
    known = Durations() if durations is None else durations
    wait = Wait(what, known.usual_s(what))
    try:
        if console.is_terminal and not console.is_dumb_terminal:
            with console.status(wait):  # asked for its line each time it is drawn
                yield wait
        else:
            with _told_once(wait, console):
                yield wait
    finally:
        if wait.passed_s > SHORT_S:
            known.took(what, wait.passed_s)


@contextmanager
def _told_once(wait: Wait, console: Console) -> Iterator[None]:
    """At once if it is known to be long, else as soon as it is."""

    def tell() -> None:
        console.print(wait.line(), soft_wrap=True, markup=False)

    if (wait.left_s or 0.0) > SHORT_S:
        tell()
        yield
        return
    timer = threading.Timer(SHORT_S, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
