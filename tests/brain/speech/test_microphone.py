"""A microphone, and what is said where there is none; PortAudio is a fake."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from linewalker.brain.speech.microphone import Microphone
from linewalker.brain.speech.sound import LONGEST_S, RATE_HZ
from linewalker.errors import MissingPackage


class PortAudio(ModuleType):
    """A machine with a microphone, or without one."""

    class PortAudioError(Exception):
        """Of the library."""

    def __init__(self, *, there: bool = True):
        super().__init__("sounddevice")
        self.there = there
        self.open = False

    def check_input_settings(self, **_: Any) -> None:
        if not self.there:
            raise self.PortAudioError("Error querying device -1")

    def InputStream(self, *, callback: Any, **_: Any) -> PortAudio:
        self.callback = callback
        return self

    def start(self) -> None:
        self.open = True

    def stop(self) -> None:
        self.open = False

    def close(self) -> None:
        assert not self.open

    def hears(self, seconds: float) -> None:
        frames = RATE_HZ // 10
        for _ in range(int(seconds * 10)):
            self.callback(np.full((frames, 1), 0.25, dtype=np.float32), frames, None, None)


def test_what_is_said_in_between_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    audio = PortAudio()
    monkeypatch.setitem(sys.modules, "sounddevice", audio)
    microphone = Microphone()
    for seconds in (0.5, 1.0):
        microphone.begin()
        audio.hears(seconds)
        sound = microphone.end()
        assert sound.duration_s == pytest.approx(seconds)
        assert sound.samples[0] == pytest.approx(0.25)
        assert not audio.open


def test_a_key_that_is_held_for_ever_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    audio = PortAudio()
    monkeypatch.setitem(sys.modules, "sounddevice", audio)
    microphone = Microphone()
    microphone.begin()
    audio.hears(3.0 * LONGEST_S)
    assert microphone.end().duration_s <= LONGEST_S


def test_nothing_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", PortAudio())
    microphone = Microphone()
    microphone.begin()
    assert microphone.end().silent


def test_a_machine_without_one_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", PortAudio(there=False))
    with pytest.raises(MissingPackage, match=r"没有可用的麦克风.*listen FILE.wav"):
        Microphone()
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(MissingPackage, match=r"linewalker\[speech\]"):
        Microphone()
