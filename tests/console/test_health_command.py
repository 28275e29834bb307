"""Recordings of one robot are told of, whatever the order they are named in; others are refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from linewalker.console.health_command import AS_EVER, OUT_OF_THE_WAY, tell_health
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.wear import Wear
from linewalker.station.bench import Floor
from linewalker.station.recording.recorder import Recorder


def recorded(path: Path, *wear: str, robot: str = "g1", seconds: float = 1.3) -> Path:
    profile = load_profile(robot)
    on = Floor(profile, 1, visual=False, wear=[Wear.read(text, profile) for text in wear])
    with Recorder.of(on, path, robot, 1):
        on.run(seconds)
    return path


def test_a_jump_and_losses_are_named_and_a_report_is_written(tmp_path: Path) -> None:
    healthy = recorded(tmp_path / "a.mcap")
    worn = recorded(tmp_path / "b.mcap", "encoder:left_elbow_joint@0.5", "losses")
    out = io.StringIO()
    console = Console(file=out, width=80)
    assert tell_health([healthy], "en", console=console) == AS_EVER
    assert tell_health([worn], "zh", report=tmp_path / "h.html", console=console) == OUT_OF_THE_WAY
    assert "left_elbow 编码器跳变" in out.getvalue()
    assert "读数丢失" in out.getvalue()
    assert "left_elbow" in (tmp_path / "h.html").read_text(encoding="utf-8")


def test_other_robots_and_short_recordings_are_refused(tmp_path: Path) -> None:
    g1 = recorded(tmp_path / "a.mcap")
    with pytest.raises(InputError, match="is too short"):
        tell_health([recorded(tmp_path / "s.mcap", seconds=0.2)], "en")
    with pytest.raises(InputError, match="is of a walker"):
        tell_health([g1, recorded(tmp_path / "w.mcap", robot="walker")], "en")
