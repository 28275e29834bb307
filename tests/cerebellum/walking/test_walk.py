"""Walking on a perfect pendulum: nothing is adapted, feet land where they were planned, and it comes to rest."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from linewalker.cerebellum.balance.whole_body import Tasks
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.body.feet import LEFT, RIGHT, foot_beside
from linewalker.cerebellum.walking.course import PathCourse
from linewalker.cerebellum.walking.walk import StepPhase, Walk, WalkTuning
from linewalker.geometry import exp_so3, rotation_z, wrap_angle, yaw_of
from linewalker.limbs.profiles import PROFILES, load_profile

DT = 0.002
FREE_LEGS = SimpleNamespace(spare=lambda *_: None)


class Puppet:
    """A point mass over two soles that do what they are asked on a flat floor, in place of `Dynamics`."""

    def __init__(self, walk: Walk, middle: np.ndarray):
        feet = [foot_beside(middle, side, walk.gait.half_width_m) for side in (LEFT, RIGHT)]
        self.foot_p = np.array([[foot[0], foot[1], 0.0] for foot in feet])
        self.foot_R = np.array([rotation_z(middle[2])] * 2)
        self.foot_v = np.zeros((2, 6))
        self.com, self.com_v = np.array([middle[0], middle[1], walk._height_m]), np.zeros(3)
        self.base_R, self.base_w = rotation_z(middle[2]), np.zeros(3)
        self.spin, self.mass = np.zeros(3), walk.dynamics.mass

    def step(self, tasks: Tasks) -> np.ndarray:
        """Follow the tasks for one tick; returns which feet are on the floor."""
        self.com_v += DT * tasks.com_acc
        self.com += DT * self.com_v
        self.base_w += DT * tasks.spin_acc
        self.base_R = self.base_R @ exp_so3(DT * self.base_w)
        down = np.array([True, True])
        for k in (LEFT, RIGHT):
            if tasks.contact[k]:
                self.foot_v[k] = 0.0
                continue
            self.foot_v[k] += DT * tasks.foot_acc[k]
            self.foot_p[k] += DT * self.foot_v[k, :3]
            self.foot_R[k] = exp_so3(DT * self.foot_v[k, 3:]) @ self.foot_R[k]
            if self.foot_p[k, 2] <= 0.0:
                self.foot_p[k, 2], self.foot_v[k] = 0.0, 0.0
            down[k] = self.foot_p[k, 2] <= 0.0
        return down


class Outing:
    """A walk to a goal, step by step, and what was seen on it."""

    def __init__(self, walk: Walk, start: np.ndarray, goal: np.ndarray, most_s: float = 30.0):
        self.walk, self.puppet = walk, Puppet(walk, start)
        walk.dynamics = self.puppet
        walk.legs, walk.com_bias[:] = FREE_LEGS, 0.0
        self.course = PathCourse([start, goal], walk.gait)
        self.misses, self.times, self.stances, self.heights, self.recovered = [], [], [], [], False
        walk.begin(self.course)
        tasks, down = Tasks(0), np.array([True, True])
        for _ in range(round(most_s / DT)):
            if walk.tick(DT, down, tasks):
                self._touchdown(goal)
                if walk.phase is StepPhase.DONE:
                    return
            self.recovered = self.recovered or walk.recovery.active
            self.heights.append(self.puppet.foot_p[:, 2].max())
            down = self.puppet.step(tasks)
        raise AssertionError(f"not there after {most_s} s and {walk.steps} steps")

    def _touchdown(self, goal: np.ndarray) -> None:
        walk, swing = self.walk, 1 - self.walk.stance
        self.misses.append(self.puppet.foot_p[swing, :2] - walk._plan[:2])
        self.times.append(walk.step_time_s)
        self.stances.append(walk.stance)
        walk.landed()
        self.course.landed(walk.middle_ahead(), walk.step_time_s)
        if walk.feet_near(goal, 0.01, 0.03):
            walk.stop()
        else:
            walk.step_on()


@pytest.fixture(scope="module", params=sorted(PROFILES))
def walk(request: pytest.FixtureRequest) -> Walk:
    profile = load_profile(request.param)
    return Walk(profile, Dynamics(profile))


@pytest.fixture
def restored(walk: Walk):
    """The walk with its own body again afterwards."""
    body, legs = walk.dynamics, walk.legs
    yield walk
    walk.dynamics, walk.legs = body, legs


GOALS = [(1.0, 0.0, 0.0), (0.4, 0.3, 0.8), (-0.3, -0.1, 0.0), (0.0, 0.0, -1.2)]


@pytest.mark.parametrize("goal", GOALS)
def test_it_gets_there_and_nothing_has_to_give_way(restored: Walk, goal: tuple[float, float, float]) -> None:
    start, gait = np.array([0.5, -0.3, 0.4]), restored.gait
    there = start + np.array([*rotation_z(0.4)[:2, :2] @ goal[:2], goal[2]])
    outing = Outing(restored, start, there)
    assert not outing.recovered
    assert np.abs(outing.misses).max() < 0.012
    assert np.abs(np.array(outing.times) - gait.step_s).max() < 0.05
    assert outing.stances == [
        outing.stances[0] if k % 2 == 0 else 1 - outing.stances[0] for k in range(len(outing.stances))
    ]
    assert max(outing.heights) == pytest.approx(gait.clearance_m, rel=0.25)
    dcm = outing.puppet.com[:2] + outing.puppet.com_v[:2] / restored.omega
    np.testing.assert_allclose(dcm, restored._dcm_at_touchdown, atol=0.012)
    assert np.hypot(*(dcm - there[:2])) < gait.half_width_m  # between the feet: it can stand


def test_the_mirrored_goal_is_walked_to_with_the_other_feet(restored: Walk) -> None:
    left = Outing(restored, np.zeros(3), np.array([0.5, 0.2, 0.6]))
    right = Outing(restored, np.zeros(3), np.array([0.5, -0.2, -0.6]))
    assert [1 - stance for stance in left.stances] == right.stances
    assert left.stances[0] == RIGHT  # the foot on the side it goes to swings first
    assert left.times == pytest.approx(right.times, abs=1e-9)
    np.testing.assert_allclose(left.puppet.foot_p, right.puppet.foot_p[::-1] * [1, -1, 1], atol=1e-6)


def test_the_pelvis_faces_where_the_feet_do(restored: Walk) -> None:
    outing = Outing(restored, np.zeros(3), np.array([0.3, 0.0, 1.0]))
    assert abs(wrap_angle(yaw_of(outing.puppet.base_R) - 1.0)) < 0.15
    assert outing.puppet.base_R[2, 2] > 0.999  # upright


def test_where_feet_land_beside_the_plan_an_offset_is_learnt_within_bounds(restored: Walk) -> None:
    puppet, tuning = Puppet(restored, np.zeros(3)), WalkTuning()
    restored.dynamics, restored.stance = puppet, LEFT
    restored.com_bias = np.zeros(2)
    restored._plan[:2] = puppet.foot_p[RIGHT, :2] - [0.01, -0.02]
    restored.landed()
    np.testing.assert_allclose(restored.com_bias, -tuning.bias_gain * np.array([0.01, -0.02]))
    for _ in range(200):
        restored.landed()
    np.testing.assert_allclose(restored.com_bias, [-tuning.bias_limit_m, tuning.bias_limit_m])
    restored._plan[:2] += 1.0  # a stumble teaches nothing
    restored.landed()
    np.testing.assert_allclose(restored.com_bias, [-tuning.bias_limit_m, tuning.bias_limit_m])


def test_feet_are_near_a_goal_when_both_are_within_bounds(restored: Walk) -> None:
    middle = np.array([0.3, 0.2, -0.5])
    restored.dynamics = Puppet(restored, middle)
    np.testing.assert_allclose(restored.middle(), middle, atol=1e-12)
    assert restored.feet_near(middle, 1e-6, 1e-6)
    assert not restored.feet_near(middle + [0.02, 0.0, 0.0], 0.01, 0.1)
    assert not restored.feet_near(middle + [0.0, 0.0, 0.02], 0.1, 0.01)
    restored.dynamics.foot_p[RIGHT, 0] += 0.05
    assert not restored.feet_near(middle, 0.04, 0.1)


def test_stopping_stands_on_both_feet(restored: Walk) -> None:
    restored.planned[:] = False
    restored.stop()
    assert restored.phase is StepPhase.DONE
    assert restored.planned.all()


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_a_step_reaches_as_far_as_the_legs_open(robot: str) -> None:
    """Legs that open by an angle reach twice their length times the sine of its half."""
    profile = load_profile(robot)
    walk = Walk(profile, Dynamics(profile))
    opened = np.degrees(2.0 * np.arcsin(walk._reach[:2] / (2.0 * walk.legs.reach.length_m)))
    np.testing.assert_allclose(opened, [37.4, 47.3], atol=0.1)
    assert walk._reach[1] > profile.gait.forward_m
