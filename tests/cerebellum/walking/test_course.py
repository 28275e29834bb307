"""Courses: they arrive, within the limits of a stride, in no more strides than need be."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linewalker.cerebellum.body.feet import LEFT, RIGHT, SIDE, turn
from linewalker.cerebellum.walking.course import PathCourse, VelocityCourse
from linewalker.cerebellum.walking.footsteps import StepPlanner
from linewalker.geometry import wrap_angle
from linewalker.limbs.profile import Gait
from linewalker.limbs.profiles import PROFILES, load_profile

GAIT = Gait()
poses = st.tuples(st.floats(-4, 4), st.floats(-4, 4), st.floats(-3.1, 3.1)).map(np.array)


def walked(course: PathCourse, start: np.ndarray, most: int = 200) -> list[np.ndarray]:
    """Middle poses of a robot that steps exactly where it plans to."""
    middle, side, longest, poses = start.copy(), 1.0, GAIT.ramp_m, [start.copy()]
    for _ in range(most):
        middle = course.middles(middle, side, longest, 1)[0]
        course.landed(middle, GAIT.step_s)
        poses.append(middle)
        side, longest = -side, min(longest + GAIT.ramp_m, GAIT.forward_m)
        if np.hypot(*(middle - course.goal)[:2]) < 1e-6 and abs(wrap_angle(middle[2] - course.goal[2])) < 1e-6:
            break
    return poses


@settings(max_examples=40)
@given(poses)
def test_a_goal_is_reached(goal: np.ndarray) -> None:
    path = walked(PathCourse([np.zeros(3), goal], GAIT), np.zeros(3))
    np.testing.assert_allclose(path[-1][:2], goal[:2], atol=1e-6)
    assert wrap_angle(path[-1][2] - goal[2]) == pytest.approx(0, abs=1e-6)


def test_a_far_goal_is_faced_and_a_near_one_behind_is_backed_to() -> None:
    far = walked(PathCourse([np.zeros(3), np.array([0.0, 4.0, 0.0])], GAIT), np.zeros(3))
    assert np.median([pose[2] for pose in far]) == pytest.approx(np.pi / 2, abs=0.2)
    near = walked(PathCourse([np.zeros(3), np.array([-0.4, 0.0, 0.0])], GAIT), np.zeros(3))
    assert max(abs(pose[2]) for pose in near) < 0.1


def test_waypoints_are_passed_without_stopping() -> None:
    corners = [np.array([2.0, 0.0, 0.0]), np.array([2.0, 2.0, np.pi / 2]), np.array([0.0, 2.0, np.pi])]
    path = walked(PathCourse([np.zeros(3), *corners], GAIT), np.zeros(3))
    lengths = np.linalg.norm(np.diff(path, axis=0)[:, :2], axis=1)
    assert lengths[3:-4].min() > 0.02
    for corner in corners[:-1]:
        assert min(np.hypot(*(pose - corner)[:2]) for pose in path) < PathCourse.PASS_M + 1e-9


def test_the_heading_given_at_a_waypoint_is_kept_on_the_way_to_it() -> None:
    """Sideways along a car, facing it."""
    route = [np.array([0.0, -1.0, 0.0]), np.array([0.0, -1.5, 0.0])]
    assert max(abs(pose[2]) for pose in walked(PathCourse([np.zeros(3), *route], GAIT), np.zeros(3))) < 1e-9


def test_without_a_heading_the_robot_faces_its_way() -> None:
    route = [np.array([0.0, 3.0, np.nan]), np.array([0.5, 3.0, 0.0])]
    path = walked(PathCourse([np.zeros(3), *route], GAIT), np.zeros(3))
    assert path[len(path) // 2][2] == pytest.approx(np.pi / 2, abs=0.1)


def test_a_velocity_is_approached_and_left_in_steps() -> None:
    course = VelocityCourse(GAIT)
    course.begin(np.zeros(3))
    course.wanted[:] = 0.6, 0.0, 0.0
    middle, speeds = np.zeros(3), []
    for k in range(20):
        if k == 12:
            course.wanted[:] = 0.0
        middle = course.middles(middle, 1.0, 1.0, 1)[0]
        course.landed(middle, GAIT.step_s)
        speeds.append(course.velocity[0])
    assert np.diff(speeds[:12]).max() <= VelocityCourse.RAMP[0] + 1e-9
    assert speeds[11] == pytest.approx(0.6)
    assert speeds[14] == 0.0


def test_a_robot_that_slips_is_led_back_to_its_speed_and_heading() -> None:
    """Every stride comes out 10 % short and 0.01 rad to the left."""
    course = VelocityCourse(GAIT)
    course.begin(np.zeros(3))
    course.wanted[:] = 0.4, 0.0, 0.0
    middle, track = np.zeros(3), []
    for _ in range(60):
        planned = course.middles(middle, 1.0, 1.0, 1)[0]
        middle = middle + 0.9 * (planned - middle) + [0, 0, 0.01]
        course.landed(middle, GAIT.step_s)
        track.append(middle)
    speed = (track[-1][0] - track[-21][0]) / (20 * GAIT.step_s)
    assert speed == pytest.approx(0.4, abs=0.01)
    assert track[-1][2] == pytest.approx(track[-21][2], abs=1e-3)
    assert abs(track[-1][2]) < 0.05


@pytest.mark.parametrize("robot", sorted(PROFILES))
@settings(max_examples=40, deadline=None)
@given(velocity=st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-0.3, 0.3)))
def test_feet_are_never_planned_closer_than_they_may_come_and_the_speed_is_kept(
    robot: str, velocity: tuple[float, float, float]
) -> None:
    """Two strides go where the velocity leads in their time, whichever foot begins."""
    gait = load_profile(robot).gait
    wanted = np.array(velocity) * [gait.fastest_back_m_s, gait.fastest_aside_m_s, gait.fastest_turn_rad_s]
    wanted /= max(1.0, gait.share_of_fastest(*wanted))
    for side in (LEFT, RIGHT):
        course = VelocityCourse(gait)
        course.begin(np.zeros(3))
        course.velocity[:] = course.wanted[:] = wanted
        stance = np.array([0.0, SIDE[1 - side] * gait.half_width_m, 0.0])
        feet = [stance, *StepPlanner(gait, 3.5).footholds(stance, 1 - side, course, np.inf)]
        for k, (foot, other) in enumerate(itertools.pairwise(feet)):
            aside_m = turn(-foot[2], other[:2] - foot[:2])[1] * SIDE[side if k % 2 == 0 else 1 - side]
            assert aside_m > gait.narrowest_m + course.SPARE_M - 0.006
        poses = course.middles(np.zeros(3), SIDE[side], np.inf, 4)
        two_strides, whole = poses[3] - poses[1], 2.0 * gait.step_s * wanted
        assert turn(-poses[2][2], two_strides[:2]) == pytest.approx(whole[:2], abs=0.013)
        assert two_strides[2] == pytest.approx(whole[2])


@pytest.mark.parametrize("robot", sorted(PROFILES))
@settings(max_examples=60, deadline=None)
@given(velocity=st.tuples(*[st.floats(-1, 1)] * 3), slipped=st.tuples(*[st.floats(-0.1, 0.1)] * 3))
@example(velocity=(0.54, 0.01, -0.99), slipped=(0.06, -0.02, -0.04))
@example(velocity=(0.40, -0.09, -0.90), slipped=(-0.04, 0.08, 0.08))
def test_a_robot_that_slipped_catches_up_with_no_foot_on_the_other(
    robot: str, velocity: tuple[float, float, float], slipped: tuple[float, float, float]
) -> None:
    """Ahead, aside and turning at once; a foot that is planned where it can not go tips the robot over."""
    gait = load_profile(robot).gait
    wanted = np.array(velocity) * [gait.fastest_ahead_m_s, gait.fastest_aside_m_s, gait.fastest_turn_rad_s]
    wanted *= min(1.0, 0.95 / max(gait.share_of_fastest(*wanted), 1e-9))
    for swing in (LEFT, RIGHT):
        course = VelocityCourse(gait)
        course.begin(np.zeros(3))
        course.velocity[:] = course.wanted[:] = wanted
        course.landed(np.array(slipped), gait.step_s)
        stance = np.array([0.0, SIDE[1 - swing] * gait.half_width_m, 0.0])
        foothold = StepPlanner(gait, 3.5).footholds(stance, 1 - swing, course, np.inf)[0]
        assert (foothold[1] - stance[1]) * SIDE[swing] > gait.narrowest_m + 0.4 * course.SPARE_M
