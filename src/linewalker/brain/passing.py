"""What is done while the robot walks from one place where it stands to the next, and where it has to walk for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from linewalker.brain.route import Waypoint
from linewalker.brain.travel_time import Ways
from linewalker.brain.visit import Visit
from linewalker.errors import UnreachableError
from linewalker.geometry import wrap_angle

_TRIED, _TRIED_A_LEG = 24, 6
_UNLIKE_M, _UNLIKE_RAD = 0.2, 0.25
_PACE_M_S, _TURN_S_PER_RAD = 0.75, 0.6
"""Of a robot that walks, by guess, to tell what is worth to be looked into."""
_LEAST_POSES = 2
"""Strides from which something has to be seen that is to be seen in passing."""
_STAND_S = 0.6
"""What standing still once more has against it, beside its time: it must be worth while."""


class Legs:
    """A tour with what is done on its way.

    Args:
        stops: where the robot stands, in this order.
        home: where it comes from and goes to.
        ways: its walks.

    Attributes:
        stops: as above; may be replaced by others at the same stance.
    """

    def __init__(self, stops: Sequence[Visit], home: Waypoint, ways: Ways):
        self.stops, self._home, self._ways = list(stops), home, ways
        self._passing: list[list[Visit]] = [[] for _ in range(len(stops) + 1)]

    @property
    def visits(self) -> list[Visit]:
        """All of them in their order."""
        made: list[Visit] = []
        for passing, stop in zip(self._passing, self.stops):
            made += [*passing, stop]
        return [*made, *self._passing[-1]]

    @property
    def walking_s(self) -> float:
        """Robot time spent walking."""
        return sum(self._duration_s(leg, self._passing[leg]) for leg in range(len(self._passing)))

    def insert(self, visit: Visit, views: Sequence[Waypoint], seen_from: Callable[[Waypoint], bool]) -> None:
        """Find where to do it: walking through one of its views, or standing at its stance, where that costs least.

        Args:
            visit: to be made; its stance is where to stand for it.
            views: poses to walk through instead.
            seen_from: whether it can be done from a pose.
        """
        least_s, leg = self._standing(visit)
        made: list[Visit] | None = None
        for other, visits in self._tries(visit, views, seen_from):
            added_s = self._added_s(other, visits, seen_from)
            if added_s is not None and added_s < least_s:
                least_s, leg, made = added_s, other, visits
        if made is None:
            self.stops.insert(leg, visit)
            self._passing.insert(leg + 1, [])
        else:
            self._passing[leg] = made

    def _tries(
        self, visit: Visit, views: Sequence[Waypoint], seen_from: Callable[[Waypoint], bool]
    ) -> Iterator[tuple[int, list[Visit]]]:
        """Legs with the visits on them, one of which is new; the most promising ones."""
        guesses: list[tuple[float, int, int, Waypoint]] = []
        for leg in range(len(self._passing)):
            places = self._places(leg)
            for i, (a, b) in enumerate(pairwise(places)):
                on_way = [Waypoint.at(pose) for pose in self._ways.strides(a, b).poses] if len(places) == 2 else []
                tried = [*filter(seen_from, on_way), *views]
                guesses += [(guess_s, leg, i, view) for guess_s, view in _unlike(a, tried, b)]
        for _, leg, i, view in sorted(guesses, key=lambda guess: guess[0])[:_TRIED]:
            there = replace(visit, stance=view, passing=True)
            yield leg, [*self._passing[leg][:i], there, *self._passing[leg][i:]]

    def _added_s(self, leg: int, visits: list[Visit], seen_from: Callable[[Waypoint], bool]) -> float | None:
        """Time that is added to a leg; None where what is to be seen is not."""
        try:
            strides = self._ways.strides(*self._ends(leg), [v.stance for v in visits])
        except UnreachableError:
            return None
        added_s = strides.duration_s - self._duration_s(leg, self._passing[leg])
        poses = (Waypoint.at(pose) for pose in strides.poses)
        seen = 0
        for pose in poses:
            seen += seen_from(pose)
            if seen == _LEAST_POSES:
                return added_s
        return None

    def _standing(self, visit: Visit) -> tuple[float, int]:
        """Time that standing for it adds, and to which leg."""
        costs = []
        for leg, passing in enumerate(self._passing):
            a, b = self._ends(leg)
            to_s = self._ways.duration_s(a, visit.stance, [v.stance for v in passing])
            costs.append((to_s + self._ways.duration_s(visit.stance, b) - self._duration_s(leg, passing), leg))
        added_s, leg = min(costs)
        return added_s + _STAND_S, leg

    def _duration_s(self, leg: int, passing: Sequence[Visit]) -> float:
        return self._ways.duration_s(*self._ends(leg), [visit.stance for visit in passing])

    def _ends(self, leg: int) -> tuple[Waypoint, Waypoint]:
        stances = [self._home, *(stop.stance for stop in self.stops), self._home]
        return stances[leg], stances[leg + 1]

    def _places(self, leg: int) -> list[Waypoint]:
        a, b = self._ends(leg)
        return [a, *(visit.stance for visit in self._passing[leg]), b]


def _unlike(a: Waypoint, views: Sequence[Waypoint], b: Waypoint) -> list[tuple[float, Waypoint]]:
    """The most promising of some views, with what each costs about; no two of them are much alike."""
    kept: list[tuple[float, Waypoint]] = []
    for guess_s, pose in sorted((_guess_s(a, view, b), view.pose) for view in views):
        view = Waypoint.at(np.array(pose))
        alike = (
            np.hypot(*(view.p - other.p)) < _UNLIKE_M and abs(float(wrap_angle(view.yaw - other.yaw))) < _UNLIKE_RAD
            for _, other in kept
        )
        if not any(alike):
            kept.append((guess_s, view))
        if len(kept) == _TRIED_A_LEG:
            break
    return kept


def _guess_s(a: Waypoint, view: Waypoint, b: Waypoint) -> float:
    """What walking through a view costs about."""
    there, on, direct = view.p - a.p, b.p - view.p, b.p - a.p
    detour_m = float(np.hypot(*there) + np.hypot(*on) - np.hypot(*direct))
    way = float(np.arctan2(direct[1], direct[0])) if np.hypot(*direct) > 0.3 else a.yaw
    return detour_m / _PACE_M_S + _TURN_S_PER_RAD * abs(float(wrap_angle(view.yaw - way)))
