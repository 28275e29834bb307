"""Bars are counted as they are played: in 4/4, in 6/8 slow and fast, in 7/8 slow and fast."""

import numpy as np
import pytest
from benchmarks.dance.hearing import f_measure
from benchmarks.dance.song import RATE, Score, compose

from linewalker.brain.music.meter import unevenness
from linewalker.brain.music.rhythm import hear
from linewalker.brain.music.sound import Sound


@pytest.mark.parametrize(
    ("meter", "bpm", "beats"),
    [("4/4", 120.0, 4), ("6/8", 150.0, 6), ("6/8", 260.0, 2), ("7/8", 150.0, 7), ("7/8", 260.0, 7), ("7/8", 330.0, 7)],
)
def test_meters_and_their_bars(meter: str, bpm: float, beats: int) -> None:
    song = compose(Score(bpm=bpm, meter=meter, seconds=20.0), seed=5)
    rhythm = hear(Sound(samples=song.samples, rate_hz=RATE))
    assert (rhythm.meter, rhythm.number.max()) == (meter, beats)
    assert f_measure(song.beats_s, rhythm.counted_s()) > 0.95
    assert f_measure(song.downbeats_s, rhythm.downbeats_s) > 0.9


def test_swing_is_no_six_eight() -> None:
    song = compose(Score(bpm=104.0, swing=0.33, seconds=20.0), seed=6)
    assert hear(Sound(samples=song.samples, rate_hz=RATE)).meter == "4/4"


def test_a_steady_tempo_is_even_and_so_is_one_that_drifts() -> None:
    assert unevenness(np.arange(40) * 0.5) < 1e-9
    assert unevenness(np.cumsum(np.linspace(0.5, 0.4, 40))) < 0.01
    assert unevenness(np.cumsum(np.tile([0.5, 0.5, 0.6], 10))) > 0.05
