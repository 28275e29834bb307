"""One turn of the loop: sensed once, thought once, and acted on only what came of it."""

from __future__ import annotations

import pytest

from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.errors import RobotLost
from linewalker.limbs.robot import JointCommand, Readings


class Noted:
    """A body that notes what is asked of it."""

    def __init__(self, *, lost: bool = False) -> None:
        self.asked: list[object] = []
        self.lost = lost

    def sense(self) -> Readings:
        self.asked.append("sense")
        if self.lost:
            raise RobotLost("no answer")
        return "readings"  # type: ignore[return-value]

    def act(self, command: JointCommand) -> None:
        self.asked.append(command)


def test_what_is_thought_of_what_is_felt_is_done() -> None:
    body = Noted()
    felt = sense_think_act(body, lambda readings: body.asked.append(readings) or "command")  # type: ignore[arg-type,return-value,func-returns-value]
    assert felt == "readings"
    assert body.asked == ["sense", "readings", "command"]


def test_without_a_thought_the_drives_keep_to_the_last() -> None:
    body = Noted()
    sense_think_act(body, lambda _: None)
    assert body.asked == ["sense"]


def test_a_lost_robot_is_not_acted_on() -> None:
    body = Noted(lost=True)
    with pytest.raises(RobotLost):
        sense_think_act(body, lambda _: pytest.fail("nothing was felt"))
    assert body.asked == ["sense"]
