"""Beats are where the band plays them: in every octave of the tempo, with swing, breaks, noise, or without drums."""

import numpy as np
import pytest
from benchmarks.dance.hearing import f_measure
from benchmarks.dance.song import RATE, Score, compose

from linewalker.brain.music.beats import beat_chain, refined, track_beats
from linewalker.brain.music.onsets import FRAMES_PER_S, onsets
from linewalker.brain.music.sound import Sound

SCORES = (
    Score(bpm=82.0, seconds=20.0), Score(bpm=180.0, seconds=20.0), Score(bpm=104.0, swing=0.33, seconds=20.0),
    Score(bpm=150.0, breaks=True, seconds=30.0), Score(bpm=118.0, noise=0.15, seconds=20.0),
    Score(bpm=96.0, drums=False, seconds=20.0), Score(bpm=170.0, kit="funk", seconds=20.0),
    Score(bpm=110.0, drift=0.08, wobble=0.02, seconds=30.0),
)  # fmt: skip


@pytest.mark.parametrize("score", SCORES, ids=str)
def test_beats_are_found(score: Score) -> None:
    song = compose(score, seed=17)
    beats_s = track_beats(onsets(Sound(samples=song.samples, rate_hz=RATE)))
    assert f_measure(song.beats_s, beats_s) > 0.95
    late_s = beats_s - song.beats_s[np.abs(song.beats_s - beats_s[:, None]).argmin(axis=1)]
    assert np.percentile(np.abs(late_s), 90) < 0.015


def test_jitter_of_single_hits_is_smoothed_and_drift_is_kept() -> None:
    rng = np.random.default_rng(3)
    true_s = np.cumsum(np.linspace(0.5, 0.45, 40))
    played = (true_s + rng.normal(0.0, 0.008, 40)) * FRAMES_PER_S
    t = np.arange(int((true_s[-1] + 1.0) * FRAMES_PER_S))
    strength = sum(np.exp(-0.5 * ((t - at) / 1.5) ** 2) for at in played)
    heard = onsets(Sound(samples=compose(SCORES[0], 1).samples, rate_hz=RATE))
    heard = type(heard)(whole=np.asarray(strength), deep=heard.deep, bright=heard.bright, harmony=heard.harmony)
    chain = beat_chain(heard.whole, 0.475)
    found_s = refined(heard, chain) / FRAMES_PER_S
    rough = np.std(chain[3:-3] / FRAMES_PER_S - np.interp(np.arange(3, len(chain) - 3), np.arange(40), true_s))
    fine = np.std(found_s[3:-3] - np.interp(np.arange(3, len(chain) - 3), np.arange(40), true_s))
    assert fine < 0.7 * rough
