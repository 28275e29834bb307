"""Waiting takes as long as it says, in robot time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from linewalker.brain.skills.wait import LONGEST_S, Wait
from linewalker.errors import InputError
from tests.brain.plane_robot import TICK_S, plane_operator


@pytest.mark.parametrize("seconds", [0.0, 0.5, 60.0])
def test_it_stands_for_so_long(seconds: float) -> None:
    equipment: Any = SimpleNamespace(operator=plane_operator())
    values = Wait.complete({"seconds": seconds})
    before_s = equipment.operator.now_s
    outcome = equipment.operator.run(Wait(equipment).act(values))
    assert equipment.operator.now_s - before_s == pytest.approx(seconds, abs=1.01 * TICK_S)
    assert outcome.evidence == pytest.approx(Wait(equipment).cost_s(values), abs=1.01 * TICK_S)


@pytest.mark.parametrize("seconds", [-1.0, LONGEST_S + 1.0, float("nan")])
def test_no_such_time(seconds: float) -> None:
    with pytest.raises(InputError, match="seconds is"):
        Wait.complete({"seconds": seconds})
