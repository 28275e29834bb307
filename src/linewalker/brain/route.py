"""The shortest way round the car: a visibility graph over obstacles grown by the robot's clearance.

Among polygonal obstacles the shortest path runs along straight segments between start, goal and obstacle corners
(Lozano-Perez and Wesley 1979), so the graph of mutually visible corners holds it and the search is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from linewalker.errors import UnreachableError
from linewalker.geometry import Array

CORNER_SLACK_M = 0.01  # corners stand this much outside the grown obstacle, so that touching it is not crossing it


@dataclass(frozen=True, kw_only=True)
class Waypoint:
    """A mid-feet pose on the floor, frame W; m, rad."""

    x: float
    y: float
    yaw: float

    @classmethod
    def at(cls, pose: Array) -> Waypoint:
        """From x, y, yaw, (3,)."""
        return cls(x=float(pose[0]), y=float(pose[1]), yaw=float(pose[2]))

    @property
    def p(self) -> Array:
        """Position (2,), m."""
        return np.array([self.x, self.y])

    @property
    def pose(self) -> tuple[float, float, float]:
        """x, y, yaw, as `MotionController.follow` takes them."""
        return self.x, self.y, self.yaw


def disc(x: float, y: float, radius_m: float, corners: int = 24) -> Array:
    """Outline of a round obstacle, (corners, 2), m: a polygon around the circle, none of which it cuts off."""
    angles = np.arange(corners) * 2.0 * np.pi / corners
    return np.array([x, y]) + radius_m / np.cos(np.pi / corners) * np.column_stack((np.cos(angles), np.sin(angles)))


def plan_route(
    start: Waypoint,
    goal: Waypoint,
    obstacles: Sequence[ArrayLike],
    *,
    clearance_m: float = 0.5,
    turn_worth_m: float = 1.2,
) -> list[Waypoint]:
    """Waypoints from start (left out) to goal (included) that keep ``clearance_m`` from every obstacle.

    A start or goal nearer to an obstacle than the clearance (a stance at the car) is left and entered on the shortest
    straight line. Legs longer than ``turn_worth_m`` are walked facing forward; shorter ones keep the goal's heading,
    so a robot that works its way along a car side-steps.

    Args:
        start: where the robot stands.
        goal: where it shall stand.
        obstacles: outlines, each (k, 2), m, in W.
        clearance_m: distance of the mid-feet point from every outline on the way.
        turn_worth_m: length above which turning into the direction of travel pays.

    Raises:
        UnreachableError: start or goal lies inside an obstacle, or obstacles close the way.
    """
    points = RoadMap(obstacles, clearance_m).way(start.p, goal.p)
    return _with_headings(points, start, goal, turn_worth_m)


class RoadMap:
    """The ways among obstacles; those between the corners are found once.

    Args:
        obstacles: outlines, each (k, 2), m.
        clearance_m: distance of the mid-feet point from every outline on the way.
        least_clearance_m: where the way leads from one place nearer than the clearance straight to another, it may
            stay as near as they are, but no nearer than this.
    """

    def __init__(self, obstacles: Sequence[ArrayLike], clearance_m: float, least_clearance_m: float | None = None):
        self._outlines = [Polygon(np.asarray(outline, float)) for outline in obstacles]
        self._solid = shapely.union_all(self._outlines)
        self._grown = shapely.union_all([outline.buffer(clearance_m, quad_segs=4) for outline in self._outlines])
        self._clearance_m, self._least_m = clearance_m, least_clearance_m
        shapely.prepare(self._grown)
        outer = self._grown.buffer(CORNER_SLACK_M, quad_segs=2, join_style="mitre")
        self._edge = self._grown.buffer(CORNER_SLACK_M).boundary
        parts = outer.geoms if isinstance(outer, MultiPolygon) else [outer]
        corners = [part.simplify(0.002).exterior.coords[:-1] for part in parts if not part.is_empty]
        self._corners = np.array([corner for ring in corners for corner in ring]).reshape(-1, 2)
        self._lengths, self._after = _all_shortest(self._corners, self._visible)

    def way(self, start: Array, goal: Array) -> list[Array]:
        """Points (2,) from start to goal, both included (one, if they are one).

        Raises:
            UnreachableError: see `plan_route`.
        """
        for name, p in (("start", start), ("goal", goal)):
            if any(outline.contains(Point(p)) for outline in self._outlines):
                raise UnreachableError(f"the route's {name} ({p[0]:.2f}, {p[1]:.2f}) m lies inside an obstacle")
        if self._stays_as_clear(start, goal):
            points = [start, goal]
        else:
            points = [start, *self._between(self._nearest_free(start), self._nearest_free(goal)), goal]
        far = [p for i, p in enumerate(points) if i == 0 or np.linalg.norm(p - points[i - 1]) > 1e-6]
        return far if len(far) > 1 else [start, goal]

    def _stays_as_clear(self, start: Array, goal: Array) -> bool:
        if self._least_m is None:
            return False
        ends = min(self._solid.distance(Point(p)) for p in (start, goal))
        if ends >= self._clearance_m:
            return False
        return bool(self._solid.distance(shapely.LineString([start, goal])) >= max(ends - 1e-6, self._least_m))

    def _nearest_free(self, p: Array) -> Array:
        if not self._grown.contains(Point(p)):
            return p
        return np.array(self._edge.interpolate(self._edge.project(Point(p))).coords[0])

    def _between(self, start: Array, goal: Array) -> list[Array]:
        """The shortest way between free points, both included."""
        if self._visible(start[None], goal[None])[0]:
            return [start, goal]
        leave, enter = (self._to_corners(p) for p in (start, goal))
        total = leave[:, None] + self._lengths + enter
        if not len(total) or not np.isfinite(total.min()):
            raise UnreachableError("obstacles close every way between the route's start and goal")
        i, last = divmod(int(total.argmin()), total.shape[1])
        path = [i]
        while path[-1] != last:
            path.append(int(self._after[path[-1], last]))
        return [start, *self._corners[path], goal]

    def _to_corners(self, p: Array) -> Array:
        there = np.broadcast_to(p, self._corners.shape)
        return np.where(self._visible(there, self._corners), np.linalg.norm(self._corners - p, axis=1), np.inf)

    def _visible(self, a: Array, b: Array) -> NDArray[np.bool_]:
        """Whether the straight lines from points a (k, 2) to points b (k, 2) are free."""
        segments = shapely.linestrings(np.stack((a, b), axis=1))
        free = ~shapely.intersects(self._grown, segments)
        for k in np.flatnonzero(~free):
            free[k] = _touches(self._grown, segments[k])
        return np.asarray(free)


def _touches(grown: BaseGeometry, segment: BaseGeometry) -> bool:
    return bool(shapely.touches(grown, segment))


def _all_shortest(
    corners: Array, visible: Callable[[Array, Array], NDArray[np.bool_]]
) -> tuple[Array, NDArray[np.int_]]:
    """Lengths of the shortest ways between corners, and the next corner on each (Floyd 1962, Warshall 1962)."""
    n = len(corners)
    lengths = np.full((n, n), np.inf)
    after = np.tile(np.arange(n), (n, 1))
    i, j = np.triu_indices(n, 1)
    free = visible(corners[i], corners[j]) if len(i) else np.zeros(0, bool)
    direct = np.linalg.norm(corners[i] - corners[j], axis=1)
    lengths[i[free], j[free]] = lengths[j[free], i[free]] = direct[free]
    np.fill_diagonal(lengths, 0.0)
    for k in range(n):
        through = lengths[:, k, None] + lengths[k]
        shorter = through < lengths - 1e-12
        lengths = np.where(shorter, through, lengths)
        after = np.where(shorter, after[:, k, None], after)
    return lengths, after


def _with_headings(points: list[Array], start: Waypoint, goal: Waypoint, turn_worth_m: float) -> list[Waypoint]:
    """Long legs face their direction at both ends; the last waypoint takes the goal's heading."""
    route: list[Waypoint] = []
    heading = start.yaw
    for a, b in pairwise(points):
        leg = b - a
        long = float(np.linalg.norm(leg)) > turn_worth_m
        heading = float(np.arctan2(leg[1], leg[0])) if long else goal.yaw
        if long and route:
            route[-1] = Waypoint(x=route[-1].x, y=route[-1].y, yaw=heading)
        route.append(Waypoint(x=float(b[0]), y=float(b[1]), yaw=heading))
    return [*route[:-1], goal]
