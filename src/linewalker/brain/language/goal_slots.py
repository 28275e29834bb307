"""What goals there are and what each can be told: the contract between whoever reads orders and whoever carries out.

A sentence's grammar, a language model and a client over a wire all fill the same slots; `check_goals` holds whoever can
not be trusted to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from linewalker.inspection.title import Title


class SlotKind(Enum):
    """Of what a slot is made."""

    NAME = "a name"
    NAMES = "a list of names"
    TEXT = "a text"
    NUMBER = "a number"
    COUNT = "a whole number"


@dataclass(frozen=True, kw_only=True)
class SlotRule:
    """One slot.

    Attributes:
        kind: as above.
        meaning: what it says.
        unit: of a number; its name ends in it.
        least, most: bounds of a number, and of the letters of a text.
        choices: the names there are everywhere; empty: what the station knows by this slot's name, else any.
    """

    kind: SlotKind
    meaning: str
    unit: str = ""
    least: float = 0.0
    most: float = 0.0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GoalRule:
    """One kind of goal.

    Attributes:
        title: what people call it.
        meaning: when to ask for it.
        slots: what it can be told.
        needs: slots that have to be given: one of each group at least.
        apart: slots of which only one group may be given.
        moves: whether the robot moves for it.
    """

    title: Title
    meaning: str
    slots: Mapping[str, SlotRule]
    needs: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[tuple[str, ...], ...], ...] = ()
    moves: bool = True


def _name(meaning: str, *choices: str) -> SlotRule:
    return SlotRule(kind=SlotKind.NAME, meaning=meaning, most=80, choices=choices)


def _names(meaning: str, *choices: str) -> SlotRule:
    return SlotRule(kind=SlotKind.NAMES, meaning=meaning, most=80, choices=choices)


def _number(meaning: str, unit: str, least: float, most: float) -> SlotRule:
    return SlotRule(kind=SlotKind.NUMBER, meaning=meaning, unit=unit, least=least, most=most)


def _text(meaning: str, letters: int) -> SlotRule:
    return SlotRule(kind=SlotKind.TEXT, meaning=meaning, least=1, most=letters)


_SIDE = _name("side of the car, as its driver sees it", "left", "right", "front", "rear")
_VIN = _name("vehicle identification number, or its last digits")
_SINCE = _name("from when on: today, yesterday, shift, or an ISO date and time")

GOALS: Mapping[str, GoalRule] = {
    "inspect": GoalRule(
        title=Title(zh="检测", en="inspect"),
        meaning="measure or check something at the car; with no slot: everything the plan has",
        slots={
            "features": _names("names of seams and parts in the catalogue"),
            "ids": _names("ids of characteristics in the plan"),
            "side": _SIDE,
            "area": _name("area of the car"),
            "classes": _names("only characteristics of these classes", "critical", "major", "minor"),
            "methods": _names("only by these methods"),
            "except": _names("what is left out: features, ids, sides, areas, kinds of parts"),
            "times": SlotRule(kind=SlotKind.COUNT, meaning="how often", least=1, most=20),
            "within_s": _number("in how much time", "s", 1.0, 7200.0),
            "vin": _VIN,
        },
    ),
    "go_to": GoalRule(
        title=Title(zh="走到", en="go to"),
        meaning="walk to a place that has a name, or to a pose in the station",
        slots={
            "place": _name("name of the place"),
            "x_m": _number("rearward from the front axle", "m", -50.0, 50.0),
            "y_m": _number("to the right of the car", "m", -50.0, 50.0),
            "yaw_deg": _number("heading", "deg", -360.0, 360.0),
        },
        needs=(("place", "x_m"), ("place", "y_m")),
        apart=((("place",), ("x_m", "y_m", "yaw_deg")),),
    ),
    "home": GoalRule(title=Title(zh="回原位", en="go home"), meaning="walk to where the robot waits", slots={}),
    "stop": GoalRule(title=Title(zh="停", en="stop"), meaning="stop at once", slots={}, moves=False),
    "pause": GoalRule(title=Title(zh="暂停", en="pause"), meaning="hold until told to go on", slots={}, moves=False),
    "resume": GoalRule(title=Title(zh="继续", en="go on"), meaning="go on with what is held", slots={}),
    "wait": GoalRule(
        title=Title(zh="等待", en="wait"),
        meaning="stand for a while",
        slots={"seconds": _number("how long", "s", 0.0, 3600.0)},
        needs=(("seconds",),),
    ),
    "look": GoalRule(
        title=Title(zh="看", en="look"),
        meaning="turn the camera to a part of the car",
        slots={"part": _name("name of the part in the catalogue")},
        needs=(("part",),),
    ),
    "say": GoalRule(
        title=Title(zh="说", en="say"),
        meaning="speak a text that the order spells out",
        slots={"text": _text("what to say", 400)},
        needs=(("text",),),
        moves=False,
    ),
    "dance": GoalRule(
        title=Title(zh="跳舞", en="dance"),
        meaning="dance, or bow where it can not",
        slots={"music": _name("to what"), "seconds": _number("how long", "s", 1.0, 600.0)},
    ),
    "guide": GoalRule(
        title=Title(zh="导览", en="guide"),
        meaning="lead visitors to places",
        slots={
            "places": _names("names of places, in this order"),
            "visitors": SlotRule(kind=SlotKind.COUNT, meaning="how many are led", least=1, most=100),
        },
    ),
    "status": GoalRule(
        title=Title(zh="状态", en="status"), meaning="tell what the robot does now", slots={}, moves=False
    ),
    "results": GoalRule(
        title=Title(zh="结果", en="results"),
        meaning="tell what was measured",
        slots={
            "vin": _VIN,
            "verdict": _name("only of this verdict", "OK", "NOK", "NOT_DECIDABLE"),
            "feature": _name("seam, part or id"),
            "side": _SIDE,
            "shift": _name("which shift"),
            "since": _SINCE,
            "classes": _names("only characteristics of these classes", "critical", "major", "minor"),
            "statistic": _name("what of the values: count, mean, worst, spread, takt mean, touches, reason, most ..."),
            "by": _name("of which kind the most or the worst is: characteristic, car, side, model ..."),
        },
        moves=False,
    ),
    "why": GoalRule(
        title=Title(zh="原因", en="why"),
        meaning="tell why a car or a characteristic came out as it did",
        slots={"vin": _VIN, "characteristic": _name("id in the plan")},
        moves=False,
    ),
    "compare": GoalRule(
        title=Title(zh="比较", en="compare"),
        meaning="compare results",
        slots={
            "by": _name("side, shift, model, day ..."),
            "feature": _name("seam, part or id"),
            "since": _SINCE,
        },
        moves=False,
    ),
}
"""The kinds of goals we know, by name."""
