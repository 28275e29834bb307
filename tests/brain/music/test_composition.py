"""Dances are as long as their music, begin with a bar, and follow its energy."""

import numpy as np
import pytest

from linewalker.brain.music.composition import LEAD_S, compose_dance, counts_of
from linewalker.brain.music.rhythm import Rhythm
from linewalker.cerebellum.performing.choreography_file import library
from linewalker.errors import InputError


def rhythm(meter: str = "4/4", gap_s: float = 0.5, seconds: float = 40.0, first: int = 1) -> Rhythm:
    beats_s = np.arange(0.2, seconds, gap_s)
    per_bar = {"4/4": 4, "6/8": 6, "7/8": 7}[meter]
    number = (np.arange(len(beats_s)) - first) % per_bar + 1
    return Rhythm(beats_s=beats_s, number=number, meter=meter, energy=np.ones(len(beats_s)), duration_s=seconds)


@pytest.mark.parametrize(("meter", "gap_s"), [("4/4", 0.75), ("4/4", 0.4), ("4/4", 0.34), ("6/8", 0.25), ("7/8", 0.25)])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_dance_fits_its_music(meter: str, gap_s: float, seed: int) -> None:
    music = rhythm(meter, gap_s)
    counts, dance = counts_of(music), compose_dance(music, library(), seed)
    assert dance.meter == meter
    assert all(phrase.meter == meter for phrase in dance.phrases)
    begin_s, last = counts.times_s[int(dance.lead)], int(dance.beats)
    assert begin_s >= LEAD_S
    assert np.abs(music.downbeats_s - begin_s).min() < 1e-9
    assert counts.times_s[last] < music.duration_s
    assert counts.times_s[last] > music.duration_s - 8.0
    assert "bow" in dance.phrases[-1].name


def test_same_seed_same_dance() -> None:
    assert compose_dance(rhythm(), library(), 5) == compose_dance(rhythm(), library(), 5)
    assert len({compose_dance(rhythm(), library(), seed) for seed in range(5)}) > 1


def test_in_place_and_stepping_phrases_take_turns() -> None:
    stepped = [bool(phrase.steps) for phrase in compose_dance(rhythm(), library(), 2).phrases[:-1]]
    assert 0.3 < np.mean(stepped) < 0.7


def test_fast_music_is_danced_in_half_time() -> None:
    assert counts_of(rhythm(gap_s=0.34)).halved
    assert not counts_of(rhythm(gap_s=0.4)).halved


def test_livelier_where_the_music_is() -> None:
    music = rhythm(seconds=120.0)
    energy = np.where(music.beats_s < 60.0, 0.2, 1.0)
    music = Rhythm(beats_s=music.beats_s, number=music.number, meter="4/4", energy=energy, duration_s=120.0)
    calm, lively = [], []
    for seed in range(8):
        dance = compose_dance(music, library(), seed)
        for start, phrase in zip(dance.starts[:-1], dance.phrases[:-1]):
            (calm if music.beats_s[int(start)] < 60.0 else lively).append(phrase.energy)
    assert np.mean(lively) > np.mean(calm) + 0.15


def test_too_short_a_music_is_refused() -> None:
    with pytest.raises(InputError, match="too short"):
        compose_dance(rhythm(seconds=9.0), library(), 0)
    with pytest.raises(InputError, match="no bar"):
        counts_of(rhythm(seconds=2.8, first=3, gap_s=0.9))
