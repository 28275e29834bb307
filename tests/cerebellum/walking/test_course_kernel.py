"""One stride after the other: within their limits, alike left and right, never away from the target."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.cerebellum.walking.course import WAYS
from linewalker.cerebellum.walking.course_kernel import MOST_STRIDES, advance, best_way, stride, strides_to
from linewalker.geometry import Pose, wrap_angle
from linewalker.limbs.profile import Gait

GAIT = Gait()
LIMITS = np.array([GAIT.forward_m, GAIT.backward_m, GAIT.sideways_out_m, GAIT.sideways_in_m, GAIT.turn_rad])
RAMP = np.array([GAIT.ramp_m, GAIT.forward_m, GAIT.ramp_m])
poses = st.tuples(st.floats(-4, 4), st.floats(-4, 4), st.floats(-3.1, 3.1)).map(np.array)
ways = st.sampled_from(range(len(WAYS)))
sides = st.sampled_from([-1.0, 1.0])


@given(poses, st.sampled_from(range(len(WAYS))), st.sampled_from([-1.0, 1.0]))
def test_no_stride_is_longer_than_allowed(goal: np.ndarray, way: int, side: float) -> None:
    ahead, aside, spin = stride(np.zeros(3), goal, WAYS[way], side, LIMITS)
    assert -GAIT.backward_m - 1e-9 <= ahead <= GAIT.forward_m + 1e-9
    assert abs(aside) <= (GAIT.sideways_out_m if aside * side > 0 else GAIT.sideways_in_m) + 1e-9
    assert abs(spin) <= GAIT.turn_rad + 1e-9


@settings(max_examples=40)
@given(poses)
def test_the_chosen_way_is_the_quickest(goal: np.ndarray) -> None:
    counts = [strides_to(np.zeros(3), goal, way, 1.0, LIMITS, RAMP) for way in WAYS]
    assert counts[best_way(np.zeros(3), goal, WAYS, 1.0, LIMITS, RAMP)] == min(counts)


def test_a_stride_is_taken_at_its_mean_heading() -> None:
    pose = np.zeros(3)
    for _ in range(1000):
        advance(pose, (np.pi / 2 / 1000, 0.0, np.pi / 2 / 1000))
    np.testing.assert_allclose(pose, [1.0, 1.0, np.pi / 2], atol=1e-6)


@given(poses, poses, ways, sides)
def test_a_stride_mirrored_is_the_stride_of_the_mirrored_robot(
    middle: np.ndarray, target: np.ndarray, way: int, side: float
) -> None:
    """Left for right; headings that are half a turn off may turn either way."""
    mirror = np.array([1.0, -1.0, -1.0])
    ahead, aside, spin = stride(middle, target, WAYS[way], side, LIMITS)
    mirrored = stride(middle * mirror, target * mirror, WAYS[way], -side, LIMITS)
    if abs(spin) < LIMITS[4]:
        assert mirrored == pytest.approx((ahead, -aside, -spin), abs=1e-9)


@given(poses, poses, poses, ways, sides)
def test_a_stride_is_the_same_wherever_robot_and_target_stand(
    middle: np.ndarray, target: np.ndarray, place: np.ndarray, way: int, side: float
) -> None:
    def placed(pose: np.ndarray) -> np.ndarray:
        X = Pose.planar(*place) @ Pose.planar(*pose)
        return np.array([X.p[0], X.p[1], X.yaw])

    here = stride(middle, target, WAYS[way], side, LIMITS)
    there = stride(placed(middle), placed(target), WAYS[way], side, LIMITS)
    if abs(here[2]) < LIMITS[4]:
        assert there == pytest.approx(here, abs=1e-6)


@given(poses, ways, sides)
def test_length_and_width_lie_in_an_ellipse_that_shrinks_with_the_turn(
    target: np.ndarray, way: int, side: float
) -> None:
    ahead, aside, spin = stride(np.zeros(3), target, WAYS[way], side, LIMITS)
    length = LIMITS[0] if ahead > 0 else LIMITS[1]
    width = LIMITS[2] if aside * side > 0 else LIMITS[3]
    room = 1.0 - 0.5 * (spin / LIMITS[4]) ** 2
    assert np.hypot(ahead / length, aside / width) <= room + 1e-9


@given(st.floats(-0.05, 0.05), st.floats(-0.03, 0.03), st.floats(-0.1, 0.1), sides)
def test_a_target_within_one_stride_is_reached_with_it(x: float, y: float, yaw: float, side: float) -> None:
    target, at = np.array([x, y, yaw]), np.zeros(3)
    advance(at, stride(at, target, WAYS[0], side, LIMITS))
    np.testing.assert_allclose(at, target, atol=1e-9)
    longest = np.array([GAIT.forward_m, GAIT.forward_m, 0.0])
    expected = 0 if np.hypot(x, y) < 0.005 and abs(yaw) < 0.01 else 1
    assert strides_to(np.zeros(3), target, WAYS[0], side, LIMITS, longest) == expected


@settings(max_examples=40)
@given(poses, ways, sides)
def test_no_way_takes_fewer_strides_than_its_length_and_turn_ask_for(goal: np.ndarray, way: int, side: float) -> None:
    count = strides_to(np.zeros(3), goal, WAYS[way], side, LIMITS, RAMP)
    longest = max(LIMITS[0], LIMITS[2])
    assert count <= MOST_STRIDES
    assert count >= np.floor((np.hypot(*goal[:2]) - 0.005) / longest)
    assert count >= np.floor((abs(wrap_angle(goal[2])) - 0.01) / LIMITS[4])
