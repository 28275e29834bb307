"""The robot stands until all who are led are near; who does not come in time is not waited for any longer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from linewalker.brain.skills.gather import Gather
from linewalker.errors import UnreachableError
from tests.brain.plane_robot import PlaneMotion, plane_operator

VALUES = Gather.complete({"within_m": 2.0, "patience_s": 10.0})


def led(speed_m_s: float) -> Any:
    """A robot at the origin, somebody beside it, and one who comes nearer from 5 m away."""
    operator = plane_operator(PlaneMotion((0.0, 0.0, 0.0)))
    group = lambda: (np.array([0.5, 0.0]), np.array([5.0 - speed_m_s * operator.now_s, 0.0]))  # noqa: E731
    return SimpleNamespace(operator=operator, group=group)


@pytest.mark.parametrize("speed_m_s", [0.5, 1.0, 3.0])
def test_it_waits_exactly_as_long_as_the_last_one_takes(speed_m_s: float) -> None:
    equipment = led(speed_m_s)
    outcome = equipment.operator.run(Gather(equipment).act(VALUES))
    assert outcome.evidence == 2
    assert equipment.operator.now_s == pytest.approx(3.0 / speed_m_s, abs=0.05)
    assert equipment.operator.motion.followed == []


def test_it_does_not_wait_for_ever() -> None:
    equipment = led(0.0)
    with pytest.raises(UnreachableError, match="1 of the group did not come within 10 s"):
        equipment.operator.run(Gather(equipment).act(VALUES))
    assert equipment.operator.now_s == pytest.approx(10.0, abs=0.1)


def test_alone_it_waits_for_nobody() -> None:
    equipment: Any = SimpleNamespace(operator=plane_operator(), group=tuple)
    before_s = equipment.operator.now_s
    assert equipment.operator.run(Gather(equipment).act(VALUES)).evidence == 0
    assert equipment.operator.now_s == before_s
