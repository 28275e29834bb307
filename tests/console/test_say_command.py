"""``linewalker say`` hands a text to the voice."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.console import say_command


def test_a_text_and_its_file_reach_the_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, Path | None]] = []

    class Voice:
        def say(self, text: str, out: Path | None) -> None:
            said.append((text, out))

    monkeypatch.setattr(say_command, "Voice", Voice)
    say_command.say("回原位", Path("x.wav"))
    say_command.say("go home", None)
    assert said == [("回原位", Path("x.wav")), ("go home", None)]
