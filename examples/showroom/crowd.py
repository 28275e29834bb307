"""Visitors of a hall: they come, walk, wait for a robot in their way, and stand; and what the hall sees of them.

A hall at a fair has a sensor over it that follows people, such as a lidar at the ceiling. Here it is simulated: what
the robot is told of people is late, and a little wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from examples.showroom.hall import Visitor

from linewalker.brain.route import disc
from linewalker.geometry import Array

RADIUS_M = 0.25
"""Of a person, from above."""
COMFORT_M = 0.2
"""Room that people get all round besides, on the way: nobody likes a robot at his elbow."""
_SEEN_EVERY_S, _SEEN_SIGMA_M = 0.1, 0.01
_POLITE_M = 0.9  # so far from the middle of a robot people stop that would walk into it


class Crowd:
    """All visitors.

    Args:
        visitors: who comes.
        seed: of the errors of the sensor.

    Attributes:
        at: where each of them stands, (2,), m; None as long as he is not in the hall.
    """

    def __init__(self, visitors: Sequence[Visitor], seed: int):
        self._visitors, self._rng = tuple(visitors), np.random.default_rng(seed)
        self._walked_m = np.zeros(len(self._visitors))
        self._now_s, self._seen_s = 0.0, -np.inf
        self.at: list[Array | None] = [None] * len(self._visitors)
        self._outlines: tuple[Array, ...] = ()

    def tick(self, now_s: float, robot_m: Array) -> None:
        """Walk on.

        Args:
            now_s: robot time.
            robot_m: where people see the robot, (2,).
        """
        passed_s, self._now_s = now_s - self._now_s, now_s
        for i, visitor in enumerate(self._visitors):
            if now_s < visitor.arrives_s:
                continue
            here, ahead_m = self.at[i], self._walked_m[i] + visitor.walks_m_s * passed_s
            there = _along(visitor.way, ahead_m)
            if here is None:
                self.at[i] = _along(visitor.way, 0.0)
            elif not _in_the_way(robot_m, here, there):
                self.at[i], self._walked_m[i] = there, ahead_m
        if now_s - self._seen_s >= _SEEN_EVERY_S:
            self._seen_s = now_s
            here = [p + self._rng.normal(0.0, _SEEN_SIGMA_M, 2) for p in self.at if p is not None]
            self._outlines = tuple(disc(float(x), float(y), RADIUS_M + COMFORT_M) for x, y in here)

    def seen(self) -> tuple[Array, ...]:
        """Outlines of the room that people take, as the sensor saw them last, each (k, 2), m."""
        return self._outlines


def _along(way: Array, walked_m: float) -> Array:
    """Where somebody is who walked so far along a way."""
    for here, there in pairwise(way):
        leg_m = float(np.linalg.norm(there - here))
        if walked_m < leg_m:
            return np.asarray(here + (there - here) * walked_m / leg_m)
        walked_m -= leg_m
    return np.asarray(way[-1])


def _in_the_way(robot_m: Array, here: Array, there: Array) -> bool:
    near_m = float(np.linalg.norm(there - robot_m))
    return near_m < _POLITE_M and near_m < float(np.linalg.norm(here - robot_m))
