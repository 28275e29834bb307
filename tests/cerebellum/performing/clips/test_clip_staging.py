"""A clip on a robot: it begins and ends in its stand, and what has to be calm is."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.clip_staging import Calmed, ClipStaging, calmer
from linewalker.cerebellum.performing.clips.tempo import LEAD_S, own_pace
from linewalker.cerebellum.performing.curves import RATE_HZ
from tests.cerebellum.performing.clips.captured import figure
from tests.cerebellum.performing.short_dance import staging


def test_it_begins_and_ends_as_the_robot_stands() -> None:
    march = figure("march")
    put = ClipStaging(march, staging())
    timeline, lost = put.stage(own_pace(march, 1.0), Calmed.nowhere(march.n))
    assert timeline.n == pytest.approx(RATE_HZ * (march.duration_s + 2 * LEAD_S), abs=3)
    assert lost <= 2
    assert len(timeline.swings) >= len(put.steps) + 2
    home = staging().arms.home
    for end in (0, -1):
        np.testing.assert_allclose(timeline.rest[end], home, atol=0.02)
        assert timeline.height_m[end] == pytest.approx(staging().pelvis_height_m, abs=0.01)
    half = 2 * staging().body.profile.gait.half_width_m
    assert np.hypot(*(timeline.feet[0] - timeline.feet[1])[:2]) == pytest.approx(half)


def test_the_captured_robot_keeps_its_own_angles() -> None:
    dance = figure("dance")
    timeline, _ = ClipStaging(dance, staging()).stage(own_pace(dance, 1.0), Calmed.nowhere(dance.n))
    middle = timeline.rest[round(LEAD_S * RATE_HZ) + 50 : -round(LEAD_S * RATE_HZ) - 50]
    captured = dance.postures[:, staging().body.rest + 1][50:-50]
    assert np.abs(middle[: len(captured)] - captured[: len(middle)]).mean() < 0.05


def test_what_is_calmed_moves_less_and_only_there() -> None:
    march = figure("march")
    put, whole = ClipStaging(march, staging()), Calmed.nowhere(march.n)
    calmed = calmer(calmer(whole, (2.0, 2.5), True), (2.0, 2.5), True)
    before, after = (put.stage(own_pace(march, 1.0), c)[0].rest for c in (whole, calmed))
    change = np.abs(after - before).max(axis=1)
    at = round((LEAD_S + 2.2) * RATE_HZ)
    assert change[at] > 0.1
    assert change[at + 150 :].max() < 1e-6
    feet = calmer(whole, (2.0, 2.5), False)
    assert feet.feet.max() == feet.pelvis.max() == pytest.approx(0.5)
