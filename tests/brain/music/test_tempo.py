"""What repeats is found, and the true time of a beat is among the candidates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.music.onsets import FRAMES_PER_S
from linewalker.brain.music.tempo import FASTEST_BPM, SLOWEST_BPM, candidates_s, repetition


def pulses(period_s: float, seconds: float = 20.0) -> np.ndarray:
    t = np.arange(int(seconds * FRAMES_PER_S)) / FRAMES_PER_S
    away = (t + 0.5 * period_s) % period_s - 0.5 * period_s
    return np.exp(-0.5 * (away / 0.01) ** 2)


@given(st.floats(70.0, 200.0))
def test_the_time_between_pulses_is_a_candidate(bpm: float) -> None:
    assert min(abs(np.log(period * bpm / 60.0)) for period in candidates_s(pulses(60.0 / bpm))) < 0.03


def test_candidates_are_within_bounds_and_differ() -> None:
    found = 60.0 / np.array(candidates_s(pulses(0.5) + 0.5 * pulses(0.375)))
    assert (found >= SLOWEST_BPM - 1e-9).all()
    assert (found <= FASTEST_BPM + 1e-9).all()
    assert np.diff(np.sort(np.log(found))).min() > 0.04


def test_silence_has_some_candidate() -> None:
    assert candidates_s(np.zeros(2000))


@pytest.mark.parametrize("period_s", [0.4, 0.7])
def test_repetition_is_one_at_no_lag_and_again_after_a_period(period_s: float) -> None:
    auto = repetition(pulses(period_s))
    assert auto[0] == pytest.approx(1.0)
    assert auto[round(period_s * FRAMES_PER_S)] > 0.9
    assert auto[round(0.5 * period_s * FRAMES_PER_S)] < 0.1
