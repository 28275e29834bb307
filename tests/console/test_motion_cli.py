"""Options of a walk and of a reach get where they act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from linewalker import cli
from linewalker.console import reach_command, walk_command
from linewalker.console.audience import InFull


def test_a_walk_is_walked_as_it_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given: list[Any] = []
    monkeypatch.setattr(walk_command, "walk", lambda *all_of_it: given.append(all_of_it) or 0)
    words = f"walk --velocity 0.5,0,0 --duration 3 --seed 4 --record {tmp_path}/a.mcap"
    assert CliRunner().invoke(cli.app, words.split()).exit_code == 0
    ((stage, goals, velocity, duration_s),) = given
    assert (stage.robot, stage.seed, goals, velocity, duration_s) == ("g1", 4, [], "0.5,0,0", 3.0)
    assert stage.audience.record == InFull(path=tmp_path / "a.mcap", robot="g1", seed=4)


def test_a_reach_reaches_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    monkeypatch.setattr(reach_command, "reach", lambda *all_of_it: given.append(all_of_it) or 0)
    words = ["reach", "--target", "0.3,0,1", "--sensor", "head", "--robot", "walker"]
    assert CliRunner().invoke(cli.app, words).exit_code == 0
    ((stage, sensor, target, direction, calibration),) = given
    assert (stage.robot, sensor, target, direction, calibration) == ("walker", "head", "0.3,0,1", "1,0,0", None)
    assert stage.audience.record is None
