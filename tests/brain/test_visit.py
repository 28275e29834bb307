"""Visits are plain data: they survive a way through another process, and each is its own."""

from __future__ import annotations

import pickle

from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Fix
from linewalker.brain.visit import SkillCall, Visit

LOOK = Visit(stance=Waypoint(x=1.0, y=2.0, yaw=0.5), calls=(SkillCall(skill="look", values={"part": "lamp"}),))


def test_it_stands_and_tells_nothing_of_the_car_unless_it_is_said() -> None:
    assert (LOOK.passing, LOOK.fix) == (False, Fix.NOTHING)


def test_it_arrives_as_it_was_sent_and_is_told_from_one_that_is_alike() -> None:
    copy = pickle.loads(pickle.dumps(LOOK))
    assert (copy.stance, copy.calls) == (LOOK.stance, LOOK.calls)
    assert copy != LOOK
    assert len({copy, LOOK}) == 2
