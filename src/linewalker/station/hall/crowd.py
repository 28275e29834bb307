"""Visitors of a hall: they come, wait for a robot in their way, stand, or follow it; and what the hall sees of them.

A hall at a fair has a sensor over it that follows people, such as a lidar at the ceiling. Here it is simulated: what
the robot is told of people is late, and a little wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from linewalker.brain.route import disc
from linewalker.geometry import Array
from linewalker.station.hall.hall import Visitor

RADIUS_M = 0.25
"""Of a person, from above."""
COMFORT_M = 0.2
"""Room that people get all round besides, on the way: nobody likes a robot at his elbow."""
_EVERY_S = 0.02
_SEEN_EVERY_S, _SEEN_SIGMA_M = 0.1, 0.01
_POLITE_M = 0.9  # so far from the middle of a robot people stop that would walk into it
_APART_M = 2.0 * RADIUS_M + 0.15
_STRIDE_M, _AHEAD_M = 0.1, 1.0  # of the robot's trail, and how far of it a follower cuts corners
_OFF_MARKS_M = 0.9
_LEFT_M = 0.3  # who has caught up follows again when the robot has gone so far
_AROUND_RAD = (0.0, 0.5, -0.5, 1.0, -1.0, 1.5, -1.5, 2.0, -2.0)


class Crowd:
    """All visitors.

    Args:
        visitors: who comes.
        seed: of the errors of the sensor.
        solids: outlines of what they walk round, each (k, 2), m.
        marks: places of the guide, each (2,), m, which have a mark on the floor; who follows does not stay on one.

    Attributes:
        at: where each of them stands, (2,), m; None as long as he is not in the hall.
    """

    def __init__(
        self, visitors: Sequence[Visitor], seed: int, solids: Iterable[Array] = (), marks: Iterable[Array] = ()
    ):
        self._visitors, self._rng = tuple(visitors), np.random.default_rng(seed)
        self._walls = MultiPolygon([Polygon(outline) for outline in solids]).buffer(RADIUS_M)
        self._marks = tuple(marks)
        self._walked_m = np.zeros(len(self._visitors))
        self._now_s, self._seen_s = 0.0, -np.inf
        self.at: list[Array | None] = [None] * len(self._visitors)
        self._seen: list[Array | None] = list(self.at)
        self._trail: list[Array] = []
        self._crumb = [-1] * len(self._visitors)
        self._rests: list[Array | None] = [None] * len(self._visitors)  # where the robot was when they caught up

    def tick(self, now_s: float, robot_m: Array) -> None:
        """Walk on.

        Args:
            now_s: robot time.
            robot_m: where people see the robot, (2,).
        """
        passed_s = now_s - self._now_s
        if passed_s < _EVERY_S - 1e-9:
            return
        self._now_s = now_s
        if not self._trail or np.linalg.norm(robot_m - self._trail[-1]) > _STRIDE_M:
            self._trail.append(np.array(robot_m))
        for i, visitor in enumerate(self._visitors):
            if now_s < visitor.arrives_s:
                continue
            here, ahead_m = self.at[i], self._walked_m[i] + visitor.walks_m_s * passed_s
            if here is None:
                self.at[i] = _along(visitor.way, 0.0)
            elif (visitor.follows_m is not None and np.allclose(here, visitor.way[-1])) or self._crumb[i] >= 0:
                self.at[i] = self._following(i, here, visitor.walks_m_s * passed_s, robot_m)
            elif not _in_the_way(robot_m, here, there := _along(visitor.way, ahead_m)):
                self.at[i], self._walked_m[i] = there, ahead_m
        if now_s - self._seen_s >= _SEEN_EVERY_S:
            self._seen_s = now_s
            self._seen = [None if p is None else p + self._rng.normal(0.0, _SEEN_SIGMA_M, 2) for p in self.at]

    def seen(self) -> tuple[Array, ...]:
        """Outlines of the room that people take, as the sensor saw them last, each (k, 2), m."""
        return tuple(disc(float(p[0]), float(p[1]), RADIUS_M + COMFORT_M) for p in self._seen if p is not None)

    def group(self) -> tuple[Array, ...]:
        """Where those are who follow, as the sensor saw them last; endlessly far who has not come yet."""
        nowhere = np.full(2, np.inf)
        return tuple(
            nowhere if at is None else at for at, one in zip(self._seen, self._visitors) if one.follows_m is not None
        )

    def _following(self, i: int, here: Array, step_m: float, robot_m: Array) -> Array:
        """A step along the trail of the robot, which keeps clear of everything, so that it leads round it all."""
        trail = np.array(self._trail)
        far_m = np.linalg.norm(trail - here, axis=1)
        if self._crumb[i] < 0:
            self._crumb[i] = int(np.argmin(far_m))
        ahead = np.flatnonzero(far_m[self._crumb[i] :] < _AHEAD_M)
        if len(ahead):
            self._crumb[i] += int(ahead[-1])
        way = trail[self._crumb[i]] - here if self._crumb[i] < len(trail) - 1 else robot_m - here
        rests_m = self._rests[i]
        if np.linalg.norm(robot_m - here) <= (self._visitors[i].follows_m or 0.0):
            self._rests[i] = rests_m = robot_m
        elif rests_m is not None and np.linalg.norm(robot_m - rests_m) > _LEFT_M:
            self._rests[i] = rests_m = None
        if rests_m is not None:
            on = [mark for mark in self._marks if np.linalg.norm(here - mark) < _OFF_MARKS_M]
            if not on:
                return here
            way = here - on[0]
        heading_rad = float(np.arctan2(way[1], way[0]))
        for turn_rad in _AROUND_RAD:
            there = here + step_m * np.array([np.cos(heading_rad + turn_rad), np.sin(heading_rad + turn_rad)])
            if self._free(i, here, there, robot_m):
                return there
        return here

    def _free(self, i: int, here: Array, there: Array, robot_m: Array) -> bool:
        others = [at for k, at in enumerate(self.at) if k != i and at is not None]
        crowded = any(_nearer(other, here, there, _APART_M) for other in others)
        return not (crowded or _in_the_way(robot_m, here, there) or shapely.contains_xy(self._walls, *there))


def _along(way: Array, walked_m: float) -> Array:
    """Where somebody is who walked so far along a way."""
    for here, there in pairwise(way):
        leg_m = float(np.linalg.norm(there - here))
        if walked_m < leg_m:
            return np.asarray(here + (there - here) * walked_m / leg_m)
        walked_m -= leg_m
    return np.asarray(way[-1])


def _in_the_way(robot_m: Array, here: Array, there: Array) -> bool:
    return _nearer(robot_m, here, there, _POLITE_M)


def _nearer(other_m: Array, here: Array, there: Array, least_m: float) -> bool:
    """Whether a step leads nearer than that to somebody, and nearer than one was."""
    near_m = float(np.linalg.norm(there - other_m))
    return near_m < least_m and near_m < float(np.linalg.norm(here - other_m))
