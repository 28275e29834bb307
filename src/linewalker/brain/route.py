"""The shortest way round the car: a visibility graph over obstacles grown by the robot's clearance.

Among polygonal obstacles the shortest path runs along straight segments between start, goal and obstacle corners
(Lozano-Perez and Wesley 1979), so the graph of mutually visible corners holds it and the search is complete.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
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
    outlines = [Polygon(np.asarray(outline, float)) for outline in obstacles]
    for name, point in (("start", start), ("goal", goal)):
        if any(outline.contains(Point(point.p)) for outline in outlines):
            raise UnreachableError(f"the route's {name} ({point.x:.2f}, {point.y:.2f}) m lies inside an obstacle")
    grown = shapely.union_all([outline.buffer(clearance_m, quad_segs=4) for outline in outlines])
    leave, enter = _nearest_free(start.p, grown), _nearest_free(goal.p, grown)
    corners = _shortest(leave, enter, grown)
    points = [start.p, *corners, goal.p]
    points = [p for i, p in enumerate(points) if i == 0 or np.linalg.norm(p - points[i - 1]) > 1e-6] or [goal.p]
    return _with_headings(points, start, goal, turn_worth_m)


def _nearest_free(p: Array, grown: BaseGeometry) -> Array:
    if not grown.contains(Point(p)):
        return p
    outside = grown.buffer(CORNER_SLACK_M)
    boundary = outside.boundary
    return np.array(boundary.interpolate(boundary.project(Point(p))).coords[0])


def _shortest(start: Array, goal: Array, grown: BaseGeometry) -> list[Array]:
    """Dijkstra over the visibility graph; the points from start to goal, both included."""
    outer = grown.buffer(CORNER_SLACK_M, quad_segs=2, join_style="mitre")
    parts = outer.geoms if isinstance(outer, MultiPolygon) else [outer]
    corners = [np.array(c) for part in parts if not part.is_empty for c in part.simplify(0.002).exterior.coords[:-1]]
    nodes = [start, goal, *corners]
    shapely.prepare(grown)
    distance, before, done = {0: 0.0}, {}, set()
    queue = [(0.0, 0)]
    while queue:
        so_far, i = heapq.heappop(queue)
        if i in done:
            continue
        if i == 1:
            break
        done.add(i)
        for j, node in enumerate(nodes):
            length = so_far + float(np.linalg.norm(node - nodes[i]))
            if j not in done and length < distance.get(j, np.inf) and _visible(nodes[i], node, grown):
                distance[j], before[j] = length, i
                heapq.heappush(queue, (length, j))
    if 1 not in distance:
        raise UnreachableError("obstacles close every way between the route's start and goal")
    path = [1]
    while path[-1] != 0:
        path.append(before[path[-1]])
    return [nodes[i] for i in reversed(path)]


def _visible(a: Array, b: Array, grown: BaseGeometry) -> bool:
    segment = LineString([a, b])
    return not grown.intersects(segment) or grown.touches(segment)


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
