"""A bow leans as deep as it is told, is smooth, and leaves every robot standing as it stood."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from linewalker.brain.skills.bow import Bow, lean_at
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.station.bench import Floor
from tests.brain.plane_robot import plane_operator

LEAN_RAD = float(np.radians(20.0))
COST_S = Bow.cost_s(None, {})  # type: ignore[arg-type]


def test_the_lean_begins_and_ends_at_rest_and_never_jumps() -> None:
    times = np.arange(0.0, COST_S + 0.002, 0.002)
    lean = np.array([lean_at(t, LEAN_RAD) for t in times])
    assert lean[0] == 0.0
    assert lean[-1] == pytest.approx(0.0, abs=1e-6)
    assert lean.max() == pytest.approx(LEAN_RAD)
    assert lean.min() >= -1e-9
    np.testing.assert_allclose(lean, lean[::-1], atol=2e-3)  # up as down
    assert np.abs(np.diff(lean)).max() < 0.002 * 1.9 * LEAN_RAD / 1.4


def test_arms_are_given_back_whether_it_ends_or_is_broken_off() -> None:
    equipment: Any = SimpleNamespace(operator=plane_operator())
    operator, skill = equipment.operator, Bow(equipment)
    assert list(skill.withdraw()) == []
    assert operator.motion.led == []
    operator.run(skill.act({"lean_deg": 20.0}))
    assert operator.motion.led[-1] is None
    next(skill.act({"lean_deg": 20.0}))
    list(skill.withdraw())
    assert operator.motion.led[-1] is None


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_every_robot_bows_and_stands_again(name: str) -> None:
    profile = load_profile(name)
    floor = Floor(profile, 0, visual=False)
    floor.run(0.6)
    operator: Any = SimpleNamespace(motion=floor.motion)
    equipment: Any = SimpleNamespace(operator=operator)
    tilts, operator.now_s = [], floor.now_s
    for _ in Bow(equipment).act({"lean_deg": 20.0}):
        floor.tick()
        operator.now_s = floor.now_s
        tilts.append(-float(floor.data.body(profile.base).xmat[6]))
    floor.run(0.5)
    assert np.degrees(np.arcsin(max(tilts))) == pytest.approx(20.0, abs=0.5)
    assert floor.motion.stop_state is StopState.RUNNING
    assert floor.motion.state.steps == 0
    assert np.linalg.norm(floor.true_middle()) < 2e-3
