"""When a walk is over: both feet at the goal, or two calm steps with the body above them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from linewalker.cerebellum.walking.arrival import ARRIVED_M, PATIENCE, WIDER, Arrival
from linewalker.cerebellum.walking.course import PathCourse, VelocityCourse
from linewalker.limbs.profiles import load_profile

GAIT = load_profile("g1").gait
GOAL = PathCourse([np.zeros(3), np.array([2.0, 0.0, 0.0])], GAIT)


def walk(off_m: float = 0.0, ahead_m: float = 0.0, dcm_m: float = 0.0, **more: object) -> SimpleNamespace:
    """Feet ``off_m`` from where they belong, the one that landed ``ahead_m`` of the other, the DCM ahead of both."""
    half = GAIT.half_width_m
    feet = [np.array([ahead_m, half, 0.0]), np.array([0.0, -half, 0.0])]
    plain = {
        "recovery": SimpleNamespace(active=False),
        "gait": GAIT,
        "stance": 1,
        "foot_pose": lambda side: feet[side],
        "capture_point": lambda: np.array([0.5 * ahead_m + dcm_m, 0.0]),
        "feet_near": lambda _goal, distance_m, _angle_rad: off_m <= distance_m,
    }
    return SimpleNamespace(**{**plain, **more})


def arrival(walking: SimpleNamespace, wanted: float = 0.0) -> tuple[Arrival, VelocityCourse]:
    course = VelocityCourse(GAIT)
    course.wanted[0] = wanted
    return Arrival(walking, course), course


def test_at_a_goal_both_feet_count() -> None:
    assert arrival(walk(0.9 * ARRIVED_M))[0].is_over(GOAL)
    assert not arrival(walk(1.1 * ARRIVED_M))[0].is_over(GOAL)


def test_a_goal_that_is_missed_again_and_again_grows() -> None:
    judge, _ = arrival(walk((1.0 + 2.5 * WIDER) * ARRIVED_M))
    missed = [judge.is_over(GOAL) for _ in range(PATIENCE + 3)]
    assert missed == [False] * (PATIENCE + 2) + [True]
    judge.begin()
    assert not judge.is_over(GOAL)


def test_a_walk_that_is_to_end_takes_two_calm_steps_and_a_halt_one() -> None:
    judge, course = arrival(walk())
    assert [judge.is_over(course) for _ in range(2)] == [False, True]
    judge.begin()
    judge.hurry()
    assert judge.is_over(course)


@pytest.mark.parametrize("wrong", [{"dcm_m": 0.07}, {"ahead_m": 0.08}])
def test_it_does_not_stand_astride_or_while_the_body_goes_on(wrong: dict[str, float]) -> None:
    judge, course = arrival(walk(**wrong))
    assert not any(judge.is_over(course) for _ in range(5))


def test_a_halt_may_end_astride_and_a_velocity_never_ends() -> None:
    judge, course = arrival(walk(ahead_m=0.08))
    judge.hurry()
    assert judge.is_over(course)
    judge, course = arrival(walk(), wanted=0.3)
    assert not any(judge.is_over(course) for _ in range(5))


def test_a_push_is_met_before_anything_ends() -> None:
    pushed = SimpleNamespace(active=True)
    assert not arrival(walk(recovery=pushed))[0].is_over(GOAL)
    judge, _ = arrival(walk(recovery=pushed))
    judge.hurry()
    assert judge.is_over(GOAL)
