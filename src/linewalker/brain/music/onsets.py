"""Where notes and hits begin: how much louder each band of a sound becomes from one moment to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.brain.music.sound import Sound
from linewalker.geometry import Array

FRAMES_PER_S = 172.265625
"""Moments a second: 256 samples of a sound at 44.1 kHz."""
_WINDOW_S = 0.0465
_BANDS, _LOWEST_HZ, _HIGHEST_HZ = 36, 40.0, 9000.0
_DEEP_HZ, _BRIGHT_HZ = 160.0, 4000.0
_LOUDNESS = 1e4
"""Bands are compared by the logarithm of their power, in units of this share of the greatest."""
_NEAR_S = 0.5
_EARLY_S = 0.003
"""A window feels a hit before it has come to its middle; by clicks of known times."""
_BLOCK = 2048


@dataclass(frozen=True, kw_only=True)
class Onsets:
    """Strength of beginnings at `FRAMES_PER_S`; moment k is at ``k / FRAMES_PER_S`` seconds.

    Attributes:
        whole: of all bands together, mean 0 or more, standard deviation 1, (n,).
        deep: of the bands of bass and bass drum, (n,).
        bright: of the bands of cymbals, (n,).
        harmony: spectrum that changes with chords: share of each of 12 tones, (n, 12).
    """

    whole: Array
    deep: Array
    bright: Array
    harmony: Array


def onsets(sound: Sound) -> Onsets:
    """Beginnings in a sound: half-wave rectified flux of log-compressed bands (Bello et al. 2005)."""
    power, tones = _spectra(sound)
    level = np.log1p(_LOUDNESS * power / (power.max() + 1e-12))
    step = 2  # across two moments: a hit takes longer than one
    flux = np.maximum(level[step:] - level[:-step], 0.0)
    flux = np.vstack((np.zeros((step, flux.shape[1])), flux))
    flux = np.minimum(flux, np.quantile(flux, 0.998, axis=0) + 1e-9)
    deep, bright = np.searchsorted(_edges()[1:-1], (_DEEP_HZ, _BRIGHT_HZ))
    return Onsets(
        whole=_sharpened(flux.mean(axis=1)),
        deep=_sharpened(flux[:, :deep].mean(axis=1)),
        bright=_sharpened(flux[:, bright:].mean(axis=1)),
        harmony=tones,
    )


def _edges() -> Array:
    return np.geomspace(_LOWEST_HZ, _HIGHEST_HZ, _BANDS + 2)


def _spectra(sound: Sound) -> tuple[Array, Array]:
    """Power in bands (n, bands), and in tones of the chromatic scale (n, 12)."""
    n_window = round(_WINDOW_S * sound.rate_hz / 2) * 2
    hop = sound.rate_hz / FRAMES_PER_S
    count = int(len(sound.samples) / hop) + 1
    shift = round(_EARLY_S * sound.rate_hz)
    padded = np.pad(sound.samples, (n_window // 2 + shift, n_window))
    starts = np.round(np.arange(count) * hop).astype(int)
    window, hertz = np.hanning(n_window), np.arange(n_window // 2 + 1) * sound.rate_hz / n_window
    bank, wheel = _bank(hertz), _wheel(hertz)
    power, tones = np.zeros((count, _BANDS)), np.zeros((count, 12))
    for a in range(0, count, _BLOCK):
        at = starts[a : a + _BLOCK, None] + np.arange(n_window)
        spectrum = np.abs(np.fft.rfft(padded[at] * window, axis=1)) ** 2
        power[a : a + _BLOCK], tones[a : a + _BLOCK] = spectrum @ bank, np.sqrt(spectrum) @ wheel
    return power, tones


def _bank(hertz: Array) -> Array:
    """Triangles over the bands, (frequencies, bands)."""
    edges = _edges()
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    f = hertz[:, None]
    bank = np.clip(np.minimum((f - low) / (middle - low), (high - f) / (high - middle)), 0.0, None)
    empty = bank.sum(axis=0) == 0.0
    bank[np.abs(f - middle[None, empty]).argmin(axis=0), np.flatnonzero(empty)] = 1.0
    return np.asarray(bank / bank.sum(axis=0))


def _wheel(hertz: Array) -> Array:
    """Which tone of the scale a frequency is, (frequencies, 12)."""
    heard = (hertz > 100.0) & (hertz < 2000.0)
    wheel = np.zeros((len(hertz), 12))
    tone = np.round(12.0 * np.log2(hertz[heard] / 440.0)).astype(int) % 12
    wheel[np.flatnonzero(heard), tone] = 1.0
    return wheel


def _sharpened(flux: Array) -> Array:
    """What rises above its neighbourhood."""
    half = int(_NEAR_S * FRAMES_PER_S)
    mean = np.convolve(flux, np.full(2 * half + 1, 1.0 / (2 * half + 1)), "same")
    strength = np.maximum(flux - mean, 0.0)
    return np.asarray(strength / (strength.std() + 1e-9))
