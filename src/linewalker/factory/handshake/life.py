"""Is the other side alive? A life counter is believed only while it changes, and only while we look ourselves."""

from __future__ import annotations

import time
from collections.abc import Callable

_LONGEST_STEP_S = 0.5


class LifeWatch:
    """Watches one life counter.

    Its first value proves nothing: an image that a dead line left behind looks the same. Only change is life.
    """

    def __init__(self, timeout_s: float):
        """
        Args:
            timeout_s: the other side is lost when its counter stood still for longer.
        """
        if timeout_s <= 0.0:
            raise ValueError(f"timeout_s is {timeout_s}; expected more than 0")
        self._timeout_s = timeout_s
        self._count: int | None = None
        self._changed_s: float | None = None

    def saw(self, count: int, now_s: float) -> None:
        """Note the counter as it stands now."""
        if self._count is not None and count != self._count:
            self._changed_s = now_s
        self._count = count

    def alive(self, now_s: float) -> bool:
        """Whether the counter changed within the timeout."""
        return self._changed_s is not None and now_s - self._changed_s <= self._timeout_s


class AwakeClock:
    """Seconds in which this program was awake enough to look at the other side.

    A program that was held up for ten seconds (a machine short of processors, a kernel being compiled) has not seen ten
    seconds of silence: it has not looked. A gap between two ticks counts as half a second at most.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._ticked_s = clock()
        self._awake_s = 0.0

    def tick(self) -> float:
        """To be called several times a second by the loop that looks; returns the seconds so far."""
        now_s = self._clock()
        self._awake_s += min(max(now_s - self._ticked_s, 0.0), _LONGEST_STEP_S)
        self._ticked_s = now_s
        return self._awake_s

    @property
    def now_s(self) -> float:
        """The seconds as of the last tick."""
        return self._awake_s
