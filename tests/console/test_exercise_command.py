"""The round is done, and can be recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.console import exercise_command
from linewalker.console.audience import Audience, InFull
from linewalker.console.exercise_command import exercise_robot
from linewalker.console.motion_commands import DONE, Stage
from linewalker.station.recording.replay import read_recorded


def test_it_is_done_and_recorded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(exercise_command, "exercise", lambda floor: floor.run(0.3))
    record = InFull(path=tmp_path / "a.mcap", robot="g1", seed=1)
    stage = Stage(robot="g1", seed=1, audience=Audience(record=record), wear=("hot:left_knee_joint",))
    assert exercise_robot(stage) == DONE
    assert "moved 29 joints" in capsys.readouterr().out
    assert len(read_recorded(tmp_path / "a.mcap").readings) == 150
