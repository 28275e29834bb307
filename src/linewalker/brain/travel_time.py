"""How long a walk takes: its strides are counted on its course, one after the other, as the controller takes them.

A walk of n strides lasts the weight shift before the first one, n steps, and what the steps take on average that only
correct at its end. That was fitted to walks of the robots in physics (``benchmarks/brain/durations.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from linewalker.brain.route import RoadMap, Waypoint
from linewalker.cerebellum.body.feet import LEFT, RIGHT, SIDE
from linewalker.cerebellum.walking.arrival import ARRIVED_M, ARRIVED_RAD
from linewalker.cerebellum.walking.course import PathCourse
from linewalker.cerebellum.walking.walk import WalkTuning
from linewalker.geometry import Array, wrap_angle
from linewalker.limbs.profile import Gait

_MOST_STRIDES = 240
WALK_CLEARANCE_M = 0.45
"""Of the middle between the feet from the car on the way."""
LEAST_CLEARANCE_M = 0.38
"""Of a way from one stance at the car to the next."""
TURNING_M = 0.5
"""Over which a robot turns that walks through somewhere."""


@dataclass(frozen=True, kw_only=True)
class Strides:
    """Of a walk.

    Attributes:
        poses: of the middle between the feet after each stride, x, y, yaw, (n, 3); m, rad.
        duration_s: until the last foot is down.
    """

    poses: Array
    duration_s: float


class TravelTime:
    """Of one robot.

    Args:
        gait: how it steps.
    """

    CORRECTING_S = 0.15
    """Of a G1: about every other walk ends with a step that only corrects."""

    def __init__(self, gait: Gait):
        self._gait, self._shift_s = gait, WalkTuning().shift_s

    def strides(self, start: Waypoint, route: Sequence[Waypoint]) -> Strides:
        """A walk from a stand along a route to its last waypoint."""
        gait, at = self._gait, np.array(start.pose)
        course = PathCourse([at, *(np.array(waypoint.pose) for waypoint in route)], gait)
        if _within(at, course.goal):
            return Strides(poses=at[None], duration_s=0.0)
        side, poses = SIDE[self._first_swing(course, at)], list[Array]()
        longest_m = self._longest_after(at, course.middles(at, side, gait.ramp_m, 1)[0])
        while len(poses) < _MOST_STRIDES:
            before, at = at, course.middles(at, side, longest_m, 1)[0]
            poses.append(at)
            course.landed(at, 0.0)
            if course.at == len(course.waypoints) - 1 and _within(at, course.goal):
                poses.append(at)  # the other foot follows
                break
            side, longest_m = -side, self._longest_after(before, at)
        return self._walk(poses)

    def duration_s(self, start: Waypoint, route: Sequence[Waypoint]) -> float:
        """Robot time of a walk."""
        return self.strides(start, route).duration_s

    def with_headings(
        self, points: Sequence[Array], start: Waypoint, goal: Waypoint, *, passing: bool = False
    ) -> list[Waypoint]:
        """The waypoints of a way, start left out, each with a heading, so that the walk takes the fewest strides.

        Args:
            points: of the way, start and goal included, (2,) each.
            start, goal: where it begins and ends.
            passing: the robot does not stop at the goal, but has its heading there.
        """
        inner = np.array(points[1:-1]).reshape(-1, 2)
        best: list[Waypoint] = [goal]
        fewest = np.inf
        for yaws in _headings(points, start, goal):
            route = [*(Waypoint(x=float(x), y=float(y), yaw=float(yaw)) for (x, y), yaw in zip(inner, yaws)), goal]
            count = len(self.strides(start, [*route, goal] if passing else route).poses)
            if count < fewest:
                best, fewest = route, count
        return best

    def _walk(self, poses: list[Array]) -> Strides:
        duration_s = self._shift_s + len(poses) * self._gait.step_s + self.CORRECTING_S
        return Strides(poses=np.array(poses), duration_s=duration_s)

    def _longest_after(self, before: Array, at: Array) -> float:
        """Bound on the stride after one from here to there."""
        stride_m = float(np.hypot(*(at[:2] - before[:2])))
        return min(stride_m + self._gait.ramp_m, self._gait.forward_m)

    def _first_swing(self, course: PathCourse, middle: Array) -> int:
        """As `Walk` chooses it."""
        first = course.middles(middle, SIDE[LEFT], self._gait.ramp_m, 1)[0]
        dx, dy = first[:2] - middle[:2]
        aside = -np.sin(middle[2]) * dx + np.cos(middle[2]) * dy
        left = aside + self._gait.half_width_m * wrap_angle(first[2] - middle[2])
        return LEFT if left >= 0 else RIGHT


class Ways:
    """The walks round a car and whatever else stands on the floor.

    Args:
        outlines: of it, each (k, 2), m, in the axes that poses are given in.
        gait: how the robot steps.
    """

    def __init__(self, outlines: Sequence[Array], gait: Gait):
        self._map = RoadMap(outlines, WALK_CLEARANCE_M, LEAST_CLEARANCE_M)
        self._time = TravelTime(gait)
        self._known: dict[tuple[Waypoint, Waypoint, bool], list[Waypoint]] = {}

    def route(self, start: Waypoint, goal: Waypoint, through: Sequence[Waypoint] = ()) -> list[Waypoint]:
        """Waypoints from start (left out) to goal (included), where the robot stops; it walks through others.

        Raises:
            UnreachableError: there is no way.
        """
        route: list[Waypoint] = []
        for there in through:
            route += self._leg(start, there, passing=True)
            start = there
        return [*route, *self._leg(start, goal, passing=False)]

    def strides(self, start: Waypoint, goal: Waypoint, through: Sequence[Waypoint] = ()) -> Strides:
        """The walk along that route."""
        return self._time.strides(start, self.route(start, goal, through))

    def duration_s(self, start: Waypoint, goal: Waypoint, through: Sequence[Waypoint] = ()) -> float:
        """Robot time of that walk."""
        return self.strides(start, goal, through).duration_s

    def legs_s(self, start: Waypoint, goal: Waypoint, through: Sequence[Waypoint]) -> list[float]:
        """Robot time of that walk to each of the places it goes through, and on to the goal."""
        strides = self.strides(start, goal, through)
        first, passed = 0, [0.0]
        for place in through:
            off_m = np.linalg.norm(strides.poses[first:, :2] - place.p, axis=1)
            first += int(off_m.argmin())
            passed.append(strides.duration_s * (first + 1) / (len(strides.poses) + 1))
        return [float(leg_s) for leg_s in np.diff([*passed, strides.duration_s])]

    def _leg(self, start: Waypoint, goal: Waypoint, *, passing: bool) -> list[Waypoint]:
        key = start, goal, passing
        if key not in self._known:
            points = self._map.way(start.p, goal.p)
            last = points[-1] - points[-2]
            length_m = float(np.linalg.norm(last))
            if passing and length_m > 1.5 * TURNING_M:  # it faces its way before it turns to the heading it passes with
                points.insert(-1, points[-1] - TURNING_M / length_m * last)
            self._known[key] = self._time.with_headings(points, start, goal, passing=passing)
        return self._known[key]


def _within(pose: Array, goal: Array) -> bool:
    off_rad = abs(float(wrap_angle(goal[2] - pose[2])))
    return bool(np.hypot(*(goal[:2] - pose[:2])) < ARRIVED_M and off_rad < ARRIVED_RAD)


def _headings(points: Sequence[Array], start: Waypoint, goal: Waypoint) -> Iterator[Array]:
    """Headings (n,) for the n points between start and goal: facing or backing along the way up to one of the last of
    them and turned to the goal from there on, or keeping the heading of the start."""
    legs = np.diff(np.array(points), axis=0)
    way = np.arctan2(legs[:-1, 1], legs[:-1, 0])
    n = len(way)
    yield np.full(n, goal.yaw)
    if n == 0:
        return
    yield np.full(n, start.yaw)
    for turned_from in {n, max(n - 1, 1), max(n - 2, 1)}:
        for turn in (0.0, np.pi):
            yield np.where(np.arange(n) < turned_from, way + turn, goal.yaw)
