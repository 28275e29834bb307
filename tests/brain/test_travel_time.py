"""Laws of the time a walk takes, held against walks of the robots in physics."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.rig import Rig
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Polygon

from linewalker.brain.route import Waypoint
from linewalker.brain.travel_time import LEAST_CLEARANCE_M, WALK_CLEARANCE_M, TravelTime, Ways
from linewalker.limbs.profile import Gait
from linewalker.limbs.profiles import load_profile

CAR = np.array([[-0.9, -0.9], [3.8, -0.9], [3.8, 0.9], [-0.9, 0.9]])
ORIGIN = Waypoint(x=0.0, y=0.0, yaw=0.0)
place, angle = st.floats(-3.0, 3.0), st.floats(-3.1, 3.1)


@settings(max_examples=40, deadline=None)
@given(place, place, angle)
def test_strides_end_at_the_goal_and_none_is_longer_than_the_gait_allows(x: float, y: float, yaw: float) -> None:
    gait, goal = Gait(), Waypoint(x=x, y=y, yaw=yaw)
    strides = TravelTime(gait).strides(ORIGIN, [goal])
    if strides.duration_s == 0.0:
        assert np.hypot(x, y) < 0.02
        return
    assert np.hypot(*(strides.poses[-1, :2] - goal.p)) < 0.02
    steps = np.linalg.norm(np.diff(strides.poses[:, :2], axis=0), axis=1)
    assert (steps <= gait.forward_m + 1e-9).all()
    assert strides.duration_s > len(strides.poses) * gait.step_s


def test_a_longer_way_takes_longer_and_no_way_no_time() -> None:
    travel = TravelTime(Gait())
    durations = [travel.duration_s(ORIGIN, [Waypoint(x=x, y=0.0, yaw=0.0)]) for x in (0.0, 0.3, 1.0, 3.0)]
    assert durations[0] == 0.0
    assert durations == sorted(durations)


@pytest.mark.parametrize(("x", "y", "yaw"), [(1.0, 0.5, 1.57), (2.0, 0.0, 0.0), (0.0, 0.8, -0.5), (-0.6, 0.2, 0.0)])
def test_a_walk_in_physics_takes_as_long_as_was_said(x: float, y: float, yaw: float) -> None:
    said_s = TravelTime(load_profile("g1").gait).duration_s(ORIGIN, [Waypoint(x=x, y=y, yaw=yaw)])
    rig = Rig(seed=1)
    rig.run(1.0)
    start = rig.motion.middle_W
    c, s = np.cos(start[2]), np.sin(start[2])
    rig.motion.walk_to(start[0] + c * x - s * y, start[1] + s * x + c * y, start[2] + yaw)
    took_s = rig.run(30.0, lambda: rig.state.arrived and rig.state.settled)
    assert took_s == pytest.approx(said_s, abs=0.8)


@settings(max_examples=30, deadline=None)
@given(st.floats(-2.0, 5.0), st.floats(1.4, 2.5), angle, st.floats(-2.0, 5.0), angle)
def test_a_way_round_the_car_keeps_clear_and_goes_through_what_it_is_told(
    x: float, y: float, yaw: float, x1: float, yaw1: float
) -> None:
    start, goal, through = (Waypoint(x=a, y=b, yaw=c) for a, b, c in ((x, -y, yaw), (x1, y, yaw1), (-2.0, 0.0, 1.0)))
    ways = Ways([CAR], Gait())
    route = ways.route(start, goal, [through])
    path = LineString([start.p, *(waypoint.p for waypoint in route)])
    assert through in route
    assert route[-1] == goal
    assert path.distance(Polygon(CAR)) > WALK_CLEARANCE_M - 0.02
    assert len(ways.strides(start, goal, [through]).poses) > path.length / Gait().forward_m
    legs_s = ways.legs_s(start, goal, [through])
    assert min(legs_s) >= 0.0
    assert sum(legs_s) == pytest.approx(ways.duration_s(start, goal, [through]))


def test_between_stances_at_the_car_it_stays_as_near_as_they_are() -> None:
    near = 0.9 + 0.5 * (LEAST_CLEARANCE_M + WALK_CLEARANCE_M)
    one, other = Waypoint(x=0.5, y=-near, yaw=3.0), Waypoint(x=1.7, y=-near, yaw=3.0)
    assert Ways([CAR], Gait()).route(one, other) == [other]
    too_near = 0.9 + LEAST_CLEARANCE_M - 0.05
    one, other = Waypoint(x=0.5, y=-too_near, yaw=3.0), Waypoint(x=1.7, y=-too_near, yaw=3.0)
    assert len(Ways([CAR], Gait()).route(one, other)) > 1
