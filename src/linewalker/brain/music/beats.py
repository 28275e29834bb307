"""Beats of a whole piece: chains of beats for every likely tempo, and of these the one that people would tap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.signal import savgol_filter

from linewalker.brain.music.beat_kernel import chain_of_beats, read_chain
from linewalker.brain.music.onsets import FRAMES_PER_S, Onsets
from linewalker.brain.music.tempo import candidates_s
from linewalker.geometry import Array
from linewalker.kernel import make_ready

_TIGHTNESS = 400.0
_SMOOTH_BEATS, _SMOOTH_ORDER = 9, 2
_NEAR = np.arange(-4, 5)
_SOFT = np.exp(-0.5 * (_NEAR / 2.0) ** 2)
_USUAL_BPM = 125.0


@dataclass(frozen=True, kw_only=True)
class Taste:
    """What speaks for a chain of beats; fitted to synthetic songs of two makers, each held out from the other's fit.

    Attributes:
        usual: against each squared octave from 125 beats a minute.
        fast: for each octave faster.
        whole, deep: for the strength of onsets on the beat, of all bands and of the deep ones.
        half_whole, half_deep: against strength half way to the next beat, as a share of that on the beat.
        third: against strength at thirds.
    """

    usual: float = 0.75
    fast: float = 1.3
    whole: float = 0.75
    deep: float = 0.95
    half_whole: float = 0.95
    half_deep: float = 1.1
    third: float = 0.45


TASTE = Taste()


def track_beats(heard: Onsets) -> Array:
    """Times of the beats, s, (k,)."""
    chains = list(_chains(heard))
    best = max(chains, key=lambda chain: _liking(heard, chain), default=np.zeros(0))
    return refined(heard, best) / FRAMES_PER_S


def _chains(heard: Onsets) -> Iterator[Array]:
    for period_s in candidates_s(heard.whole):
        chain = beat_chain(heard.whole, period_s)
        if len(chain) >= 4:
            yield chain


def beat_chain(strength: Array, period_s: float) -> Array:
    """Moments (k,) that are about so far apart and meet the onsets best (Ellis 2007)."""
    make_ready()
    period = period_s * FRAMES_PER_S
    reach = np.arange(-int(period / 4), int(period / 4) + 1)
    smooth = np.convolve(strength, np.exp(-0.5 * (reach / (period / 32)) ** 2), "same")
    near, far = round(period / 2), round(2 * period)
    price = _TIGHTNESS * np.log(np.arange(near, far + 1) / period) ** 2
    best, back = np.zeros(len(smooth)), np.zeros(len(smooth), np.int64)
    chain_of_beats(smooth, price, near, best, back)
    out = np.zeros(len(smooth), np.int64)
    count = read_chain(best, back, max(0, int(len(smooth) - 1.5 * period)), out)
    return out[:count][::-1].astype(float)


def strength_at(strength: Array, chain: Array, share: float) -> Array:
    """Strength of onsets this share of the way from each beat to the next, within 25 ms, (k - 1,)."""
    soft = np.convolve(strength, _SOFT / _SOFT.sum(), "same")
    at = np.round(chain[:-1] + share * np.diff(chain)).astype(int)
    return np.asarray(soft[np.clip(at[:, None] + _NEAR, 0, len(soft) - 1)].max(axis=1))


def _liking(heard: Onsets, chain: Array) -> float:
    def mean(strength: Array, share: float) -> float:
        return float(strength_at(strength, chain, share).mean())

    whole, deep = mean(heard.whole, 0.0) + 1e-9, mean(heard.deep, 0.0) + 1e-9
    octaves = np.log2(60.0 * FRAMES_PER_S / np.median(np.diff(chain)) / _USUAL_BPM)
    thirds = sum(
        0.5 * mean(strength, share) / on
        for strength, on in ((heard.whole, whole), (heard.deep, deep))
        for share in (1 / 3, 2 / 3)
    )
    t = TASTE
    on_beat = t.whole * whole + t.deep * deep - t.usual * octaves**2 + t.fast * octaves
    between = t.half_whole * mean(heard.whole, 0.5) / whole + t.half_deep * mean(heard.deep, 0.5) / deep
    return float(on_beat - between - t.third * thirds)


def refined(heard: Onsets, chain: Array) -> Array:
    """Beats to a share of a moment, without the jitter of single hits: a local parabola through neighbours."""
    if len(chain) < _SMOOTH_BEATS:
        return chain
    soft = np.convolve(heard.whole, _SOFT / _SOFT.sum(), "same")
    at = np.clip(chain.astype(int), 1, len(soft) - 2)
    before, here, after = soft[at - 1], soft[at], soft[at + 1]
    bend = np.minimum(before - 2.0 * here + after, -1e-9)
    fine = chain + np.clip(0.5 * (before - after) / bend, -0.5, 0.5)
    return np.asarray(savgol_filter(fine, _SMOOTH_BEATS, _SMOOTH_ORDER))
