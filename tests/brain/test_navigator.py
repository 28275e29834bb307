"""Laws of the way: it arrives, keeps its distance, waits where it must, sets out anew, and gives up in time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from linewalker.brain.decision import Decision, What
from linewalker.brain.navigator import Navigator, Patience
from linewalker.brain.route import Waypoint, disc
from linewalker.brain.travel_time import WALK_CLEARANCE_M
from linewalker.errors import NoWay, RobotStopped
from linewalker.geometry import Array
from tests.brain.plane_robot import PlaneMotion, plane_operator

CAR = np.array([[-0.9, -0.9], [3.8, -0.9], [3.8, 0.9], [-0.9, 0.9]])
HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)
FAR = Waypoint(x=3.0, y=-2.2, yaw=0.0)
PATIENCE = Patience(walk_s=40.0, way_s=6.0, place_s=5.0)


class Walk:
    """A robot at home that is sent somewhere, and all that was told of it.

    Attributes:
        path: where it was, tick by tick.
    """

    def __init__(self) -> None:
        self.motion = PlaneMotion(HOME.pose)
        self.operator: Any = plane_operator(self.motion)
        self.navigator = Navigator(self.operator, PATIENCE)
        self.told: list[Decision] = []
        self.path: list[Array] = []
        self.navigator.tell = self.told.append
        self.routes: list[list[Waypoint]] = []
        self.navigator.on_route = lambda route: self.routes.append(list(route))
        self.operator.on_tick.append(lambda: self.path.append(self.motion.middle_W[:2].copy()))

    def to(self, goal: Waypoint = FAR, *car: Array) -> None:
        self.operator.run(self.navigator.walk(goal, car))

    def at(self, time_s: float, do: Any) -> None:
        """Do something at a robot time."""
        due = [do]

        def look(now_s: float) -> None:
            if now_s >= time_s and due:
                due.pop()()

        self.operator.robot.happens.append(look)

    @property
    def what(self) -> list[What]:
        return [decision.what for decision in self.told]

    def nearest(self, outline: Array) -> float:
        return min(Polygon(outline).distance(Point(p)) for p in self.path)

    def stands_at(self, goal: Waypoint) -> bool:
        return bool(np.allclose(self.motion.middle_W, goal.pose)) and self.motion.state.arrived


def test_whoever_listens_is_told_the_way_it_sets_out_on() -> None:
    walk = Walk()
    walk.to(FAR)
    ((*_, last),) = walk.routes
    assert last.pose == FAR.pose


def test_undisturbed_it_follows_one_course_and_tells_nothing() -> None:
    walk = Walk()
    walk.to(FAR, CAR)
    assert walk.stands_at(FAR)
    assert (len(walk.motion.followed), walk.told, walk.navigator.resting) == (1, [], False)


def test_what_stands_there_from_the_beginning_is_walked_round() -> None:
    walk, pallet = Walk(), disc(1.0, -2.2, 0.4)
    walk.navigator.obstacles = lambda: [pallet]
    walk.to(FAR, CAR)
    assert walk.stands_at(FAR)
    assert walk.nearest(pallet) >= WALK_CLEARANCE_M - 0.02
    assert walk.told == []


def test_what_comes_into_the_way_is_walked_round() -> None:
    walk, pallet, others = Walk(), disc(1.6, -2.3, 0.3), list[Array]()
    walk.navigator.obstacles = lambda: others
    walk.at(1.0, lambda: others.append(pallet))
    walk.to(FAR, CAR)
    assert walk.stands_at(FAR)
    assert walk.nearest(pallet) >= WALK_CLEARANCE_M - 0.02
    assert walk.what == [What.DETOUR]
    assert len(walk.motion.followed) == 2


def test_what_comes_beside_the_way_changes_nothing() -> None:
    walk, others = Walk(), list[Array]()
    walk.navigator.obstacles = lambda: others
    walk.at(1.0, lambda: others.append(disc(1.6, -4.5, 0.3)))
    walk.to(FAR, CAR)
    assert (len(walk.motion.followed), walk.told) == (1, [])


def fence() -> list[Array]:
    """All around where the robot comes by, with the far place outside."""
    bars = [(0.9, -6.0, 1.1, 5.0), (-4.1, -6.0, -3.9, 5.0), (-4.1, -6.0, 1.1, -5.8), (-4.1, 4.8, 1.1, 5.0)]
    return [np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]) for x0, y0, x1, y1 in bars]


def blocked() -> list[Array]:
    """Somebody stands where it wants to go."""
    return [disc(FAR.x + 0.2, FAR.y, 0.25)]


def test_a_blocked_way_is_waited_for_and_walked_when_it_is_free() -> None:
    walk, others = Walk(), blocked()
    walk.navigator.obstacles = lambda: others
    resting = []
    walk.at(1.0, lambda: resting.append(walk.navigator.resting))
    walk.at(3.0, others.clear)
    walk.to(FAR, CAR)
    assert walk.stands_at(FAR)
    assert (resting, walk.what) == ([True], [What.WAY_WAITED_FOR, What.WENT_ON])
    assert np.allclose(walk.path[int(2.9 / 0.02)], HOME.p)


def test_a_way_that_stays_blocked_is_given_up_in_time_and_the_robot_stands() -> None:
    walk = Walk()
    walk.navigator.obstacles = blocked
    with pytest.raises(NoWay, match="the way was blocked for 6 s"):
        walk.to(FAR, CAR)
    assert walk.what == [What.WAY_WAITED_FOR, What.WAY_GIVEN_UP]
    assert walk.operator.now_s == pytest.approx(PATIENCE.way_s, abs=0.6)
    assert walk.motion.state.arrived
    assert not walk.navigator.resting


def test_who_steps_into_the_way_and_stays_stops_the_robot_before_it_touches_him() -> None:
    walk, others = Walk(), list[Array]()
    walk.navigator.obstacles = lambda: others
    walk.at(1.5, lambda: others.extend(fence()))
    with pytest.raises(NoWay, match="was blocked"):
        walk.to(FAR)
    assert walk.nearest(fence()[0]) >= PATIENCE.nearest_m


def test_the_car_alone_is_not_waited_for() -> None:
    walk = Walk()
    with pytest.raises(NoWay, match="inside an obstacle"):
        walk.to(Waypoint(x=1.0, y=0.0, yaw=0.0), CAR)
    assert walk.operator.now_s < 0.1


def test_a_held_robot_stands_where_it_was_held_and_goes_on_to_the_same_place() -> None:
    walk, held = Walk(), [False]
    walk.navigator.held = lambda: held[0]
    walk.at(1.0, lambda: held.__setitem__(0, True))
    walk.at(4.0, lambda: held.__setitem__(0, False))
    walk.to(FAR, CAR)
    assert walk.stands_at(FAR)
    stood = walk.path[int(1.1 / 0.02) : int(3.9 / 0.02)]
    assert np.ptp(stood, axis=0) == pytest.approx([0.0, 0.0])
    assert 0.5 < stood[0][0] - HOME.x < 1.0
    assert walk.what == [What.HELD]


def test_who_is_held_before_it_sets_out_does_not_set_out() -> None:
    walk, held = Walk(), [True]
    walk.navigator.held = lambda: held[0]
    walk.at(2.0, lambda: held.__setitem__(0, False))
    walk.to(FAR, CAR)
    assert np.allclose(walk.path[int(1.9 / 0.02)], HOME.p)
    assert walk.stands_at(FAR)


def test_who_is_not_seen_stands_until_it_is_and_then_goes_on() -> None:
    walk = Walk()
    walk.at(1.0, lambda: setattr(walk.motion, "unseen_since_s", 1.0))
    walk.at(5.0, lambda: setattr(walk.motion, "unseen_since_s", None))
    walk.to(FAR, CAR)
    assert walk.stands_at(FAR)
    assert walk.what == [What.PLACE_LOST, What.PLACE_FOUND]
    assert np.ptp(walk.path[int(2.6 / 0.02) : int(4.9 / 0.02)], axis=0) == pytest.approx([0.0, 0.0])


def test_who_is_never_seen_again_stops_safely() -> None:
    walk = Walk()
    walk.at(1.0, lambda: setattr(walk.motion, "unseen_since_s", 1.0))
    with pytest.raises(RobotStopped):
        walk.to(FAR, CAR)
    assert walk.what == [What.PLACE_LOST, What.PLACE_GIVEN_UP]
    assert walk.operator.now_s < 1.0 + PATIENCE.unseen_s + PATIENCE.place_s + 1.0


def test_who_does_not_arrive_in_time_gives_up() -> None:
    walk = Walk()
    with pytest.raises(NoWay, match="did not reach"):
        walk.to(Waypoint(x=60.0, y=-2.2, yaw=0.0))
    assert walk.motion.state.arrived
    assert walk.operator.now_s == pytest.approx(PATIENCE.walk_s, abs=0.5)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-2, 6), st.floats(-5, 4), st.floats(0.0, 6.0)), max_size=3))
def test_whoever_comes_whenever_the_robot_keeps_away_from_what_it_saw_in_time(
    comers: list[tuple[float, float, float]],
) -> None:
    """What appears around the robot itself is the comer's doing; all else is kept away from."""
    walk, others = Walk(), list[Array]()
    walk.navigator.obstacles = lambda: others
    for x, y, time_s in comers:

        def come(x: float = x, y: float = y) -> None:
            if np.hypot(*(walk.motion.middle_W[:2] - [x, y])) > 1.0:
                others.append(disc(x, y, 0.3))
                came.append((len(walk.path), others[-1]))

        walk.at(time_s, come)
    came: list[tuple[int, Array]] = []
    try:
        walk.to(FAR, CAR)
        assert walk.stands_at(FAR)
    except NoWay:
        assert others
    for since, outline in came:
        assert all(Polygon(outline).distance(Point(p)) >= 0.3 for p in walk.path[since:])


def test_it_walks_through_places_without_a_rest_and_does_something_all_the_way() -> None:
    walk, ticks = Walk(), list[int]()
    place = Waypoint(x=1.0, y=-3.0, yaw=0.0)
    walk.operator.run(walk.navigator.walk(FAR, (), [place], lambda: ticks.append(1)))
    (course,) = walk.motion.followed
    assert place.pose in course
    assert min(np.hypot(*(p - place.p)) for p in walk.path) < 0.02
    assert len(ticks) == pytest.approx(len(walk.path), abs=2)


def test_places_it_can_not_walk_through_are_left_out() -> None:
    walk = Walk()
    walk.operator.run(walk.navigator.walk(FAR, [CAR], [Waypoint(x=1.0, y=0.0, yaw=0.0)]))
    assert walk.motion.middle_W[:2] == pytest.approx(FAR.p)
    assert walk.nearest(CAR) > 0.4
