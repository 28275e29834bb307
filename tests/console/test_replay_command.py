"""What a replay found is told: which recording, with which versions, and where commands are others."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from linewalker.cerebellum.balance.drives import Drives
from linewalker.console import replay_command
from linewalker.console.replay_command import OTHERWISE, SAME, replay_recording
from tests.station.recording.walks import record


def told(path: Path) -> tuple[int, str]:
    out = io.StringIO()
    code = replay_recording(path, None, Console(file=out, width=80))
    return code, out.getvalue()


def test_the_same_other_versions_and_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mcap"
    record(path, lambda on: on.run(0.3) and None)
    code, text = told(path)
    assert code == SAME
    assert "150 commands compared: all the same to the bit" in text
    of = Drives.command

    def other(self, tau, upper, brace):
        return replace(of(self, tau * 1.01, upper, brace))

    monkeypatch.setattr(Drives, "command", other)
    versions = replay_command.present_versions()
    monkeypatch.setattr(replay_command, "present_versions", lambda: versions | {"numpy": "0.1"})
    code, text = told(path)
    assert code == OTHERWISE
    assert "are others, the first at 0.002 s" in text
    assert f"numpy {versions['numpy']} -> 0.1" in text
    assert "knee_joint" in text
    assert max(map(len, text.splitlines())) <= 80
    path.write_bytes(path.read_bytes()[:-100])
    assert "was cut off" in told(path)[1]
