"""What the robot decides when something comes between it and its work, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from linewalker.inspection.title import Title


class What(Enum):
    """What was decided. The member's value is what a journal carries; `Decision.text` is what people read."""

    DETOUR = "detour"
    WAY_WAITED_FOR = "way_waited_for"
    WAY_GIVEN_UP = "way_given_up"
    HELD = "held"
    WENT_ON = "went_on"
    PLACE_LOST = "place_lost"
    PLACE_FOUND = "place_found"
    PLACE_GIVEN_UP = "place_given_up"
    VISIT_REPEATED = "visit_repeated"
    VISIT_FAILED = "visit_failed"
    CAR_TOUCHED = "car_touched"


_SENTENCES = {
    What.DETOUR: ("前方有障碍物，绕行前往 {goal}", "something stands in the way to {goal}; the robot goes round it"),
    What.WAY_WAITED_FOR: (
        "去 {goal} 的路被堵住，站着等它让开：{why}",
        "the way to {goal} is blocked; the robot stands and waits until it is free: {why}",
    ),
    What.WAY_GIVEN_UP: (
        "等了 {waited_s} 秒，去 {goal} 的路仍被堵住，放弃",
        "the way to {goal} was still blocked after {waited_s} s; the robot gives it up",
    ),
    What.HELD: ("按要求暂停，站住", "held as asked; the robot stands"),
    What.WENT_ON: ("继续前往 {goal}", "the robot goes on to {goal}"),
    What.PLACE_LOST: (
        "{age_s} 秒没有定位，站住等定位恢复",
        "nobody has seen where the robot is for {age_s} s; it stands until it is seen again",
    ),
    What.PLACE_FOUND: ("定位恢复", "the robot is seen again"),
    What.PLACE_GIVEN_UP: (
        "等了 {waited_s} 秒定位没有恢复，安全停止",
        "the robot was not seen again within {waited_s} s; it stops safely",
    ),
    What.VISIT_REPEATED: ("{what} 没有做成，再试一次：{why}", "{what} failed and is tried again: {why}"),
    What.VISIT_FAILED: ("{what} 没有做成，跳过：{why}", "{what} failed and is skipped: {why}"),
    What.CAR_TOUCHED: ("机器人碰到车辆，{what} 的结果作废", "the robot touched the car; {what} does not count"),
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision.

    Attributes:
        what: was decided.
        about: what the sentence names, and more for machines.
    """

    what: What
    about: Mapping[str, str | int | float] = field(default_factory=dict)

    @property
    def text(self) -> Title:
        """What was decided, and why."""
        zh, en = _SENTENCES[self.what]
        return Title(zh=zh.format_map(self.about), en=en.format_map(self.about))


Tell = Callable[[Decision], None]
"""Hears of every decision, before it is carried out."""


def to_nobody(_: Decision) -> None:
    """Nobody listens."""
