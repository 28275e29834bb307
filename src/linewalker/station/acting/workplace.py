"""A place where orders are carried out: all that it takes, put together by whoever knows what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.brain.operator import Operator
from linewalker.brain.planning.problem import Span
from linewalker.brain.route import Waypoint
from linewalker.brain.travel_time import Ways
from linewalker.errors import UnreachableError
from linewalker.geometry import Array
from linewalker.limbs.profile import Gait
from linewalker.station.acting.certified_errand import CertifiedErrand, Passing, Proving, Walk, certify
from linewalker.station.acting.errand_maker import ErrandMaker
from linewalker.station.acting.errand_runner import ErrandRunner
from linewalker.station.acting.log_book import LogBook

_LEAST, _MOST = 0.85, 1.3
"""How far walks are off what their strides say."""
SETTLES = Span(low_s=0.3, expected_s=0.4, high_s=1.2)
"""A robot that has arrived counts as settled after 0.3 s, and when it hardly moves."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Workplace:
    """What a performer works with.

    Attributes:
        robot, plan_fingerprint: which.
        operator: works the robot.
        maker: makes errands of goals.
        proving: what they are proved with.
        runner: carries them out.
        log: of what happens.
        balances: the robot is kept standing while nothing is to be done; a simulation stops its time then.
    """

    robot: str
    plan_fingerprint: str
    operator: Operator
    maker: ErrandMaker
    proving: Proving
    runner: ErrandRunner
    log: LogBook
    balances: bool = False

    def certified(self, goals: Sequence[Goal], start: Waypoint) -> CertifiedErrand | Because:
        """What goals come to from a place, with its proof; or why they can not be done."""
        errand = self.maker.errand(goals)
        if isinstance(errand, Because):
            return errand
        car = self.runner.in_place
        return certify(errand, start, self.proving, present=car.vin if car is not None else "")


def walks_round(outlines: Sequence[Array], gait: Gait) -> Walk:
    """How long walks take, about, where nothing stands in the way that is not known.

    Args:
        outlines: of what they lead round, in W, each (k, 2), m.
        gait: how the robot steps.
    """
    ways = Ways(outlines, gait)

    @lru_cache(maxsize=4096)
    def walk(here: Waypoint, there: Waypoint) -> Span | None:
        try:
            return _about(ways.duration_s(here, there))
        except UnreachableError:
            return None

    return walk


def walks_past(outlines: Sequence[Array], gait: Gait) -> Passing:
    """The same past places where the robot does not stop."""
    ways = Ways(outlines, gait)

    def walk(here: Waypoint, through: Sequence[Waypoint], there: Waypoint) -> Sequence[Span] | None:
        try:
            return [_about(leg_s) for leg_s in ways.legs_s(here, there, through)]
        except UnreachableError:
            return None

    return walk


def _about(walking_s: float) -> Span:
    return Span(low_s=_LEAST * walking_s, expected_s=walking_s, high_s=_MOST * walking_s)
