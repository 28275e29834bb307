"""WAV files of all kinds are one sound; what is none is told, by name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.brain.speech.sound import LONGEST_S, RATE_HZ, Sound, read_wav, sound_of
from linewalker.errors import InputError
from tests.brain.speech.recordings import loud, quiet, tone, wav

WRITINGS = {
    (1, 8): lambda x: np.round(x * 127.0 + 128.0).astype("u1").tobytes(),
    (1, 16): lambda x: np.round(x * 32767.0).astype("<i2").tobytes(),
    (1, 24): lambda x: np.round(x * 8388607.0).astype("<i4").view("u1").reshape(-1, 4)[:, :3].tobytes(),
    (1, 32): lambda x: np.round(x * 2147483647.0).astype("<i4").tobytes(),
    (3, 32): lambda x: x.astype("<f4").tobytes(),
    (3, 64): lambda x: x.astype("<f8").tobytes(),
}


@pytest.mark.parametrize(("code", "bits"), WRITINGS)
def test_all_writings_are_one_sound(code: int, bits: int, tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    path.write_bytes(wav(WRITINGS[code, bits](tone()), code=code, bits=bits))
    np.testing.assert_allclose(read_wav(path).samples, tone(), atol=0.01 if bits == 8 else 1e-4)


@pytest.mark.parametrize("rate_hz", [8000, 22050, 44100, 48000])
def test_any_rate_becomes_ours(rate_hz: int, tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    path.write_bytes(wav(WRITINGS[1, 16](tone(rate_hz=rate_hz)), rate_hz=rate_hz))
    heard = read_wav(path)
    assert heard.duration_s == pytest.approx(0.5, abs=1e-3)
    middle = slice(2000, 6000)
    np.testing.assert_allclose(heard.samples[middle], tone()[middle], atol=0.01)


def test_channels_are_mixed(tmp_path: Path) -> None:
    both = np.stack([tone(), np.zeros_like(tone())], axis=1).ravel()
    path = tmp_path / "stereo.wav"
    path.write_bytes(wav(WRITINGS[1, 16](both), channels=2))
    np.testing.assert_allclose(read_wav(path).samples, tone() / 2.0, atol=1e-4)


def test_a_recording_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "cut.wav"
    path.write_bytes(wav(WRITINGS[1, 16](tone()))[:-1001])
    assert read_wav(path).duration_s == pytest.approx(0.5 - 501 / RATE_HZ, abs=1e-3)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"ID3 this is music", "is no WAV file"),
        (wav(b""), "without samples"),
        (wav(b"")[:30], "without samples"),
        (wav(b"\0" * 100, code=85), "format 85"),
        (wav(b"\0" * 100, rate_hz=4000), "4000 samples a second"),
        (wav(b"\0" * 100, channels=0), "format 1"),
        (wav(np.full(100, np.nan, dtype="<f4").tobytes(), code=3, bits=32), "no numbers"),
        (b"RIFF\0\0\0\0WAVEfmt \2\0\0\0\1\0data\2\0\0\0\0\0", "does not say"),
    ],
)
def test_what_is_no_recording_is_told(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "order.wav"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told) as error:
        read_wav(path)
    assert "order.wav" in str(error.value)


def test_two_hours_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    seconds = 7200
    with path.open("wb") as file:
        head = wav(b"")[:-4] + (seconds * RATE_HZ * 2).to_bytes(4, "little")
        file.write(head)
        file.truncate(len(head) + seconds * RATE_HZ * 2)
    with pytest.raises(InputError, match=f"7200 s.*{LONGEST_S:.0f} s"):
        read_wav(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can not be read"):
        read_wav(tmp_path / "none.wav")


def test_silence_is_known() -> None:
    assert quiet().silent
    assert not loud().silent
    assert Sound(samples=tone(seconds=0.05).astype(np.float32)).silent
    offset = np.full((RATE_HZ, 1), 0.4)
    assert sound_of(offset, RATE_HZ).silent  # a microphone with a bias


def test_samples_are_one_row_of_floats() -> None:
    with pytest.raises(ValueError, match="one row"):
        Sound(samples=np.zeros((2, 3), dtype=np.float32))
