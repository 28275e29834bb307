"""What a goal comes to at a station: an act of the robot, or work at a car. Plain data, which can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linewalker.brain.language.goal import Goal
from linewalker.brain.mission import Mission
from linewalker.brain.route import Waypoint
from linewalker.brain.visit import SkillCall
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.title import Title


@dataclass(frozen=True, kw_only=True, eq=False)
class ActTask:
    """Something that needs no car.

    Attributes:
        goal: what asked for it.
        title: what people call it.
        call: the act.
        place: where to stand for it, in W; None: wherever the robot stands.
        cost_s: robot time it takes there, about.
    """

    goal: Goal
    title: Title
    call: SkillCall
    place: Waypoint | None
    cost_s: float

    def document(self) -> dict[str, Any]:
        """As it stands in a plan."""
        place = None if self.place is None else [round(number, 4) for number in self.place.pose]
        return {
            "goal": self.goal.document(),
            "title": {"zh": self.title.zh, "en": self.title.en},
            "skill": self.call.skill,
            "values": dict(self.call.values),
            "place": place,
        }


@dataclass(frozen=True, kw_only=True, eq=False)
class CarTask:
    """Work at one car, from the moment it is in place until the robot is home again.

    Attributes:
        goal, title: as above.
        order: the car.
        mission: what to do where.
        characteristics: what is to be judged, what can not be reached included; none where only pictures are wanted.
        time, times: which repetition it is, and of how many.
        within_s: robot time it may take; None: as long as it takes.
    """

    goal: Goal
    title: Title
    order: BuildOrder
    mission: Mission
    characteristics: tuple[Characteristic, ...] = ()
    time: int = 1
    times: int = 1
    within_s: float | None = None

    def document(self) -> dict[str, Any]:
        """As it stands in a plan."""
        return {
            "goal": self.goal.document(),
            "title": {"zh": self.title.zh, "en": self.title.en},
            "vin": self.order.vin,
            "time": self.time,
            "times": self.times,
            "within_s": self.within_s,
            "characteristics": [characteristic.id for characteristic in self.characteristics],
            "not_reached": dict(self.mission.refused),
            "visits": [
                {
                    "stance": [round(number, 4) for number in visit.stance.pose],
                    "skills": [call.skill for call in visit.calls],
                    "passing": visit.passing,
                }
                for visit in self.mission.visits
            ],
        }


Task = ActTask | CarTask
