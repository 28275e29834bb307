"""What a microphone or a WAV file recorded, as samples."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from math import gcd
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from linewalker.errors import InputError

RATE_HZ = 16000
LONGEST_S = 30.0
"""An order is a sentence or two; the recogniser hears no more at once."""
_SHORTEST_S = 0.1
_SILENT = 0.003  # of full scale: a microphone in a quiet hall has less, a whisper into it more
_LARGEST_HEADER = 1 << 20
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_TYPES = {(_PCM, 8): "u1", (_PCM, 16): "<i2", (_PCM, 24): "i3", (_PCM, 32): "<i4"} | {
    (_FLOAT, 32): "<f4",
    (_FLOAT, 64): "<f8",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Sound:
    """Samples of one channel.

    Attributes:
        samples: (n,) float32 in [-1, 1], `RATE_HZ` of them a second.
    """

    samples: np.ndarray

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.float32:
            raise ValueError(f"expected one row of float32, got {self.samples.dtype} {self.samples.shape}")

    @property
    def duration_s(self) -> float:
        """How long it lasts."""
        return len(self.samples) / RATE_HZ

    @property
    def silent(self) -> bool:
        """Whether nobody can have spoken: it is too short, or no twentieth of a second is louder than silence."""
        if self.duration_s < _SHORTEST_S:
            return True
        frame = RATE_HZ // 20
        whole = self.samples[: len(self.samples) // frame * frame].reshape(-1, frame)
        return bool(np.sqrt(np.mean(np.square(whole - whole.mean(axis=1, keepdims=True)), axis=1)).max() < _SILENT)


def sound_of(samples: np.ndarray, rate_hz: int) -> Sound:
    """Samples as they were recorded, (n, channels) in [-1, 1], as one channel at `RATE_HZ`."""
    mono = samples.mean(axis=1, dtype=np.float64)
    common = gcd(rate_hz, RATE_HZ)
    mono = mono if rate_hz == RATE_HZ else resample_poly(mono, RATE_HZ // common, rate_hz // common)
    return Sound(samples=np.clip(mono, -1.0, 1.0).astype(np.float32))


def read_wav(path: Path) -> Sound:
    """Read a WAV file: PCM of 8 to 32 bits or floats, any number of channels, 8 to 192 kHz, up to `LONGEST_S`.

    Raises:
        InputError: it can not be read, is no such file, holds nothing, or too much.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_LARGEST_HEADER)
            found = _chunks(path, start, path.stat().st_size)
            file.seek(found.data_at)
            data = file.read(found.data_bytes)
    except OSError as error:
        raise InputError(f"{path} can not be read: {error.strerror or error}") from None
    samples = _samples(data, found)
    if not np.isfinite(samples).all():
        raise InputError(f"{path}: samples that are no numbers; record it again")
    return sound_of(samples, found.rate_hz)


@dataclass(frozen=True, kw_only=True)
class _Found:
    kind: str
    channels: int
    rate_hz: int
    data_at: int
    data_bytes: int


def _chunks(path: Path, start: bytes, size: int) -> _Found:
    """What the header says.

    Raises:
        InputError: it says nothing that can be read.
    """
    if len(start) < 12 or start[:4] != b"RIFF" or start[8:12] != b"WAVE":
        what = "is empty" if not start else "is no WAV file"
        raise InputError(f"{path} {what}; expected a WAV file, for instance 16 bit, one channel, 16 kHz")
    at, described = 12, b""
    while at + 8 <= len(start):
        name, length = start[at : at + 4], struct.unpack_from("<I", start, at + 4)[0]
        if name == b"fmt ":
            described = start[at + 8 : at + 8 + length]
        elif name == b"data":
            return _found(path, described, at + 8, min(length, size - at - 8))
        at += 8 + length + length % 2
    raise InputError(f"{path}: a WAV file without samples; record it again")


def _found(path: Path, described: bytes, data_at: int, data_bytes: int) -> _Found:
    if len(described) < 16:
        raise InputError(f"{path}: a WAV file that does not say how its samples are written; record it again")
    code, channels, rate_hz, _, block, bits = struct.unpack_from("<HHIIHH", described)
    if code == _EXTENSIBLE and len(described) >= 26:
        code = struct.unpack_from("<H", described, 24)[0]
    kind = _TYPES.get((code, bits))
    if kind is None or not 1 <= channels <= 64 or block != channels * bits // 8:
        raise InputError(f"{path}: samples of format {code} with {bits} bits; expected PCM of 8 to 32 bits, or floats")
    if not 8000 <= rate_hz <= 192000:
        raise InputError(f"{path}: {rate_hz} samples a second; expected 8000 to 192000")
    frames = data_bytes // block
    if not frames:
        raise InputError(f"{path}: a WAV file without samples; record it again")
    if frames > LONGEST_S * rate_hz:
        raise InputError(
            f"{path} lasts {frames / rate_hz:.0f} s; an order takes at most {LONGEST_S:.0f} s: cut out the order alone"
        )
    return _Found(kind=kind, channels=channels, rate_hz=rate_hz, data_at=data_at, data_bytes=frames * block)


def _samples(data: bytes, found: _Found) -> np.ndarray:
    """(n, channels), full scale 1."""
    if found.kind == "i3":
        padded = np.zeros((len(data) // 3, 4), dtype=np.uint8)
        padded[:, 1:] = np.frombuffer(data, dtype=np.uint8).reshape(-1, 3)
        whole = padded.view("<i4")[:, 0] / float(1 << 31)
    else:
        read = np.frombuffer(data, dtype=found.kind)
        if found.kind == "u1":
            whole = (read.astype(np.float64) - 128.0) / 128.0
        else:
            whole = read / float(-np.iinfo(read.dtype).min) if read.dtype.kind == "i" else read.astype(np.float64)
    return whole.reshape(-1, found.channels)
