"""A rhythm says what dancers count; what has none is refused."""

import numpy as np
import pytest
from benchmarks.dance.song import RATE, Score, compose

from linewalker.brain.music.rhythm import Rhythm, hear
from linewalker.brain.music.sound import Sound
from linewalker.errors import InputError

BEATS_S = 1.0 + 0.6 * np.arange(10)


def rhythm(meter: str, per_bar: int, first: int = 0) -> Rhythm:
    number = (np.arange(10) - first) % per_bar + 1
    return Rhythm(beats_s=BEATS_S, number=number, meter=meter, energy=np.ones(10), duration_s=8.0)


def test_dotted_quarters_are_counted_in_eighths() -> None:
    counted = rhythm("6/8", 2).counted_s()
    assert len(counted) == 30
    assert np.diff(counted) == pytest.approx(0.2)
    assert np.array_equal(rhythm("6/8", 6).counted_s(), BEATS_S)
    assert np.array_equal(rhythm("4/4", 4).counted_s(), BEATS_S)


def test_bars_begin_where_numbers_are_one() -> None:
    assert rhythm("4/4", 4, first=2).downbeats_s == pytest.approx(BEATS_S[2::4])
    assert rhythm("4/4", 4, first=2).first_bar == 2
    assert rhythm("6/8", 2, first=1).first_bar == 3
    assert rhythm("4/4", 4).bpm == pytest.approx(100.0)


def test_energy_follows_what_is_played() -> None:
    song = compose(Score(bpm=120.0, seconds=20.0), seed=2)
    samples = song.samples * np.where(np.arange(len(song.samples)) < 10 * RATE, 0.2, 1.0)
    heard = hear(Sound(samples=samples, rate_hz=RATE))
    early, late = heard.energy[heard.beats_s < 8.0], heard.energy[heard.beats_s > 12.0]
    assert early.max() < late.min()


def test_beats_follow_each_other() -> None:
    with pytest.raises(ValueError, match="follow each other"):
        Rhythm(beats_s=BEATS_S[::-1], number=np.ones(10), meter="4/4", energy=np.ones(10), duration_s=8.0)
    with pytest.raises(ValueError, match="5/4"):
        Rhythm(beats_s=BEATS_S, number=np.ones(10), meter="5/4", energy=np.ones(10), duration_s=8.0)


def test_what_is_too_short_for_beats_is_refused() -> None:
    click = np.zeros(3 * RATE)
    click[RATE] = 1.0
    with pytest.raises(InputError, match="beats found"):
        hear(Sound(samples=click, rate_hz=RATE))
