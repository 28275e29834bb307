"""Clicks stand on the beats, higher where a bar begins, and the music goes on beneath."""

import numpy as np

from linewalker.brain.music.click_track import with_clicks
from linewalker.brain.music.rhythm import Rhythm
from linewalker.brain.music.sound import Sound

RATE = 22050


def test_clicks_are_on_the_beats() -> None:
    beats_s = np.array([1.0, 1.5, 2.0, 2.5])
    rhythm = Rhythm(beats_s=beats_s, number=np.array([1, 2, 3, 4]), meter="4/4", energy=np.ones(4), duration_s=4.0)
    music = Sound(samples=np.full(4 * RATE, 0.1), rate_hz=RATE)
    clicks = with_clicks(music, rhythm).samples - 0.05
    assert len(clicks) == len(music.samples)
    loud = np.abs(clicks) > 0.1
    for at in beats_s:
        near = slice(round((at - 0.2) * RATE), round((at + 0.2) * RATE))
        assert abs(near.start / RATE + np.argmax(loud[near]) / RATE - at) < 0.002
    first, second = (np.abs(np.fft.rfft(clicks[round(at * RATE) :][: RATE // 25])) for at in beats_s[:2])
    assert np.argmax(first) > np.argmax(second)
