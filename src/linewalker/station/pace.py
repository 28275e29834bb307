"""Holds simulated time back to the pace of the wall clock."""

from __future__ import annotations

import time
from collections.abc import Callable

from linewalker.limbs.robot import CONTROL_PERIOD_S

_LATE_S = 0.25


class WallPace:
    """Call it after every control tick; it sleeps as long as robot time is ahead.

    A simulation that was late by more than a moment does not hurry to catch up: the pace starts anew from there.

    Attributes:
        late: ticks that ended later than the one after them was due.
        worst_s: by how much, at most.
    """

    def __init__(
        self,
        robot_time: Callable[[], float],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._robot_time, self._clock, self._sleep = robot_time, clock, sleep
        self._offset_s = clock() - robot_time()
        self.late, self.worst_s = 0, 0.0

    def __call__(self) -> None:
        """Wait until the wall clock has come to where robot time is."""
        ahead_s = self._robot_time() + self._offset_s - self._clock()
        if ahead_s < -CONTROL_PERIOD_S:
            self.late, self.worst_s = self.late + 1, max(self.worst_s, -ahead_s)
        if ahead_s > 0.0:
            self._sleep(ahead_s)
        elif ahead_s < -_LATE_S:
            self._offset_s -= ahead_s
