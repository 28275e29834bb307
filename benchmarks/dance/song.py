"""Synthetic music whose beats are known: drums of several styles, bass, chords, melody; all of it out of one seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Array

RATE = 22050
_START_S = 0.4
_ROOTS_HZ = 55.0 * 2.0 ** (np.array([0, 5, 7, 3, 8, 10]) / 12.0)
_SCALE = np.array([0, 2, 3, 5, 7, 8, 10, 12])
_KITS: dict[str, tuple[tuple[float, str], ...]] = {  # hits of one bar, in beats
    "backbeat": ((0, "kick"), (1, "snare"), (2, "kick"), (3, "snare")),
    "four on the floor": ((0, "kick"), (1, "kick"), (1, "clap"), (2, "kick"), (3, "kick"), (3, "clap")),
    "funk": ((0, "kick"), (1, "snare"), (1.75, "kick"), (2.5, "kick"), (3, "snare")),
    "6/8": ((0, "kick"), (3, "snare"), (5, "kick")),
    "7/8": ((0, "kick"), (2, "tom"), (4, "tom"), (6, "snare")),
}
METERS = {"4/4": 4, "6/8": 6, "7/8": 7}


@dataclass(frozen=True, kw_only=True)
class Score:
    """What is played.

    Attributes:
        bpm: beats a minute; of eighths in 6/8 and 7/8.
        meter: "4/4", "6/8" or "7/8".
        kit: style of the drums; None: as the meter has it.
        drums: whether there are any.
        swing: how late the second half of a beat comes, 0 straight to 0.33 as in triplets.
        breaks: the drums fall silent for two bars out of eight, and syncopate for one before.
        noise: standard deviation of noise; the loudest sample of the music is 0.8.
        drift, wobble: change of the tempo over the piece, and its slow swing, as shares.
    """

    bpm: float
    seconds: float = 30.0
    meter: str = "4/4"
    kit: str | None = None
    drums: bool = True
    swing: float = 0.0
    breaks: bool = False
    noise: float = 0.005
    drift: float = 0.0
    wobble: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Song:
    """Samples (n,) at `RATE`, beats (k,) and downbeats (m,), s."""

    samples: Array
    beats_s: Array
    downbeats_s: Array


class _Band:
    """Players that write into one recording."""

    def __init__(self, score: Score, seed: int):
        self.score, self.rng = score, np.random.default_rng(seed)
        self.out = np.zeros(int(score.seconds * RATE) + 2 * RATE)

    def play(self, wave: Array, at_s: float, gain: float) -> None:
        i = int(max(0.0, at_s + self.rng.normal(0.0, 0.003)) * RATE)
        room = max(0, min(len(wave), len(self.out) - i))
        self.out[i : i + room] += gain * wave[:room]

    def drum(self, kind: str, at_s: float, gain: float) -> None:
        self.play(_DRUMS[kind](self.rng), at_s, gain * self.rng.uniform(0.85, 1.1))

    def tone(self, hertz: float, seconds: float, decay: float, harmonics: int = 4) -> Array:
        t = np.arange(int(seconds * RATE)) / RATE
        wave = sum(np.sin(2 * np.pi * hertz * k * t) / k**1.5 for k in range(1, harmonics + 1))
        return np.asarray(wave) * np.exp(-decay * t) * np.minimum(1.0, t / 0.004)


def _time(seconds: float = 0.25) -> Array:
    return np.arange(int(seconds * RATE)) / RATE


def _kick(_rng: np.random.Generator) -> Array:
    t = _time(0.3)
    return np.sin(2 * np.pi * (48 * t + 4.2 * (1 - np.exp(-32 * t)))) * np.exp(-12 * t)


def _snare(rng: np.random.Generator) -> Array:
    t = _time()
    return 0.6 * rng.standard_normal(len(t)) * np.exp(-24 * t) + 0.5 * np.sin(2 * np.pi * 185 * t) * np.exp(-20 * t)


def _clap(rng: np.random.Generator) -> Array:
    t = _time()
    return 0.5 * np.diff(rng.standard_normal(len(t) + 1)) * np.exp(-28 * t)


def _hat(rng: np.random.Generator) -> Array:
    t = _time(0.12)
    return 0.3 * np.diff(rng.standard_normal(len(t) + 2), n=2) * np.exp(-65 * t)


def _tom(_rng: np.random.Generator) -> Array:
    t = _time()
    return 0.7 * np.sin(2 * np.pi * (110 * t + 2.0 * (1 - np.exp(-25 * t)))) * np.exp(-16 * t)


_DRUMS: dict[str, Callable[[np.random.Generator], Array]] = {
    "kick": _kick, "snare": _snare, "clap": _clap, "hat": _hat, "tom": _tom,
}  # fmt: skip


def compose(score: Score, seed: int) -> Song:
    """Play a score; equal seeds play equal songs."""
    band, per_bar = _Band(score, seed), METERS[score.meter]
    beats = _beats(score)
    kit = _KITS[score.kit or ("backbeat" if score.meter == "4/4" else score.meter)]
    for k, at in enumerate(beats):
        step = beats[k + 1] - at if k + 1 < len(beats) else 60.0 / score.bpm
        bar, place = divmod(k, per_bar)
        _harmony(band, bar, place, at, step)
        if score.drums:
            _drums(band, kit, (bar, place), at, step)
    out = band.out[: int(score.seconds * RATE)]
    out = 0.8 * out / (np.abs(out).max() + 1e-9) + score.noise * band.rng.standard_normal(len(out))
    return Song(samples=out, beats_s=beats, downbeats_s=beats[::per_bar])


def _beats(score: Score) -> Array:
    times, t = [], _START_S
    while t < score.seconds - 0.3:
        times.append(t)
        share = t / score.seconds
        t += 60.0 / (score.bpm * (1.0 + score.drift * share + score.wobble * np.sin(4 * np.pi * share)))
    return np.array(times)


def _harmony(band: _Band, bar: int, place: int, at: float, step: float) -> None:
    rng, root = band.rng, float(_ROOTS_HZ[bar % 4])
    accents = {4: (0, 2), 6: (0, 3), 7: (0, 2, 4)}[METERS[band.score.meter]]
    slow = METERS[band.score.meter] == 4
    if slow or place in accents:
        band.play(band.tone(root, (0.9 if slow else 1.8) * step, 3.0), at, 0.3 if place else 0.4)
    if place in accents:
        for third in (1.0, 1.2, 1.5):
            band.play(band.tone(4 * root * third, 2.0 * step, 2.0, harmonics=3), at, 0.09 if place else 0.12)
    if rng.random() < (0.6 if slow else 0.35):
        share = float(rng.choice([0.0, 0.0, 0.5, 0.75])) if slow else 0.0
        note = 8 * root * 2.0 ** (float(rng.choice(_SCALE)) / 12.0)
        band.play(band.tone(note, 1.2 * step, 4.0), at + share * step, 0.13)


def _drums(band: _Band, kit: tuple[tuple[float, str], ...], where: tuple[int, int], at: float, step: float) -> None:
    score, (bar, place) = band.score, where
    in_eight = bar % 8
    if score.breaks and in_eight in (5, 6):
        return
    if score.breaks and in_eight == 4:
        for share, kind in (
            ((0.0, "kick"), (0.25, "hat"), (0.75, "snare")) if place % 2 else ((0.25, "kick"), (0.5, "hat"))
        ):
            band.drum(kind, at + share * step, 0.7)
        return
    for beat, kind in kit:
        if int(beat) == place:
            band.drum(kind, at + _swung(beat % 1.0, score.swing) * step, 0.9 if kind != "clap" else 0.6)
    band.drum("hat", at, 0.5)
    if score.meter == "4/4":
        band.drum("hat", at + _swung(0.5, score.swing) * step, 0.45)
        if place == 3 and bar % 4 == 3:
            for share in (0.5, 0.75):
                band.drum("tom", at + share * step, 0.6)


def _swung(share: float, swing: float) -> float:
    return share if share == 0.0 else share + 0.5 * swing * (share <= 0.5)
