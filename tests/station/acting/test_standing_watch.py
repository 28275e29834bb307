"""A robot is called still for as long as it was, and a speed that is no number is none."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.station.acting.standing_watch import StandingWatch
from tests.brain.plane_robot import TICK_S, PlaneMotion, plane_operator


def test_still_is_counted_from_the_last_movement() -> None:
    motion = PlaneMotion((0.0, 0.0, 0.0))
    operator = plane_operator(motion)
    watch = StandingWatch(operator)
    assert watch.standing.speed_m_s is None
    operator.on_tick.append(watch.tick)
    motion.follow([(0.8, 0.0, 0.0)])
    operator.run(operator.wait(0.5))
    assert watch.standing.still_s == 0.0
    assert watch.standing.speed_m_s == pytest.approx(0.8)
    operator.run(operator.wait(2.5))
    assert watch.standing.still_s == pytest.approx(2.0, abs=6 * TICK_S)
    assert watch.standing.stop == ""


def test_a_stop_is_told_in_the_words_of_the_controller() -> None:
    operator = plane_operator()
    watch = StandingWatch(operator)
    operator.on_tick.append(watch.tick)
    operator.motion.stop_state = StopState.HOLDING
    operator.run(operator.wait(0.3))
    assert watch.standing.stop == StopState.HOLDING.value


def test_what_is_no_number_is_not_known() -> None:
    class Lost(PlaneMotion):
        @property
        def estimate(self) -> object:
            found = super().estimate
            found.base_m_s = np.full(3, np.nan)
            return found

    operator = plane_operator(Lost())
    watch = StandingWatch(operator)
    operator.on_tick.append(watch.tick)
    operator.run(operator.wait(1.0))
    assert (watch.standing.speed_m_s, watch.standing.still_s) == (None, 0.0)
