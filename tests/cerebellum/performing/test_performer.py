"""In physics: a dance is danced in time, stopped out of any figure, and given up to recovery by a push."""

import numpy as np
import pytest

from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.errors import MotionRefused
from linewalker.limbs.profiles import load_profile
from linewalker.station.performance import FIRST_STAND_S, DanceFloor, Push
from tests.cerebellum.performing.short_dance import short_plan
from tests.station.danced import danced


def standing(seed: int = 3) -> DanceFloor:
    floor = DanceFloor(load_profile("g1"), seed)
    floor.stand(FIRST_STAND_S)
    return floor


def test_all_steps_are_danced_and_it_stands_at_the_end() -> None:
    floor, recording = danced()
    landings = floor.performer._feet.landings
    assert len(landings) == len(short_plan().swings) == 4
    assert max(abs(actual - planned) for _, planned, actual in landings) < 0.03
    assert floor.motion.state.mode is Mode.STANDING
    assert floor.performer.handovers == []
    assert np.isfinite(recording.plan_s[:-150]).all()


@pytest.mark.parametrize("figure_s", [1.6, 2.15])
def test_a_stop_holds_out_of_any_figure(figure_s: float) -> None:
    floor = standing()
    floor.motion.command().perform(short_plan(), begin_s=floor.now_s)
    with pytest.raises(MotionRefused, match="dances"):
        floor.motion.walk(0.1, 0.0, 0.0)
    floor.stand(figure_s)
    assert floor.motion.state.mode is Mode.DANCING
    with pytest.raises(MotionRefused, match="stand"):
        floor.performer.perform(short_plan(), begin_s=floor.now_s)
    floor.motion.request_stop("a test")
    floor.stand(3.0)
    assert floor.motion.stop_state is StopState.HOLDING


def test_a_push_hands_over_to_recovery_and_it_dances_on_with_the_next_phrase() -> None:
    floor, plan = standing(), short_plan("side_touch", "hip_rolls")
    _, fall = floor.dance(plan, [Push(at_s=1.0, impulse_n_s=13.0, towards_rad=1.6)])
    assert fall is None
    assert floor.performer.handovers
    assert len(floor.performer.rejoined) == 1
    assert floor.performer.plan_s > floor.performer.rejoined[0] + 1.0
    assert floor.motion.state.mode is Mode.STANDING
