"""``linewalker listen``: what was heard is printed, understood as ``ask`` does, and done only after a yes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linewalker.console import listen_command
from linewalker.console.listen_command import Spoken, listen
from linewalker.console.listener import OrderOptions
from linewalker.station.shift_files import ShiftFiles
from tests.brain.speech.recordings import wav, write_tone
from tests.console.test_order_commands import FILES, Stations, stations
from tests.console.test_spoken_lines import Mouth

__all__ = ["stations"]


class Ears:
    """Hears a text."""

    def __init__(self, text: str):
        self._mouth = Mouth(text)

    def hear(self, sound: Any, language: str | None = None) -> Any:
        assert language is None
        return self._mouth.heard(sound)


@pytest.fixture
def order(tmp_path: Path) -> Path:
    return write_tone(tmp_path / "order.wav")


def test_what_was_heard_is_understood_as_what_is_typed(order: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listen(Spoken(file=order), hearing=Ears("measure the hood gap"), as_json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["heard"] == "measure the hood gap"
    assert document["outcome"] == "act"
    assert document["read_back"]
    assert document["goals"] == [{"skill": "inspect", "slots": {"features": ["hood/front_bumper"], "methods": ["gap"]}}]


def test_a_person_is_shown_both(order: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listen(Spoken(file=order), hearing=Ears("go home"), as_json=False)
    assert capsys.readouterr().out.splitlines()[0] == "heard: go home"


def test_earlier_orders_count(order: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listen(Spoken(file=order, after=["measure the hood gap"]), hearing=Ears("again, three times"), as_json=True)
    assert json.loads(capsys.readouterr().out)["goals"][0]["slots"]["times"] == 3


def test_silence_is_no_order(order: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listen(Spoken(file=order), hearing=Ears(""), as_json=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["heard"] == ""
    assert document["outcome"] == "ask"


@pytest.mark.parametrize(("typed", "moves"), [("y\n", True), ("n\n", False), ("", False)])
def test_what_was_heard_moves_after_a_yes(
    typed: str, moves: bool, order: Path, tmp_path: Path, stations: Stations, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Typed:
        def readline(self) -> str:
            return typed

    monkeypatch.setattr("sys.stdin", Typed())
    files = ShiftFiles(shift=Path(FILES[3]), plan=Path(FILES[1]), world=None, robot="g1", seed=0)
    options = OrderOptions(place=files, folder=tmp_path / "out")
    ears = Ears("go to the rear of the car and come back")
    assert listen(Spoken(file=order), options, hearing=ears, as_json=False) == 0
    (station,) = stations.opened
    assert bool(station.motion.followed) == moves


def test_from_the_microphone_until_enter(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Typed:
        def readline(self) -> str:
            return "\n"

    monkeypatch.setattr("sys.stdin", Typed())
    monkeypatch.setattr(listen_command, "Microphone", Mouth)
    listen(Spoken(file=None), hearing=Ears("stop"), as_json=True)
    assert json.loads(capsys.readouterr().out)["goals"] == [{"skill": "stop", "slots": {}}]


def test_a_file_is_looked_at_before_anything_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "empty.wav"
    path.write_bytes(wav(b""))
    monkeypatch.setattr(listen_command, "order_hearing", None)
    with pytest.raises(Exception, match="without samples"):
        listen(Spoken(file=path), as_json=True)
