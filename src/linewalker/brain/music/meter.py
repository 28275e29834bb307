"""How beats make bars: 4/4, 6/8 or 7/8, and which beats begin one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.brain.music.beats import beat_chain, refined, strength_at
from linewalker.brain.music.onsets import FRAMES_PER_S, Onsets
from linewalker.brain.music.tempo import repetition
from linewalker.geometry import Array

METERS = {"4/4": 4, "6/8": 6, "7/8": 7}
"""Beats a bar; of eighths in 6/8 and 7/8."""
_FEWEST = 16
_CLEARER, _SURELY = 0.12, 0.3
"""By how much a rarer bar has to repeat better than a bar of four; a fast one of seven, than any."""
_NEAR = np.arange(-4, 5)
_MET, _MISSED = 0.85, 0.6
"""Share of the onsets on beats of a pulse that is one, and below which another is looked for."""
_QUICKEST_S, _QUICK_S = 0.13, 0.28
"""Of eighths too fast to be tapped."""
_FULL_THIRD = 0.4
"""Strength at both thirds, as a share of that on the beat, from which beats are dotted quarters of 6/8."""


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Meter, number of tracked beats a bar, and which of these beats is the first of one."""

    meter: str
    beats: int
    first: int


def find_bars(heard: Onsets, beats_s: Array) -> Bars:
    """Bars out of what repeats from beat to beat: accents, basses and chords."""
    chain = beats_s * FRAMES_PER_S
    if len(chain) < _FEWEST:
        return Bars(meter="4/4", beats=4, first=0)
    if _compound(heard, chain):
        return Bars(meter="6/8", beats=2, first=_first(heard, chain, 2))
    alike = repeats(heard, chain)
    four = max(alike[4], alike[8], alike[2])
    meter = "4/4"
    if alike[7] > max(four, alike[6]) + _CLEARER:
        meter = "7/8"
    elif max(alike[6], alike[3]) > four + _CLEARER:
        meter = "6/8"
    return Bars(meter=meter, beats=METERS[meter], first=_first(heard, chain, METERS[meter]))


def sevens(heard: Onsets, tapped_s: Array) -> Array:
    """Times of the eighths of a fast 7/8, s, (k,), which nobody taps; none where the beats that are tapped fit."""
    if max(met(heard, tapped_s * FRAMES_PER_S, parts) for parts in (1, 2, 3)) > _MISSED:
        return np.zeros(0)
    auto = repetition(heard.whole)
    periods = np.arange(_QUICKEST_S, _QUICK_S, 0.0005)
    lags = 7.0 * periods * FRAMES_PER_S
    bars = np.interp(lags, np.arange(len(auto)), auto) + np.interp(2.0 * lags, np.arange(len(auto)), auto)
    inner = bars[1:-1]
    peaks = 1 + np.flatnonzero((inner >= bars[:-2]) & (inner > bars[2:]))
    best, clearest = np.zeros(0), _SURELY
    for k in peaks[np.argsort(-bars[peaks])][:4]:
        chain = beat_chain(heard.whole, float(periods[k]))
        if len(chain) < 4 * _FEWEST // 2:
            continue
        alike = repeats(heard, chain)
        if met(heard, chain, 1) < _MET:
            continue
        clear = alike[7] - max(alike[length] for length in (2, 3, 4, 5, 6, 8))
        if clear > clearest:
            best, clearest = refined(heard, chain) / FRAMES_PER_S, clear
    return best


def met(heard: Onsets, chain: Array, parts: int) -> float:
    """Share of the onsets that fall on beats, or on so many parts of them, within 25 ms."""
    count = len(chain)
    grid = np.interp(np.arange(0.0, count - 1 + 1e-9, 1.0 / parts), np.arange(count), chain)
    near = np.zeros(len(heard.whole), bool)
    near[np.clip(np.round(grid).astype(int)[:, None] + _NEAR, 0, len(near) - 1)] = True
    between = slice(int(chain[0]), int(chain[-1]))
    return float(heard.whole[between][near[between]].sum() / (heard.whole[between].sum() + 1e-9))


def repeats(heard: Onsets, chain: Array) -> dict[int, float]:
    """Correlation of the accents of beats with those of 2 to 8 beats later."""
    whole, deep = strength_at(heard.whole, chain, 0.0), strength_at(heard.deep, chain, 0.0)
    accents = np.column_stack([_unit(whole), _unit(deep), _unit(_chord_changes(heard, chain, 1))])
    return {length: float((accents[length:] * accents[:-length]).mean()) for length in range(2, 9)}


def _first(heard: Onsets, chain: Array, length: int) -> int:
    """The beat on which bars begin: where chords change from bar to bar, basses play, and hits are strong."""
    whole, deep = strength_at(heard.whole, chain, 0.0), strength_at(heard.deep, chain, 0.0)
    worth = 0.25 * _unit(whole) + 0.75 * _unit(deep) + 1.5 * _unit(_chord_changes(heard, chain, length))
    return int(np.argmax([worth[k::length].mean() for k in range(length)]))


def _chord_changes(heard: Onsets, chain: Array, length: int) -> Array:
    """How unlike the tones of so many beats from each beat on are to those of as many before it, (k - 1,)."""
    edges = np.clip(np.round(chain).astype(int), 0, len(heard.harmony))
    total = np.vstack((np.zeros((1, 12)), np.cumsum(heard.harmony, axis=0)))[edges]
    changes = np.zeros(len(chain) - 1)
    for k in range(1, len(chain) - 1):
        before, after = total[k] - total[max(0, k - length)], total[min(k + length, len(chain) - 1)] - total[k]
        changes[k] = 1.0 - before @ after / (np.linalg.norm(before) * np.linalg.norm(after) + 1e-12)
    return changes


def _unit(x: Array) -> Array:
    return np.asarray((x - x.mean()) / (x.std() + 1e-9))


def _compound(heard: Onsets, chain: Array) -> bool:
    """Whether beats fall into three even parts, each with notes of its own; in swing the second part is empty."""
    for strength in (heard.whole, heard.bright):
        on, one, two, half = (float(strength_at(strength, chain, s).mean()) for s in (0.0, 1 / 3, 2 / 3, 0.5))
        if min(one, two) > _FULL_THIRD * on and half < 0.6 * min(one, two):
            return True
    return False
