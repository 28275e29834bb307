"""What a robot has to know of a music to dance to it: beats, bars, tempo, energy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.brain.music.beats import track_beats
from linewalker.brain.music.meter import METERS, find_bars, sevens
from linewalker.brain.music.onsets import FRAMES_PER_S, onsets
from linewalker.brain.music.sound import Sound
from linewalker.errors import InputError
from linewalker.geometry import Array

FEWEST_BEATS = 8


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Beats of a music.

    Attributes:
        beats_s: their times, (k,).
        number: which of its bar each is, from 1, (k,).
        meter: "4/4", "6/8" or "7/8".
        energy: how loud and busy the music is at each beat beside its own loudest, 0 to 1, (k,).
        duration_s: of the whole music.
    """

    beats_s: Array
    number: NDArray[np.int64]
    meter: str
    energy: Array
    duration_s: float

    def __post_init__(self) -> None:
        if not len(self.beats_s) == len(self.number) == len(self.energy) or (np.diff(self.beats_s) <= 0.0).any():
            raise ValueError("beats have to follow each other, each with its number and energy")
        if self.meter not in METERS:
            raise ValueError(f"meter {self.meter!r}: expected one of {', '.join(METERS)}")

    @property
    def bpm(self) -> float:
        """Beats a minute, median."""
        return float(60.0 / np.median(np.diff(self.beats_s)))

    @property
    def downbeats_s(self) -> Array:
        """Times at which bars begin, (m,)."""
        return self.beats_s[self.number == 1]

    def counted_s(self) -> Array:
        """Times of what dancers count in this meter, (n,): beats, or eighths where beats are dotted quarters."""
        if self.meter != "6/8" or self.number.max() > 2:
            return self.beats_s
        gaps = np.append(np.diff(self.beats_s), np.diff(self.beats_s)[-1])
        return np.asarray((self.beats_s[:, None] + gaps[:, None] * np.arange(3) / 3.0).ravel())

    @property
    def first_bar(self) -> int:
        """Number, among what is counted, of the first beat that begins a bar."""
        return int(np.argmin(np.abs(self.counted_s() - self.downbeats_s[0]))) if len(self.downbeats_s) else 0


def hear(sound: Sound) -> Rhythm:
    """Beats and bars of a whole piece.

    Raises:
        InputError: there are none.
    """
    heard = onsets(sound)
    beats_s = track_beats(heard)
    if len(beats_s) >= FEWEST_BEATS and len(eighths_s := sevens(heard, beats_s)):
        beats_s = eighths_s
    beats_s = beats_s[(beats_s >= 0.0) & (beats_s <= sound.duration_s)]
    if len(beats_s) < FEWEST_BEATS:
        raise InputError(
            f"{len(beats_s)} beats found in {sound.duration_s:.1f} s of music; expected at least {FEWEST_BEATS}"
        )
    bars = find_bars(heard, beats_s)
    number = (np.arange(len(beats_s)) - bars.first) % bars.beats + 1
    return Rhythm(
        beats_s=beats_s,
        number=number,
        meter=bars.meter,
        energy=_energy(sound, heard.whole, beats_s),
        duration_s=sound.duration_s,
    )


def _energy(sound: Sound, strength: Array, beats_s: Array) -> Array:
    """Half loudness, half busyness, over two seconds about each beat."""
    loud, busy = np.zeros(len(beats_s)), np.zeros(len(beats_s))
    for k, at in enumerate(beats_s):
        a, b = max(0.0, at - 1.0), at + 1.0
        piece = sound.samples[int(a * sound.rate_hz) : int(b * sound.rate_hz)]
        loud[k] = np.sqrt(np.mean(piece**2)) if len(piece) else 0.0
        busy[k] = strength[int(a * FRAMES_PER_S) : int(b * FRAMES_PER_S) + 1].mean()
    return np.asarray(0.5 * loud / (loud.max() + 1e-9) + 0.5 * busy / (busy.max() + 1e-9))
