"""Orders in physics: a mixed mission, and a stop in mid-stride that the controller takes at its next tick."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.journal import read_journal
from linewalker.brain.route import Waypoint
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.limbs.profile import Gait
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.simulated_workplace import simulated_workplace, walks_round
from linewalker.station.approval.performer import Draft, Phase
from linewalker.station.plant import HOME
from linewalker.station.run_folder import JOURNAL_FILE, LOOKS, RESULTS_FILE
from tests.station.cheap_station import cheap_shift

CAR = np.array([[-0.9, -0.9], [3.8, -0.9], [3.8, 0.9], [-0.9, 0.9]])


def test_a_mission_of_mixed_skills_and_a_stop(tmp_path: Path) -> None:
    shift = cheap_shift(tmp_path / "files", cars=1, characteristics=1)
    said: list[str] = []
    with simulated_workplace(shift, tmp_path / "run", voice=said.append) as place:
        operator = place.operator
        with StationPerformer(place) as performer:

            def begin(*goals: Goal) -> None:
                draft = performer.prepare(goals)
                assert isinstance(draft, Draft)
                assert performer.begin("P", goals, json.loads(json.dumps(draft.plan))) is None

            def at(time_s: float, do: Callable[[], None]) -> None:
                due = [do]
                operator.on_tick.append(lambda: due.pop()() if due and operator.now_s >= time_s else None)

            begin(Goal(skill="inspect", slots={"ids": ("G",)}), Goal(skill="say", slots={"text": "好"}))
            assert performer.wait(300.0)
            assert performer.progress().phase is Phase.DONE
            assert np.hypot(*(operator.motion.middle_W[:2] - HOME.p)) < 0.02

            asked: list[float] = []
            at(operator.now_s + 2.0, lambda: (asked.append(operator.now_s), performer.request_stop())[0])
            begin(Goal(skill="go_to", slots={"place": "left"}), Goal(skill="home"))
            assert performer.wait(300.0)
            assert performer.progress().phase is Phase.STOPPED
            assert operator.motion.reports[-1].began_s - asked[0] <= 2.5 * CONTROL_PERIOD_S
            assert operator.motion.stop_state is StopState.HOLDING
            assert performer.standing().still_s > 0.3

            begin(Goal(skill="home"))
            assert performer.wait(300.0)
            assert performer.progress().phase is Phase.DONE
            assert np.hypot(*(operator.motion.middle_W[:2] - HOME.p)) < 0.02
    (car,) = json.loads((tmp_path / "run" / RESULTS_FILE).read_text())["cars"]
    assert [entry["verdict"] for entry in car["characteristics"]] == ["OK"]
    assert said == ["好"]
    codes = [entry.code for entry in read_journal(tmp_path / "run" / JOURNAL_FILE)]
    assert codes.index("stop_asked") < codes.index("stopped") < codes.index("released")
    assert not (tmp_path / "run" / LOOKS).exists()


@pytest.mark.parametrize("there", [(3.0, -2.2), (-1.0, 2.2), (4.5, 0.0)])
def test_walks_take_longer_the_further_they_are_and_none_leads_into_the_car(there: tuple[float, float]) -> None:
    walk, home = walks_round(CAR, Gait()), Waypoint(x=-1.0, y=-2.2, yaw=0.0)
    goal = Waypoint(x=there[0], y=there[1], yaw=0.0)
    span, back = walk(home, goal), walk(goal, home)
    assert span is not None
    assert back is not None
    assert 0.0 < span.low_s < span.expected_s < span.high_s
    assert span.expected_s >= float(np.hypot(*(goal.p - home.p))) / 0.8
    assert walk(home, home).expected_s == 0.0  # type: ignore[union-attr]
    assert walk(home, Waypoint(x=1.0, y=0.0, yaw=0.0)) is None
