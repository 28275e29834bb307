"""Looking at a part: pictures are taken until one answers, three at most, each with where it was taken from."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from linewalker.brain.operator import Routine
from linewalker.brain.skills.look_at_part import LookAtPart, PartGlance, Sharpness
from linewalker.brain.skills.part_stance import corners_of
from linewalker.brain.skills.skill import Outcome, Site
from linewalker.geometry import Pose
from linewalker.inspection.seam.vehicle_pose import VehiclePose
from linewalker.limbs.profiles import load_profile
from tests.inspection.nominal_car import catalogue

CAR, CAMERA = catalogue(), load_profile("g1").cameras["head"]
BADGE = CAR.parts["badge_rear"]
X_WV = Pose.planar(0.1, 0.2, 0.3)


def facing(distance_m: float, aside_m: float = 0.0) -> Pose:
    """X_WC of a camera that looks squarely at the badge, in the middle column of its picture or beside it."""
    right = np.cross(BADGE.up, BADGE.normal)
    p = corners_of(BADGE).mean(axis=0) + distance_m * BADGE.normal + aside_m * right
    return X_WV @ Pose(p=p, R=np.column_stack((right, -BADGE.up, -BADGE.normal)))


class Robot:
    """Operator and camera; counts pictures and waits. The camera moves sideways for a while.

    Args:
        speed_m_s: of the camera.
        until_s: so long.
    """

    def __init__(self, speed_m_s: float = 0.0, until_s: float = 0.0, start_m: float = 0.0) -> None:
        self.pictures, self.now_s = 0, 10.0
        self._speed_m_s, self._end_s, self._start_m = speed_m_s, 10.0 + until_s, start_m
        self.robot = SimpleNamespace(look=self.look)
        self.motion = SimpleNamespace(pose_of=lambda _: self.X_WC)

    @property
    def X_WC(self) -> Pose:
        return facing(0.8, self._start_m + self._speed_m_s * (min(self.now_s, self._end_s) - 10.0))

    def look(self, camera: str) -> int:
        assert camera == "head"
        self.pictures += 1
        return self.pictures

    def wait(self, duration_s: float) -> Routine[None]:
        self.now_s += duration_s
        yield


class Look(LookAtPart):
    """Without looking for stances."""

    def __init__(self, robot: Any, judge: Any = None):
        profile = SimpleNamespace(cameras={"head": CAMERA})
        self.equipment: Any = SimpleNamespace(operator=robot, camera="head", profile=profile)
        self.viewpoints: Any = SimpleNamespace(judge=judge or (lambda *_: 1.0))


def site(content_with: int = 1) -> Site:
    pictures: Any = SimpleNamespace()
    return Site(
        catalogue=CAR,
        vehicle=VehiclePose(X_WV=X_WV),
        pictures=pictures,
        content=lambda look: look.image >= content_with,
    )


def looked(content_with: int, robot: Robot) -> Any:
    """What a look gives to somebody who is content with the picture of this number."""
    routine = Look(robot).do({"part": "badge_rear"}, site(content_with))
    while True:
        try:
            next(routine)
        except StopIteration as done:
            outcome: Outcome = done.value
            return outcome


@pytest.mark.parametrize(("content_with", "taken"), [(1, 1), (2, 2), (3, 3), (9, 3)])
def test_it_is_looked_again_until_a_picture_answers(content_with: int, taken: int) -> None:
    robot = Robot()
    outcome = looked(content_with, robot)
    assert (robot.pictures, outcome.evidence.image) == (taken, taken)
    assert robot.now_s - 10.0 == pytest.approx(0.4 * (taken if content_with == 9 else taken - 1), abs=0.05)
    assert outcome.seen is None


def test_a_picture_waits_until_the_robot_hardly_moves() -> None:
    robot = Robot(speed_m_s=2.0, until_s=0.2)
    looked(1, robot)
    assert 0.2 < robot.now_s - 10.0 < 0.3


def test_a_picture_knows_the_part_and_where_it_was_taken_from() -> None:
    robot = Robot()
    look = looked(1, robot).evidence
    assert look.part.name == "badge_rear"
    np.testing.assert_allclose((X_WV @ look.X_VC).p, robot.X_WC.p, atol=1e-12)
    np.testing.assert_allclose((X_WV @ look.X_VC).R, robot.X_WC.R, atol=1e-12)


def test_blur_is_the_way_of_the_part_in_the_picture_while_it_is_exposed() -> None:
    sharpness, X_CV, p = Sharpness(500.0), Pose(), np.array([0.1, 0.0, 2.0])
    assert sharpness.blur_px(1.0, X_CV, p) == np.inf  # nothing is known of its motion
    moved = Pose(p=np.array([0.02, 0.0, 0.0]))  # 1 m/s at 2 m: 250 px/s, for 2 ms
    assert sharpness.blur_px(1.02, moved, p) == pytest.approx(0.5)
    assert sharpness.blur_px(1.04, moved, p) == pytest.approx(0.0)


def passed(robot: Robot, judge: Any = None, seconds: float = 2.0) -> PartGlance:
    look = Look(robot, judge)
    glance = look.glance({"part": "badge_rear"}, site())
    for _ in range(round(seconds / 0.002)):
        glance.tick()
        robot.now_s += 0.002
    return glance


def test_walking_by_it_takes_a_few_pictures_and_the_best_view_comes_first() -> None:
    def judge(X_VC: Pose, corners: np.ndarray, _normal: np.ndarray) -> float:
        return float(np.linalg.norm(X_VC.p - corners.mean(axis=0)))

    robot = Robot(speed_m_s=0.5, until_s=9.0, start_m=-0.5)
    outcomes = passed(robot, judge).outcomes
    assert robot.pictures == len(outcomes) == 3
    off = [judge(outcome.evidence.X_VC, corners_of(BADGE), BADGE.normal) for outcome in outcomes]
    assert off == sorted(off)
    assert len(set(off)) == 3


@pytest.mark.parametrize(
    ("speed_m_s", "judge"), [(2.0, None), (0.3, lambda *_: "it is too far")], ids=["too fast", "not well seen"]
)
def test_walking_by_too_fast_or_where_nothing_is_seen_gives_no_picture(speed_m_s: float, judge: Any) -> None:
    robot = Robot(speed_m_s=speed_m_s, until_s=9.0)
    assert passed(robot, judge).outcomes == []
    assert robot.pictures == 0
