"""Bars are counted as they are played: in 4/4, in 6/8 slow and fast, in 7/8 slow and fast."""

import numpy as np
import pytest
from benchmarks.dance.hearing import f_measure
from benchmarks.dance.song import RATE, Score, compose

from linewalker.brain.music.meter import met
from linewalker.brain.music.onsets import FRAMES_PER_S, onsets
from linewalker.brain.music.rhythm import hear
from linewalker.brain.music.sound import Sound


@pytest.mark.parametrize(
    ("meter", "bpm", "beats"),
    [("4/4", 120.0, 4), ("6/8", 150.0, 6), ("6/8", 260.0, 2), ("7/8", 150.0, 7), ("7/8", 250.0, 7), ("7/8", 330.0, 7)],
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


def test_onsets_meet_the_pulse_they_are_played_to() -> None:
    song = compose(Score(bpm=250.0, meter="7/8", seconds=20.0), seed=6)
    heard = onsets(Sound(samples=song.samples, rate_hz=RATE))
    right, wrong = (song.beats_s * FRAMES_PER_S, song.beats_s[0] * FRAMES_PER_S + 0.56 * FRAMES_PER_S * np.arange(34))
    assert met(heard, right, 1) > 0.9
    assert met(heard, wrong, 1) < 0.3
    assert met(heard, right[::2], 2) > 0.9
