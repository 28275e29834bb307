"""Laws of what is done in passing: it is seen from where it should be, and costs less than a stand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from linewalker.brain.passing import Legs
from linewalker.brain.route import Waypoint
from linewalker.brain.travel_time import Ways
from linewalker.brain.visit import SkillCall, Visit
from linewalker.limbs.profile import Gait

CAR = np.array([[-0.9, -0.9], [3.8, -0.9], [3.8, 0.9], [-0.9, 0.9]])
HOME = Waypoint(x=-1.5, y=-1.6, yaw=0.0)
STOP = Visit(stance=Waypoint(x=3.0, y=-1.5, yaw=0.0), calls=())


def look(x: float, y: float, yaw: float) -> Visit:
    return Visit(stance=Waypoint(x=x, y=y, yaw=yaw), calls=(SkillCall(skill="look", values={}),))


def legs() -> Legs:
    return Legs([STOP], HOME, Ways([CAR], Gait()))


def seen_within(place: Waypoint, radius_m: float) -> Callable[[Waypoint], bool]:
    return lambda pose: bool(np.hypot(*(pose.p - place.p)) < radius_m)


def test_what_is_seen_from_the_way_as_it_is_costs_nothing() -> None:
    way, visit = legs(), look(1.0, -1.9, 1.57)
    before_s = way.walking_s
    way.insert(visit, [], seen_within(Waypoint(x=1.0, y=-1.55, yaw=0.0), 0.4))
    assert [v.passing for v in way.visits].count(True) == 1
    assert way.walking_s == pytest.approx(before_s, abs=0.4)


def test_the_robot_walks_a_little_aside_for_a_view_rather_than_stand() -> None:
    way, visit = legs(), look(1.0, -2.0, 0.9)
    before_s = way.walking_s
    view = Waypoint(x=1.0, y=-2.0, yaw=0.6)
    way.insert(visit, [view], seen_within(view, 0.3))
    passed = next(v for v in way.visits if v.passing)
    assert (passed.stance, passed.calls) == (view, visit.calls)
    assert before_s < way.walking_s < before_s + 2.0


def test_what_is_seen_from_nowhere_on_the_way_is_stood_for() -> None:
    way, visit = legs(), look(1.0, -2.0, 1.57)
    way.insert(visit, [Waypoint(x=1.0, y=-2.0, yaw=1.57)], lambda _: False)
    assert not any(v.passing for v in way.visits)
    assert {v.stance for v in way.visits} == {STOP.stance, visit.stance}


def test_all_that_was_put_in_is_made_once_and_stops_keep_their_order() -> None:
    way = Legs([STOP, look(3.0, 1.5, 3.1)], HOME, Ways([CAR], Gait()))
    order = [v.stance for v in way.visits]
    wanted = [look(x, y, 1.5) for x, y in ((0.5, -1.8), (1.5, -1.8), (1.5, 1.8), (4.6, 0.0))]
    for visit in wanted:
        way.insert(visit, [visit.stance], seen_within(visit.stance, 0.5))
    calls = [call for visit in way.visits for call in visit.calls]
    assert len(calls) == len(wanted) + 1
    assert {id(call) for visit in wanted for call in visit.calls} <= set(map(id, calls))
    assert [v.stance for v in way.visits if v.stance in order] == order
