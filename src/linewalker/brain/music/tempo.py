"""How fast a music goes: candidates for the time of a beat, out of what repeats in its onsets."""

from __future__ import annotations

import numpy as np

from linewalker.brain.music.onsets import FRAMES_PER_S
from linewalker.geometry import Array

SLOWEST_BPM, FASTEST_BPM = 55.0, 220.0
_COMB = ((1, 1.0), (2, 0.8), (3, 0.4), (4, 0.6))
"""Multiples of a beat after which music repeats, and how much each counts."""
_MOST = 5
_RELATIVES = (0.5, 2.0 / 3.0, 1.5, 2.0)
_ALIKE = 0.04


def repetition(strength: Array) -> Array:
    """Autocorrelation by lag in moments, 1 at lag 0, (n,)."""
    n = 2 ** int(np.ceil(np.log2(2 * len(strength))))
    spectrum = np.abs(np.fft.rfft(strength - strength.mean(), n)) ** 2
    auto = np.fft.irfft(spectrum)[: len(strength)]
    return np.asarray(auto / (auto[0] + 1e-12) * len(strength) / np.maximum(len(strength) - np.arange(len(auto)), 1))


def candidates_s(strength: Array) -> list[float]:
    """Times of a beat, s, that the onsets speak for, the likeliest first; relatives of these among them."""
    bpm = np.geomspace(SLOWEST_BPM, FASTEST_BPM, 500)
    auto = repetition(strength)
    score = np.zeros(len(bpm))
    for multiple, weight in _COMB:
        lags = multiple * 60.0 * FRAMES_PER_S / bpm
        score += weight * np.interp(lags, np.arange(len(auto)), auto)
    inner = score[1:-1]
    peaks = 1 + np.flatnonzero((inner >= score[:-2]) & (inner > score[2:]))
    best = [float(bpm[k]) for k in peaks[np.argsort(-score[peaks])][:_MOST]]
    found: list[float] = []
    for at in best + [share * at for at in best[:2] for share in _RELATIVES]:
        within = SLOWEST_BPM <= at <= FASTEST_BPM
        if within and all(abs(np.log(at / other)) > _ALIKE for other in found):
            found.append(at)
    return [60.0 / at for at in found] or [0.5]
