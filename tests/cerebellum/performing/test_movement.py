"""Mirrors mirror, and joined phrases follow each other."""

import pytest

from linewalker.cerebellum.performing.choreography_file import library
from linewalker.cerebellum.performing.movement import Choreography, Groove, Phrase, Pose, Step, joined


@pytest.mark.parametrize("name", sorted(library()))
def test_a_mirror_of_a_mirror_is_the_phrase(name: str) -> None:
    phrase = library()[name]
    assert phrase.mirrored().mirrored() == phrase
    assert phrase.mirrored().beats == phrase.beats


def test_left_becomes_right() -> None:
    pose = Pose(at=1.0, left=(0.1, 0.2, 0.3), twist_deg=5.0, lean_deg=(1.0, 2.0, 3.0), sway=(0.1, 0.2)).mirrored()
    assert (pose.left, pose.right) == (None, (0.1, 0.2, 0.3))
    assert (pose.twist_deg, pose.lean_deg, pose.sway) == (-5.0, (-1.0, 2.0, -3.0), (0.1, -0.2))
    step = Step(at=1.0, foot="left", aside=0.2, turn_deg=10.0).mirrored()
    assert (step.foot, step.aside, step.turn_deg) == ("right", 0.2, -10.0)
    assert Groove(what="sway", size=0.1).mirrored().size == -0.1
    assert Groove(what="bounce", size=0.1).mirrored().size == 0.1


def test_joined_phrases_follow_each_other() -> None:
    one = Phrase(name="one", meter="4/4", beats=4.0, energy=0.2, steps=(Step(at=2.0, foot="left"),))
    two = Phrase(name="two", meter="4/4", beats=8.0, energy=0.8, poses=(Pose(at=3.0),))
    both = joined("both", [one, two])
    assert (both.beats, both.steps[0].at, both.poses[0].at) == (12.0, 2.0, 7.0)
    assert both.energy == pytest.approx(0.6)


def test_starts_of_a_choreography() -> None:
    phrase = Phrase(name="one", meter="4/4", beats=4.0)
    dance = Choreography(meter="4/4", phrases=(phrase, phrase), lead=3.0)
    assert dance.starts == (3.0, 7.0)
    assert dance.beats == 11.0
