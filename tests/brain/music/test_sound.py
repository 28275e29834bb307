"""Music is read whatever a WAV file stores, and what is none is refused by name."""

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.io import wavfile

from linewalker.brain.music.sound import Sound, read_sound, write_wav
from linewalker.errors import InputError

RATE = 16000
TONE = 0.5 * np.sin(2.0 * np.pi * 220.0 * np.arange(5 * RATE) / RATE)


@pytest.mark.parametrize(
    "stored", [np.round(32767 * TONE).astype(np.int16), np.round(2147483647 * TONE).astype(np.int32),
               np.round(128 + 127 * TONE).astype(np.uint8), TONE.astype(np.float32), TONE]
)  # fmt: skip
def test_every_kind_of_sample_means_the_same(stored: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    wavfile.write(path, RATE, stored)
    sound = read_sound(path)
    assert sound.rate_hz == RATE
    assert np.abs(sound.samples - TONE).max() < 0.01


def test_channels_are_mixed(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    wavfile.write(path, RATE, np.column_stack((TONE, 0.0 * TONE)))
    assert np.allclose(read_sound(path).samples, 0.5 * TONE)


def test_written_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "again.wav"
    write_wav(Sound(samples=TONE, rate_hz=RATE), path)
    assert np.abs(read_sound(path).samples - TONE).max() < 1e-4


@pytest.mark.parametrize("kind", ["flac", "ogg"])
def test_compressed_music_is_read(kind: str, tmp_path: Path) -> None:
    soundfile = pytest.importorskip("soundfile")
    path = tmp_path / f"tone.{kind}"
    soundfile.write(path, TONE, RATE)
    sound = read_sound(path)
    assert len(sound.samples) == len(TONE)
    assert np.corrcoef(sound.samples, TONE)[0, 1] > 0.99


def test_compressed_music_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "soundfile", None)
    with pytest.raises(InputError, match=r"linewalker\[dance\]"):
        read_sound(tmp_path / "tone.ogg")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.mp3", b"x", "expected .wav"), ("a.wav", b"", "no WAV"), ("a.wav", b"RIFFxxxxWAVEfmt ", "no WAV"),
     ("a.wav", b"\0" * 400, "no WAV")],
)  # fmt: skip
def test_what_is_no_music_is_refused(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_sound(tmp_path / name)


@pytest.mark.parametrize(
    ("samples", "rate", "said"),
    [(TONE[:RATE], RATE, "1.0 s long"), (0.0 * TONE, RATE, "silence"), (np.full(len(TONE), np.nan), RATE, "no numbers"),
     (TONE, 4000, "samples a second")],
)  # fmt: skip
def test_music_without_a_beat_to_hear_is_refused(samples: np.ndarray, rate: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.wav"
    wavfile.write(path, rate, samples)
    with pytest.raises(InputError, match=said):
        read_sound(path)


def test_a_sound_has_one_channel() -> None:
    with pytest.raises(ValueError, match="one channel"):
        Sound(samples=np.zeros((2, 2)), rate_hz=RATE)
