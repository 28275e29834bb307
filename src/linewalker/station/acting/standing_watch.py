"""Watches how a robot stands: whoever says that it stopped has measured it."""

from __future__ import annotations

import numpy as np

from linewalker.brain.operator import Operator
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.station.approval.performer import Standing

STANDS_M_S = 0.03
_EVERY_TICKS = 5


class StandingWatch:
    """Call `tick` after every control tick.

    Attributes:
        standing: how it stood last; from any thread.
    """

    def __init__(self, operator: Operator):
        self._operator, self._ticks, self._still_since_s = operator, 0, operator.now_s
        self.standing = Standing(time_s=operator.now_s, speed_m_s=None)

    def tick(self) -> None:
        """Look at the estimate, a hundred times a second of robot time."""
        self._ticks += 1
        if self._ticks % _EVERY_TICKS:
            return
        motion, now_s = self._operator.motion, self._operator.now_s
        speed, state = float(np.linalg.norm(motion.estimate.base_m_s)), motion.stop_state
        if not speed <= STANDS_M_S:  # what is no number is no rest either
            self._still_since_s = now_s
        self.standing = Standing(
            time_s=now_s,
            speed_m_s=speed if np.isfinite(speed) else None,
            still_s=now_s - self._still_since_s,
            stop="" if state is StopState.RUNNING else state.value,
        )
