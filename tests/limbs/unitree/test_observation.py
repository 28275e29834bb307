"""What is heard is counted right: losses, stalls, damage, rates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import RobotLost
from linewalker.limbs.unitree import observation
from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.messages import LowState
from linewalker.limbs.unitree.observation import Observation, observe
from tests.limbs.unitree.wires import free_domain


def state(tick: int, q: float = 0.0) -> LowState:
    made = LowState()
    made.image["tick"], made.image["motor"]["q"] = tick, q
    made.image["imu"]["quaternion"], made.image["imu"]["accelerometer"] = (1, 0, 0, 0), (0, 0, 9.81)
    return made


@given(st.lists(st.booleans(), min_size=2, max_size=200))
def test_every_state_is_heard_or_missed(comes: list[bool]) -> None:
    found, came = Observation(29), [k for k, here in enumerate(comes) if here]
    for k in came:
        found.hear(state(1000 + 2 * k))
    assert found.states == len(came)
    if came:
        assert found.states + found.missed == came[-1] - came[0] + 1
        assert found.heard_s == pytest.approx(0.002 * (came[-1] - came[0]))


def test_what_is_damaged_or_not_new_counts_apart() -> None:
    found = Observation(29)
    for k in range(10):
        found.hear(state(2 * k, q=0.1 * k))
    found.hear(state(18))
    found.hear(LowState(state(20).image, sound=False))
    assert (found.states, found.stalls, found.unsound, found.missed) == (10, 1, 1, 0)
    assert found.rate_hz == pytest.approx(500.0)
    np.testing.assert_allclose(found.q_rad, 0.45, rtol=1e-6)
    np.testing.assert_allclose(found.gravity_m_s2, [0, 0, 9.81], rtol=1e-6)
    np.testing.assert_allclose(found.attitude_up, [0, 0, 1])


def test_where_nothing_comes_the_robot_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observation, "FIRST_S", 0.05)
    with Participant("lo", free_domain(31)) as wire, pytest.raises(RobotLost, match=r"no state came on rt/lowstate"):
        observe(wire, 29, 1.0)
    with pytest.raises(RobotLost, match="right checksum"):
        _ = Observation(29).last
