"""Ears and a voice of a dialogue: who listens does not speak, and what is read back is spoken."""

from __future__ import annotations

import pytest

from linewalker.brain.speech import voice
from linewalker.console import speech_session
from linewalker.console.speech_session import Speech
from linewalker.errors import MissingPackage
from tests.console.test_spoken_lines import Mouth


class Voice:
    """Notes what it says."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def begin(self, text: str) -> None:
        self.said.append(text)

    def hush(self) -> None:
        self.said.append("(hush)")


class Ears:
    def __init__(self, mouth: Mouth):
        self.hear = mouth.heard


def test_who_listens_does_not_speak() -> None:
    mouth, speaker, shown = Mouth("go home"), Voice(), []
    speech = Speech(hearing=Ears(mouth), microphone=mouth, voice=speaker)
    speech.aloud(shown.append)("Shall it be done?")
    assert list(speech.lines(iter(["", ""]), shown.append)) == ["go home"]
    assert speaker.said == ["Shall it be done?", "(hush)"]
    assert shown[0] == "Shall it be done?"


def test_without_a_voice_all_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise MissingPackage("no program")

    monkeypatch.setattr(voice, "Voice", none)
    assert speech_session._voice() is None
    shown: list[str] = []
    mouth = Mouth()
    Speech(hearing=Ears(mouth), microphone=mouth).aloud(shown.append)("hello")
    assert shown == ["hello"]
