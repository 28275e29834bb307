"""Walks a robot to places: round what stands in the way, and with a rest where it has to wait.

It rests, standing, while somebody holds it, while nobody sees where it is, and while people or pallets bar every way;
then it sets out anew from where it stands. None of that costs the work that is to be done at the place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import substring

from linewalker.brain.decision import Decision, Tell, What, to_nobody
from linewalker.brain.operator import Operator, Routine
from linewalker.brain.route import Waypoint
from linewalker.brain.travel_time import Ways
from linewalker.errors import NoWay, UnreachableError
from linewalker.geometry import Array

_SETTLE_TIMEOUT_S = 3.0
_LOOK_EVERY_S = 0.1
_TRY_EVERY_S = 0.5
_MOVED_M = 0.05

Outlines = Sequence[Array]
"""Of what stands on the floor, each (k, 2), m, in W."""


@dataclass(frozen=True, kw_only=True)
class Patience:
    """For how long it waits for what, in robot time, and how near it goes.

    Attributes:
        walk_s: to arrive, rests not counted.
        way_s: until a blocked way is free again.
        place_s: until somebody sees again where it is.
        unseen_s: so long it walks on when nobody does; less than `StopRules.localisation_s`, so that it rests before it
            has to stop.
        nearest_m: mid-feet point to anything that moves, on a way and at its end.
    """

    walk_s: float = 90.0
    way_s: float = 30.0
    place_s: float = 30.0
    unseen_s: float = 1.5
    nearest_m: float = 0.35


class Navigator:
    """See the module.

    Args:
        operator: works the robot.
        patience: of a robot that waits.

    Attributes:
        obstacles: what else than a car stands in the station now; whoever knows puts it here.
        held: whether somebody wants it to stand; from any thread.
        tell: hears of decisions.
        on_route: told of every way it sets out on, waypoints in W; it must not raise.
        resting: whether it stands and waits.
    """

    def __init__(self, operator: Operator, patience: Patience | None = None):
        self._operator, self.patience = operator, patience if patience is not None else Patience()
        self.obstacles: Callable[[], Outlines] = tuple
        self.held: Callable[[], bool] = lambda: False
        self.tell: Tell = to_nobody
        self.on_route: Callable[[Sequence[Waypoint]], None] = lambda _: None
        self.resting = False

    def walk(
        self,
        goal: Waypoint,
        car: Outlines = (),
        through: Sequence[Waypoint] = (),
        meanwhile: Callable[[], None] | None = None,
    ) -> Routine[None]:
        """Go to a place and come to rest there.

        Args:
            goal: where, in W.
            car: outline of the car in the station; the stance at it may be nearer to it than the way there.
            through: places to walk through, in W; a robot that has to set out anew leaves them out.
            meanwhile: called at every tick on the way; the robot then does not wait at the goal until it is settled.

        Raises:
            NoWay: there is none, also not after a while, or it takes too long; the robot stands.
        """
        motion, left_s = self._operator.motion, self.patience.walk_s
        while True:
            yield from self.rest_while_held()
            yield from self._rest_unseen()
            route = yield from self._way(goal, car, through)
            through = ()
            motion.follow([waypoint.pose for waypoint in route])
            self.on_route(route)
            began_s = self._operator.now_s
            yield from self._follow(route, began_s + left_s, meanwhile)
            left_s -= self._operator.now_s - began_s
            if motion.state.arrived and not self._wanted_rest():
                break
            if left_s <= 0.0:
                motion.stop()
                raise NoWay(f"the robot did not reach {_named(goal)} within {self.patience.walk_s:g} s of robot time")
        if meanwhile is None:
            yield from self._settle()

    def rest_while_held(self) -> Routine[None]:
        """Stand as long as somebody holds the robot; nothing where nobody does."""
        if not self.held():
            return
        self._operator.motion.stop()
        self.tell(Decision(what=What.HELD))
        with _Resting(self):
            while self.held():
                yield

    # ------------------------------------------------------------------ on the way
    def _follow(
        self, route: Sequence[Waypoint], deadline_s: float, meanwhile: Callable[[], None] | None
    ) -> Routine[None]:
        """Until it has arrived, or has to set out anew: it is held, not seen, late, or something came into its way."""
        operator, motion = self._operator, self._operator.motion
        path, others = self._path(route), tuple(self.obstacles())
        looked_s = operator.now_s
        while not motion.state.arrived and operator.now_s <= deadline_s:
            if operator.now_s - looked_s >= _LOOK_EVERY_S:
                looked_s = operator.now_s
                now = tuple(self.obstacles())
                if not _same(now, others):
                    others = now
                    if self._bars(now, substring(path, path.project(Point(motion.middle_W[:2])), path.length)):
                        self.tell(Decision(what=What.DETOUR, about={"goal": _named(route[-1])}))
                        return
            if self._wanted_rest():
                return
            if meanwhile is not None:
                meanwhile()
            yield

    def _wanted_rest(self) -> bool:
        return self.held() or self._unseen_s() > self.patience.unseen_s

    def _unseen_s(self) -> float:
        estimate = self._operator.motion.estimate
        return estimate.fix_age_s if estimate.localised else 0.0

    def _settle(self) -> Routine[None]:
        deadline_s = self._operator.now_s + _SETTLE_TIMEOUT_S
        while not self._operator.motion.state.settled and self._operator.now_s < deadline_s:
            yield

    # ------------------------------------------------------------------ where it waits
    def _rest_unseen(self) -> Routine[None]:
        """Stand until somebody sees where the robot is; a robot that stays unseen stops safely."""
        if (age_s := self._unseen_s()) <= self.patience.unseen_s:
            return
        self._operator.motion.stop()
        self.tell(Decision(what=What.PLACE_LOST, about={"age_s": round(age_s, 1)}))
        deadline_s = self._operator.now_s + self.patience.place_s
        with _Resting(self):
            while self._unseen_s() > self.patience.unseen_s:
                if self._operator.now_s > deadline_s:
                    self.tell(Decision(what=What.PLACE_GIVEN_UP, about={"waited_s": self.patience.place_s}))
                    self._operator.motion.request_stop(f"localisation lost for {self.patience.place_s:g} s")
                    deadline_s = np.inf  # whoever runs this routine ends it when the robot holds
                yield
        self.tell(Decision(what=What.PLACE_FOUND))

    def _way(self, goal: Waypoint, car: Outlines, through: Sequence[Waypoint]) -> Routine[list[Waypoint]]:
        """A route from where the robot stands, as soon as there is one."""
        deadline_s, waiting = self._operator.now_s + self.patience.way_s, False
        while True:
            others = tuple(self.obstacles())
            try:
                route = self._plan(goal, car, others, through)
            except UnreachableError as error:
                if not others:
                    raise NoWay(str(error)) from error
                why = error
            else:
                if waiting:
                    self.tell(Decision(what=What.WENT_ON, about={"goal": _named(goal)}))
                return route
            if not waiting:
                waiting = True
                self._operator.motion.stop()
                self.tell(Decision(what=What.WAY_WAITED_FOR, about={"goal": _named(goal), "why": str(why)}))
            if self._operator.now_s > deadline_s:
                waited_s = self.patience.way_s
                self.tell(Decision(what=What.WAY_GIVEN_UP, about={"goal": _named(goal), "waited_s": waited_s}))
                raise NoWay(f"the way was blocked for {waited_s:g} s: {why}") from why
            with _Resting(self):
                yield from self._operator.wait(_TRY_EVERY_S)

    def _plan(self, goal: Waypoint, car: Outlines, others: Outlines, through: Sequence[Waypoint]) -> list[Waypoint]:
        """A route through some places if there is one, else past them."""
        start, ways = (
            Waypoint.at(self._operator.motion.middle_W),
            Ways([*car, *others], self._operator.motion.profile.gait),
        )
        try:
            route = ways.route(start, goal, through)
        except UnreachableError:
            if not through:
                raise
            return self._plan(goal, car, others, ())
        if self._bars(others, self._path(route)):
            if through:
                return self._plan(goal, car, others, ())
            raise UnreachableError(f"something stands too near to the way to {_named(goal)}")
        return route

    def _path(self, route: Sequence[Waypoint]) -> LineString:
        return LineString([self._operator.motion.middle_W[:2], *(waypoint.p for waypoint in route)])

    def _bars(self, others: Outlines, path: LineString | Point) -> bool:
        return any(path.distance(Polygon(outline)) < self.patience.nearest_m for outline in others)


class _Resting:
    """Says that a navigator rests as long as the block lasts, however it ends."""

    def __init__(self, navigator: Navigator):
        self._navigator = navigator

    def __enter__(self) -> None:
        self._navigator.resting = True

    def __exit__(self, *_: object) -> None:
        self._navigator.resting = False


def _same(ones: Outlines, others: Outlines) -> bool:
    return len(ones) == len(others) and all(
        len(a) == len(b) and np.allclose(a, b, atol=_MOVED_M) for a, b in zip(ones, others)
    )


def _named(goal: Waypoint) -> str:
    return f"({goal.x:.2f}, {goal.y:.2f}) m"
