"""A dance out of our own phrases, to the tempo and the energy of a music."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linewalker.brain.music.rhythm import Rhythm
from linewalker.cerebellum.performing.movement import Choreography, Phrase
from linewalker.errors import InputError
from linewalker.geometry import Array

LEAD_S, TAIL_S = 2.0, 1.5
"""Heard before the first phrase; left of the music after the last."""
QUICKEST_S = 0.385
"""Beats of 4/4 that follow each other faster are danced in half time."""
_CALM, _WILD = 0.25, 0.75
_BOWS = {"4/4": "bow", "6/8": "six_bow", "7/8": "seven_bow"}


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What a dance counts.

    Attributes:
        times_s: of each count, (n,).
        first: number of the count on which the first phrase may begin.
        halved: the dance goes half as fast as the music.
    """

    times_s: Array
    first: int
    halved: bool


def counts_of(rhythm: Rhythm) -> Counts:
    """Counts of a music: its beats or eighths, or every second beat where it is too fast to step to.

    Raises:
        InputError: no bar of it begins in time.
    """
    times, first = rhythm.counted_s(), rhythm.first_bar
    halved = rhythm.meter == "4/4" and float(np.median(np.diff(times))) < QUICKEST_S
    if halved:
        times, first = times[first % 2 :: 2], first // 2
    per_bar = {"4/4": 4, "6/8": 6, "7/8": 7}[rhythm.meter]
    while first < len(times) and times[first] < LEAD_S:
        first += per_bar
    if first >= len(times):
        raise InputError(f"a music of {rhythm.duration_s:.0f} s: no bar of it begins after {LEAD_S:g} s")
    return Counts(times_s=times, first=first, halved=halved)


def compose_dance(
    rhythm: Rhythm, phrases: Mapping[str, Phrase], seed: int, longest_s: float | None = None
) -> Choreography:
    """Phrases as lively as the music is where they are danced, each in turn and mirrored, and a bow at the end.

    Raises:
        InputError: the music is too short for one.
    """
    counts, rng = counts_of(rhythm), np.random.default_rng(seed)
    end_s = min(rhythm.duration_s, longest_s if longest_s is not None else np.inf) - TAIL_S
    room = float(np.searchsorted(counts.times_s, end_s)) - counts.first
    bow = phrases[_BOWS[rhythm.meter]]
    usable = [p for p in phrases.values() if p.meter == rhythm.meter and p.name not in _BOWS.values()]
    chosen: list[Phrase] = []
    at, recent = 0.0, list[str]()
    while True:
        fitting = [p for p in usable if at + p.beats + bow.beats <= room]
        if not fitting:
            break
        stepped = bool(chosen) and bool(chosen[-1].steps)  # in turn: in place, with steps
        phrase = _next(
            [p for p in fitting if bool(p.steps) != stepped] or fitting, _energy_at(rhythm, counts, at), recent, rng
        )
        recent = [*recent[-3:], phrase.name]
        both = at + 2 * phrase.beats + bow.beats <= room and phrase.beats <= 8.0
        for one in (phrase, phrase.mirrored()) if both else (phrase,):
            chosen.append(one)
            at += one.beats
    if not chosen:
        raise InputError(f"a music of {rhythm.duration_s:.0f} s is too short for a dance; expected at least 12 s")
    return Choreography(meter=rhythm.meter, phrases=(*chosen, bow), lead=float(counts.first))


def _energy_at(rhythm: Rhythm, counts: Counts, at: float) -> float:
    when_s = counts.times_s[min(counts.first + int(at), len(counts.times_s) - 1)]
    loud = np.interp(when_s, rhythm.beats_s, rhythm.energy)
    low, high = np.quantile(rhythm.energy, [0.1, 0.9])
    share = 0.5 if high - low < 0.1 else float(np.clip((loud - low) / (high - low), 0.0, 1.0))
    return _CALM + share * (_WILD - _CALM)


def _next(fitting: list[Phrase], energy: float, recent: list[str], rng: np.random.Generator) -> Phrase:
    """Near the energy asked for, and not danced just now."""
    fresh = [p for p in fitting if p.name not in recent] or fitting
    weights = np.exp(-0.5 * ((np.array([p.energy for p in fresh]) - energy) / 0.15) ** 2) + 1e-3
    return fresh[int(rng.choice(len(fresh), p=weights / weights.sum()))]
