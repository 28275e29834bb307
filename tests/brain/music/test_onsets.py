"""Onsets stand where something begins, whatever the sampling rate, and not where it goes on."""

import numpy as np
import pytest

from linewalker.brain.music.onsets import FRAMES_PER_S, onsets
from linewalker.brain.music.sound import Sound

AT_S = np.array([1.0, 1.613, 2.4, 3.207])


def notes(rate: int, hertz: float = 440.0) -> Sound:
    t = np.arange(5 * rate) / rate
    wave = sum(
        np.where(t >= at, np.sin(2 * np.pi * hertz * t) * np.exp(-8.0 * np.clip(t - at, 0, None)), 0.0) for at in AT_S
    )
    return Sound(samples=0.3 * np.asarray(wave), rate_hz=rate)


@pytest.mark.parametrize("rate", [16000, 22050, 44100, 48000])
def test_peaks_are_where_notes_begin(rate: int) -> None:
    strength = onsets(notes(rate)).whole
    for at in AT_S:
        near = slice(round((at - 0.15) * FRAMES_PER_S), round((at + 0.15) * FRAMES_PER_S))
        peak = (near.start + int(np.argmax(strength[near]))) / FRAMES_PER_S
        assert abs(peak - at) < 0.02


def test_nothing_begins_in_a_steady_tone() -> None:
    sound = notes(22050)
    steady = np.sin(2 * np.pi * 440.0 * np.arange(len(sound.samples)) / 22050)
    strength = onsets(Sound(samples=sound.samples + 0.05 * steady, rate_hz=22050)).whole
    still = slice(round(4.0 * FRAMES_PER_S), round(4.8 * FRAMES_PER_S))
    assert strength[still].max() < 0.2 * strength.max()


def test_deep_and_bright_are_told_apart() -> None:
    low, high = onsets(notes(22050, 80.0)), onsets(notes(22050, 6000.0))
    at = round(AT_S[0] * FRAMES_PER_S) + np.arange(-3, 4)
    assert low.deep[at].max() > 3.0
    assert high.bright[at].max() > 3.0


def test_a_tone_of_the_scale_is_known_in_every_octave() -> None:
    one, other = (onsets(notes(22050, hertz)).harmony[300] for hertz in (440.0, 880.0))
    assert np.argmax(one) == np.argmax(other) == 0
