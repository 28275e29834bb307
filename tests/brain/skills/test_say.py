"""What is said reaches the voice once, word for word, and takes longer the longer it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from linewalker.brain.skills.say import Say
from tests.brain.plane_robot import TICK_S, plane_operator


@pytest.mark.parametrize("text", ["你好", "welcome to the station", ""])
def test_it_is_said_once_and_listened_to(text: str) -> None:
    said: list[str] = []
    equipment: Any = SimpleNamespace(operator=plane_operator(), voice=said.append)
    began_s = equipment.operator.now_s
    outcome = equipment.operator.run(Say(equipment).act({"text": text}))
    assert (said, outcome.evidence) == ([text], text)
    lasted_s = equipment.operator.now_s - began_s
    assert lasted_s == pytest.approx(Say(equipment).cost_s({"text": text}), abs=1.01 * TICK_S)


def test_more_takes_longer() -> None:
    equipment: Any = None
    costs = [Say(equipment).cost_s({"text": text}) for text in ("", "好", "好的", "好的，马上去")]
    assert costs == sorted(set(costs))
