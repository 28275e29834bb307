"""The commands about recordings take what they say, and refuse the rest by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker import cli
from linewalker.errors import InputError


def run(*words: object) -> int:
    done = cli.app([str(word) for word in words], standalone_mode=False)
    return done or 0


def test_a_walk_is_recorded_and_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.mcap"
    assert run("record", "--out", path, "walk", "--velocity", "0.2,0,0", "--duration", "0.5") == 0
    assert "linewalker replay" in capsys.readouterr().out
    assert run("replay", path) == 0
    assert "all the same to the bit" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["record", "--out", "a.mcap"], "say what to record"),
        (["record", "--out", "a.mcap", "doctor"], "say what to record"),
        (["record", "--out", "a.bag", "walk"], "ends in .mcap"),
        (["record", "--out", "no/a.mcap", "walk"], "no such folder"),
        (["walk", "--goal", "1,0,0", "--record", "a.txt"], "ends in .mcap"),
        (["replay", "nowhere.mcap"], "no such file"),
    ],
)
def test_what_is_wrong_is_said(words: list[str], problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=problem):
        run(*words)
