"""WAV files and sounds for the tests; nothing here speaks."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from linewalker.brain.speech.recogniser import Recognised
from linewalker.brain.speech.sound import RATE_HZ, Sound


def tone(frequency_hz: float = 440.0, seconds: float = 0.5, rate_hz: int = RATE_HZ) -> np.ndarray:
    """(n,) a sine at half of full scale."""
    return 0.5 * np.sin(2.0 * np.pi * frequency_hz * np.arange(int(seconds * rate_hz)) / rate_hz)


def loud() -> Sound:
    """Somebody might have spoken."""
    return Sound(samples=tone().astype(np.float32))


def quiet(seconds: float = 1.0) -> Sound:
    """Nobody spoke."""
    return Sound(samples=np.zeros(int(seconds * RATE_HZ), dtype=np.float32))


def wav(data: bytes, *, code: int = 1, channels: int = 1, rate_hz: int = RATE_HZ, bits: int = 16) -> bytes:
    """A WAV file of these samples."""
    block = channels * bits // 8
    head = struct.pack("<HHIIHH", code, channels, rate_hz, rate_hz * block, block, bits)
    chunks = b"fmt " + struct.pack("<I", len(head)) + head + b"LIST" + struct.pack("<I", 4) + b"INFO"
    chunks += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def write_tone(path: Path, frequency_hz: float = 440.0) -> Path:
    """A file somebody might have spoken into."""
    path.write_bytes(wav((tone(frequency_hz) * 32767.0).astype("<i2").tobytes()))
    return path


class Parrot:
    """A recogniser that hears what it is told to, and notes what it was asked."""

    def __init__(self, *texts: str, language: str = "en", sureness: float = -0.1, no_speech: float = 0.0):
        self.texts, self.language, self.sureness, self.no_speech = list(texts), language, sureness, no_speech
        self.asked: list[str | None] = []

    def recognise(self, sound: Sound, language: str | None) -> Recognised:
        assert not sound.silent
        self.asked.append(language)
        likely = tuple((text, -float(i)) for i, text in enumerate(self.texts))
        return Recognised(
            language=language or self.language, texts=likely, sureness=self.sureness, no_speech=self.no_speech
        )
