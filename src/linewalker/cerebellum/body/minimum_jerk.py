"""Straight motion from rest to rest with the least jerk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Array

PEAK_SPEED = 1.875
"""Largest speed over the mean one."""
PEAK_ACCELERATION = 10.0 / np.sqrt(3.0)
"""Largest acceleration over distance per duration squared."""


@dataclass(frozen=True, kw_only=True)
class MinimumJerk:
    """Fifth-order polynomial that begins and ends without speed and acceleration (Flash and Hogan 1985, eq. 2).

    Attributes:
        start, goal: (k,).
        duration_s: how long it takes.
    """

    start: Array
    goal: Array
    duration_s: float

    @staticmethod
    def within(start: Array, goal: Array, speed: Array, acceleration: Array, shortest_s: float) -> MinimumJerk:
        """The fastest that exceeds no component of ``speed`` and ``acceleration``, (k,)."""
        way = np.abs(goal - start)
        by_speed = PEAK_SPEED * way / speed
        by_acceleration = np.sqrt(PEAK_ACCELERATION * way / acceleration)
        duration_s = max(shortest_s, float(by_speed.max()), float(by_acceleration.max()))
        return MinimumJerk(start=start, goal=goal, duration_s=duration_s)

    def at(self, time_s: float) -> tuple[Array, Array, Array]:
        """Position, speed and acceleration, (k,) each; before the start and after the end it rests."""
        r = min(max(time_s / self.duration_s, 0.0), 1.0)
        way = self.goal - self.start
        position = self.start + way * r**3 * (10.0 - 15.0 * r + 6.0 * r**2)
        speed = way * 30.0 * r**2 * (1.0 - r) ** 2 / self.duration_s
        acceleration = way * 60.0 * r * (1.0 - r) * (1.0 - 2.0 * r) / self.duration_s**2
        return position, speed, acceleration
