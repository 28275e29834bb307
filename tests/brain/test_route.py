"""Laws of the way round the car."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from linewalker.brain.route import Waypoint, plan_route
from linewalker.errors import UnreachableError

CAR = np.array([[-0.9, -0.9], [3.8, -0.9], [3.8, 0.9], [-0.9, 0.9]])
coordinate = st.floats(-3, 6)


def waypoint(x: float, y: float, yaw: float = 0.0) -> Waypoint:
    return Waypoint(x=x, y=y, yaw=yaw)


def test_a_waypoint_is_its_pose() -> None:
    assert Waypoint.at(np.array(waypoint(1.0, -2.0, 0.5).pose)) == waypoint(1.0, -2.0, 0.5)


def test_straight_where_nothing_is_in_the_way() -> None:
    assert plan_route(waypoint(-3, 2), waypoint(5, 2.2), [CAR]) == [waypoint(5, 2.2)]


def test_around_the_car_is_the_known_shortest_length() -> None:
    start, goal = waypoint(1.45, -2.0), waypoint(1.45, 2.0)
    route = plan_route(start, goal, [CAR], clearance_m=0.5)
    points = np.array([start.p, *[w.p for w in route]])
    length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
    # the taut string: two tangents to the rounded corners, two arcs of radius 0.5 m, and the straight between
    to_corner = np.array([2.35, 1.1])
    distance = np.hypot(*to_corner)
    heading = np.arctan2(to_corner[1], to_corner[0]) - np.arcsin(0.5 / distance)
    taut = 2 * (np.sqrt(distance**2 - 0.25) + 0.5 * (np.pi / 2 - heading)) + 1.8
    assert length == pytest.approx(taut, rel=0.005)


@settings(max_examples=60, deadline=None)
@given(coordinate, coordinate, coordinate, coordinate)
def test_routes_keep_clear_and_arrive(x0: float, y0: float, x1: float, y1: float) -> None:
    car = Polygon(CAR)
    if car.buffer(0.5).contains(Point(x0, y0)) or car.buffer(0.5).contains(Point(x1, y1)):
        return
    route = plan_route(waypoint(x0, y0), waypoint(x1, y1), [CAR], clearance_m=0.5)
    way = LineString([(x0, y0), *[(w.x, w.y) for w in route]])
    assert (route[-1].x, route[-1].y) == (x1, y1)
    assert way.distance(car) > 0.48


def test_a_stance_at_the_car_is_left_outwards() -> None:
    route = plan_route(waypoint(1.0, -1.25, 1.57), waypoint(3.0, -1.25, 1.57), [CAR], clearance_m=0.5)
    assert route[0].y == pytest.approx(-1.41, abs=0.02)
    assert route[0].x == pytest.approx(1.0, abs=0.01)
    assert route[-1] == waypoint(3.0, -1.25, 1.57)


def test_short_legs_side_step_and_long_legs_face_forward() -> None:
    aside = plan_route(waypoint(0, -2, 1.57), waypoint(0.8, -2, 1.57), [CAR])
    assert [w.yaw for w in aside] == [1.57]
    far = plan_route(waypoint(-2, -2, 1.57), waypoint(5, 2, 1.57), [CAR])
    for here, there in pairwise(far):
        leg = there.p - here.p
        if np.linalg.norm(leg) > 1.2:
            assert here.yaw == pytest.approx(np.arctan2(leg[1], leg[0]))
    assert len(far) > 2
    assert far[-1].yaw == 1.57


def test_a_goal_inside_the_car_is_refused() -> None:
    with pytest.raises(UnreachableError, match="goal"):
        plan_route(waypoint(-3, 0), waypoint(1, 0), [CAR])


def test_a_closed_ring_is_refused() -> None:
    ring = [CAR + [0, 2.0], CAR - [0, 2.0], np.array([[-1.5, -3], [-0.8, -3], [-0.8, 3], [-1.5, 3]])]
    ring.append(ring[2] + [5.3, 0])
    with pytest.raises(UnreachableError, match="close"):
        plan_route(waypoint(1, 0), waypoint(-5, 0), ring, clearance_m=0.2)
