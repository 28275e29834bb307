"""How well beats are heard."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.dance.song import METERS, RATE, Score, compose
from benchmarks.table import Row, one
from linewalker.brain.music.rhythm import hear
from linewalker.brain.music.sound import Sound
from linewalker.geometry import Array

WINDOW_S, SKIPPED_S = 0.07, 5.0
"""How near a beat has to be; and what goes before is not judged, as is usual (Davies, Degara, Plumbley 2009)."""


def f_measure(true_s: Array, found_s: Array, window_s: float = WINDOW_S) -> float:
    """Harmonic mean of precision and recall of beats, each matched once, 0 to 1."""
    true_s, found_s = true_s[true_s > SKIPPED_S], found_s[found_s > SKIPPED_S]
    free, hits = np.ones(len(found_s), bool), 0
    for at in true_s:
        near = np.where(free, np.abs(found_s - at), np.inf)
        if len(near) and near.min() <= window_s:
            free[np.argmin(near)] = False
            hits += 1
    return 2.0 * hits / max(len(true_s) + len(found_s), 1)


def hearing_scores(trials: int, seed: int) -> Iterator[Score]:
    """Music of 80 to 180 beats a minute as it comes: with swing, breaks, noise, a tempo that drifts, or no drums."""
    rng = np.random.default_rng(seed)
    for _ in range(trials):
        yield Score(
            bpm=float(rng.uniform(80.0, 180.0)),
            drums=bool(rng.random() > 0.2),
            swing=float(rng.choice([0.0, 0.0, 0.2, 0.33])),
            breaks=bool(rng.random() < 0.3),
            noise=float(rng.choice([0.003, 0.01, 0.05, 0.15])),
            kit=str(rng.choice(["backbeat", "four on the floor", "funk"])),
            drift=float(rng.choice([0.0, 0.0, 0.06])),
            wobble=float(rng.choice([0.0, 0.0, 0.02])),
        )


def beats_heard(trials: int, seed: int) -> Iterator[Row]:
    """Beats of synthetic music against those that were played."""
    found, late_ms = [], list[float]()
    for k, score in enumerate(hearing_scores(trials, seed)):
        song = compose(score, seed + 1000 + k)
        beats_s = hear(Sound(samples=song.samples, rate_hz=RATE)).beats_s
        found.append(f_measure(song.beats_s, beats_s))
        off_s = beats_s - song.beats_s[np.abs(song.beats_s - beats_s[:, None]).argmin(axis=1)]
        late_ms += (1e3 * np.abs(off_s[np.abs(off_s) < WINDOW_S])).tolist()
    yield one("beats, mean F at 70 ms", float(np.mean(found)), must=0.95, aim=0.98, at_least=True)
    yield one("beats, worst F at 70 ms", float(np.min(found)), must=0.8, at_least=True)
    yield one("beats found, off the played one, p95", float(np.percentile(late_ms, 95)), "ms")


def meters_heard(trials: int, seed: int) -> Iterator[Row]:
    """Meters, and what dancers count in them."""
    rng = np.random.default_rng(seed)
    right, counted = list[bool](), list[float]()
    for k in range(trials):
        meter = list(METERS)[k % len(METERS)]
        bpm = float(rng.uniform(80.0, 180.0) if meter == "4/4" else rng.uniform(150.0, 340.0))
        song = compose(Score(bpm=bpm, meter=meter, seconds=25.0), seed + 2000 + k)
        rhythm = hear(Sound(samples=song.samples, rate_hz=RATE))
        right.append(rhythm.meter == meter)
        counted.append(f_measure(song.beats_s, rhythm.counted_s()))
    yield one("meters told (4/4, 6/8, 7/8)", float(np.mean(right)), must=0.9, at_least=True)
    yield one("counts in these, mean F at 70 ms", float(np.mean(counted)), must=0.95, at_least=True)
