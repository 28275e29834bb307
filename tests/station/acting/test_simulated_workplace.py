"""Orders in physics: a mixed mission, and a stop in mid-stride that the controller takes at its next tick."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.journal import read_journal
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.simulated_workplace import simulated_workplace
from linewalker.station.approval.performer import Draft, Phase
from linewalker.station.plant import HOME
from linewalker.station.run_folder import JOURNAL_FILE, LOOKS, RESULTS_FILE
from tests.station.cheap_station import cheap_shift


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
