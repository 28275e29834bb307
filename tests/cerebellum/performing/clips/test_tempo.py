"""Clips keep their own pace, a share of it, or that of a music."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.footfalls import footfalls
from linewalker.cerebellum.performing.clips.tempo import LEAD_S, beats_of, on_beats, own_pace
from linewalker.errors import InputError
from tests.cerebellum.performing.clips.captured import BEAT_S, figure

LANDINGS_S = np.array([step.land_s for step in footfalls(figure("march"))[1]])


def test_the_beat_of_a_march_is_found() -> None:
    period_s, phase_s = beats_of(figure("march"), LANDINGS_S)
    assert period_s == pytest.approx(BEAT_S, abs=0.02)
    off = (LANDINGS_S - phase_s + 0.5 * period_s) % period_s - 0.5 * period_s
    assert abs(np.median(off)) < 0.06


def test_a_clip_at_half_its_tempo_takes_twice_as_long() -> None:
    pace = own_pace(figure("march"), 0.5)
    assert pace.plan_s[-1] - LEAD_S == pytest.approx(2.0 * figure("march").duration_s)
    assert pace.clip(pace.plan(np.array([1.0, 2.0]))) == pytest.approx([1.0, 2.0])
    captured = np.arange(figure("march").n, dtype=float)[:, None]
    found = pace.postures(captured, np.array([1.0, LEAD_S + 2.0]))
    assert np.isnan(found[0, 0])
    assert found[1, 0] == pytest.approx(100.0)


@pytest.mark.parametrize("gap_s", [0.5, 0.6, 0.3])
def test_steps_land_on_the_beats_of_a_music(gap_s: float) -> None:
    beats_s = 0.4 + gap_s * np.arange(80)
    pace = on_beats(figure("march"), LANDINGS_S, beats_s, 1.0)
    landed = pace.plan(LANDINGS_S[1:-1])
    off = np.abs(landed[:, None] - beats_s).min(axis=1)
    assert np.median(off) < 0.06
    assert (np.diff(pace.plan_s) / np.diff(pace.clip_s)).min() > 1.0 / 1.2
    assert pace.plan_s[0] >= LEAD_S


def test_a_music_that_ends_before_is_refused() -> None:
    with pytest.raises(InputError, match="too short for the clip"):
        on_beats(figure("march"), LANDINGS_S, 0.5 * np.arange(7), 1.0)
