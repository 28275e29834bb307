"""A microphone that listens while somebody holds the key."""

from __future__ import annotations

from typing import Any

import numpy as np

from linewalker.brain.speech.extra import INSTALL
from linewalker.brain.speech.sound import LONGEST_S, RATE_HZ, Sound, sound_of
from linewalker.errors import MissingPackage


class Microphone:
    """The default microphone of this machine.

    Raises:
        MissingPackage: there is none, or what records is not installed.
    """

    def __init__(self) -> None:
        try:
            import sounddevice
        except ImportError:
            raise MissingPackage(f"录音需要另装：{INSTALL} / to record, install: {INSTALL}") from None
        except OSError:  # the library below it
            raise MissingPackage(
                "录音需要 PortAudio：apt install libportaudio2 / recording needs it: apt install libportaudio2"
            ) from None
        self._device: Any = sounddevice
        self._stream: Any = None
        self._blocks: list[np.ndarray] = []
        try:
            sounddevice.check_input_settings(channels=1, samplerate=RATE_HZ)
        except (sounddevice.PortAudioError, ValueError):
            raise MissingPackage(
                "没有可用的麦克风；请接上麦克风，或给出 WAV 文件 / there is no microphone that works here; "
                "connect one, or name a WAV file: linewalker listen FILE.wav"
            ) from None

    def begin(self) -> None:
        """Start recording."""
        self._blocks = []
        self._stream = self._device.InputStream(samplerate=RATE_HZ, channels=1, dtype="float32", callback=self._take)
        self._stream.start()

    def end(self) -> Sound:
        """Stop recording; what was said since `begin`, at most `LONGEST_S`."""
        assert self._stream is not None, "begin() comes before end()"
        self._stream.stop()
        self._stream.close()
        self._stream = None
        blocks = self._blocks or [np.zeros((1, 1), dtype=np.float32)]
        return sound_of(np.concatenate(blocks)[: int(LONGEST_S * RATE_HZ)], RATE_HZ)

    def _take(self, block: np.ndarray, frames: int, time: Any, status: Any) -> None:  # noqa: ARG002 (PortAudio's)
        if len(self._blocks) * frames < LONGEST_S * RATE_HZ:
            self._blocks.append(block.copy())
