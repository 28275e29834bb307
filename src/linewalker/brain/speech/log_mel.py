"""The spectrum of a sound as Whisper hears it."""

from __future__ import annotations

from functools import cache

import numpy as np

from linewalker.brain.speech.sound import LONGEST_S, RATE_HZ

BANDS = 80
_WINDOW, _HOP = 400, 160
FRAMES = int(LONGEST_S * RATE_HZ) // _HOP
_LINEAR_HZ, _LINEAR_STEP_HZ, _LOG_STEP = 1000.0, 200.0 / 3.0, np.log(6.4) / 27.0


def log_mel(samples: np.ndarray) -> np.ndarray:
    """Log-mel spectrum: (BANDS, FRAMES) float32, what follows the sound being silence.

    Power in windows of 25 ms every 10 ms (Hann), gathered in bands that are linear to 1 kHz and logarithmic above
    (Slaney 1998), log10, no more than 8 below the loudest, (x + 4) / 4 (Radford et al. 2022, section 2.2).

    Args:
        samples: (n,) at `RATE_HZ`, at most `LONGEST_S` of them.
    """
    heard = np.zeros(FRAMES * _HOP, dtype=np.float32)
    heard[: len(samples)] = samples[: len(heard)]
    padded = np.pad(heard, _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:FRAMES]
    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)).astype(np.float32) ** 2
    log = np.log10(np.maximum(_bands() @ power.T, 1e-10))
    return np.ascontiguousarray((np.maximum(log, log.max() - 8.0) + 4.0) / 4.0, dtype=np.float32)


@cache
def _bands() -> np.ndarray:
    """(BANDS, frequencies): triangles of equal area, evenly spaced in mel."""
    frequencies = np.fft.rfftfreq(_WINDOW, 1.0 / RATE_HZ)
    edges = _hz(np.linspace(0.0, _mel(RATE_HZ / 2.0), BANDS + 2))
    width = np.diff(edges)
    slopes = edges[:, None] - frequencies[None, :]
    rising, falling = -slopes[:-2] / width[:-1, None], slopes[2:] / width[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return np.asarray(triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None], dtype=np.float32)


def _mel(frequency_hz: float) -> float:
    """Of a frequency above 1 kHz."""
    return float(_LINEAR_HZ / _LINEAR_STEP_HZ + np.log(frequency_hz / _LINEAR_HZ) / _LOG_STEP)


def _hz(mels: np.ndarray) -> np.ndarray:
    knee = _LINEAR_HZ / _LINEAR_STEP_HZ
    return np.where(mels < knee, mels * _LINEAR_STEP_HZ, _LINEAR_HZ * np.exp(_LOG_STEP * (mels - knee)))
