"""Looking at a part: pictures are taken until one answers, three at most, each with where it was taken from."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from linewalker.brain.operator import Routine
from linewalker.brain.skills.look_at_part import LookAtPart
from linewalker.brain.skills.skill import Outcome, Site
from linewalker.geometry import Pose
from tests.inspection.nominal_car import catalogue

X_WV = Pose.planar(0.1, 0.2, 0.3)
X_WC = Pose.planar(1.0, 2.0, 0.5)


class Robot:
    """Operator and camera; counts pictures and waits, and nothing moves."""

    def __init__(self) -> None:
        self.pictures, self.waited_s = 0, 0.0
        self.robot = SimpleNamespace(look=self.look)
        self.motion = SimpleNamespace(pose_of=lambda _: X_WC)

    def look(self, camera: str) -> int:
        assert camera == "head"
        self.pictures += 1
        return self.pictures

    def wait(self, duration_s: float) -> Routine[None]:
        self.waited_s += duration_s
        yield


class Look(LookAtPart):
    """Without looking for stances."""

    def __init__(self, robot: Any):
        self.equipment = SimpleNamespace(operator=robot, camera="head")  # type: ignore[assignment]


def looked(content_with: int) -> tuple[Any, Robot]:
    """What a look gives to somebody who is content with the picture of this number."""
    robot, pictures = Robot(), SimpleNamespace()
    site = Site(catalogue=catalogue(), X_WV=X_WV, pictures=pictures, content=lambda look: look.image >= content_with)  # type: ignore[arg-type]
    routine = Look(robot).do({"part": "badge_rear"}, site)
    while True:
        try:
            next(routine)
        except StopIteration as done:
            outcome: Outcome = done.value
            return outcome, robot


@pytest.mark.parametrize(("content_with", "taken"), [(1, 1), (2, 2), (3, 3), (9, 3)])
def test_it_is_looked_again_until_a_picture_answers(content_with: int, taken: int) -> None:
    outcome, robot = looked(content_with)
    assert (robot.pictures, outcome.evidence.image) == (taken, taken)
    assert robot.waited_s == pytest.approx(0.4 * taken)
    assert outcome.seen is None


def test_a_picture_knows_the_part_and_where_it_was_taken_from() -> None:
    look = looked(1)[0].evidence
    assert look.part.name == "badge_rear"
    np.testing.assert_allclose((X_WV @ look.X_VC).p, X_WC.p, atol=1e-12)
    np.testing.assert_allclose((X_WV @ look.X_VC).R, X_WC.R, atol=1e-12)
