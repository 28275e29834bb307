"""A recording: read from a file, written as WAV."""

from __future__ import annotations

import importlib
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.io import wavfile

from linewalker.errors import InputError
from linewalker.geometry import Array

SHORTEST_S, LONGEST_S = 4.0, 1800.0
"""Less holds no tempo; more is no dance."""
SLOWEST_HZ = 8000
_WITH_SOUNDFILE = (".flac", ".ogg")
_INSTALL = "pip install 'linewalker[dance]'"


@dataclass(frozen=True, kw_only=True)
class Sound:
    """Samples (n,) of one channel, -1 to 1, so many a second."""

    samples: Array
    rate_hz: int

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.rate_hz <= 0:
            raise ValueError(f"expected one channel and a rate, got {self.samples.shape} at {self.rate_hz} Hz")

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate_hz


def read_sound(path: Path) -> Sound:
    """A WAV file, or FLAC or OGG where soundfile is installed; channels are mixed.

    Raises:
        InputError: it can not be read, or is nothing one could hear a beat in.
    """
    kind = path.suffix.lower()
    if kind == ".wav":
        samples, rate = _read_wav(path)
    elif kind in _WITH_SOUNDFILE:
        samples, rate = _read_compressed(path)
    else:
        raise InputError(f"expected .wav, .flac or .ogg, found '{path.suffix}'; convert it", file=path)
    if samples.ndim == 2:
        samples = samples.mean(axis=1)
    sound = Sound(samples=np.ascontiguousarray(samples, dtype=float), rate_hz=int(rate))
    _check(sound, path)
    return sound


def _read_wav(path: Path) -> tuple[Array, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", wavfile.WavFileWarning)  # chunks beside the music
            rate, samples = wavfile.read(path)
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    except (ValueError, EOFError, struct.error) as error:
        raise InputError(f"no WAV file of samples: {error}", file=path) from None
    if samples.dtype == np.uint8:
        return (samples.astype(float) - 128.0) / 128.0, rate
    if np.issubdtype(samples.dtype, np.integer):
        return samples.astype(float) / float(np.iinfo(samples.dtype).max), rate
    return samples.astype(float), rate


def _read_compressed(path: Path) -> tuple[Array, int]:
    try:
        soundfile = importlib.import_module("soundfile")
    except (ImportError, OSError):  # OSError: the library of C it stands on
        raise InputError(f"{path.suffix} needs soundfile: {_INSTALL}; a WAV file needs nothing", file=path) from None
    try:
        samples, rate = soundfile.read(str(path), dtype="float64")
    except (RuntimeError, OSError) as error:
        raise InputError(f"can not be read as music: {error}", file=path) from None
    return samples, rate


def _check(sound: Sound, path: Path) -> None:
    if sound.rate_hz < SLOWEST_HZ:
        raise InputError(f"{sound.rate_hz} samples a second; expected at least {SLOWEST_HZ}", file=path)
    if not SHORTEST_S <= sound.duration_s <= LONGEST_S:
        wanted = f"{SHORTEST_S:g} to {LONGEST_S:g} s"
        raise InputError(f"{sound.duration_s:.1f} s long; expected {wanted}", file=path)
    if not np.isfinite(sound.samples).all():
        raise InputError("samples that are no numbers", file=path)
    if np.abs(sound.samples).max() < 1e-4:
        raise InputError("nothing but silence", file=path)


def write_wav(sound: Sound, path: Path) -> None:
    """Write 16 bits a sample.

    Raises:
        InputError: it can not be written there.
    """
    try:
        wavfile.write(path, sound.rate_hz, np.round(32767.0 * np.clip(sound.samples, -1.0, 1.0)).astype(np.int16))
    except OSError as error:
        raise InputError(f"can not be written: {error.strerror}", file=path) from None
