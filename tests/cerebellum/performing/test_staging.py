"""Steps land on their beats, poses are reached on theirs, and one file serves every robot."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.curves import RATE_HZ
from linewalker.cerebellum.performing.movement import Phrase, Step
from linewalker.cerebellum.performing.staging import Damping, feet_end_side_by_side
from linewalker.limbs.profiles import PROFILES
from tests.cerebellum.performing.short_dance import BEATS_S, dance, staging


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_landings_are_on_beats(robot: str) -> None:
    timeline, lost = staging(robot).stage(dance("side_steps", "kicks"), BEATS_S)
    assert lost == 0
    wanted = [BEATS_S[2 + at] for at in (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16)]
    assert [swing.land_s for swing in timeline.swings] == pytest.approx(wanted)
    apart = [np.hypot(*(a.to - b.to)[:2]) for a, b in zip(timeline.swings, timeline.swings[1:]) if a.foot != b.foot]
    assert max(apart) <= staging(robot).widest_m + 1e-9
    assert timeline.phrase_s == pytest.approx(BEATS_S[[2, 10, 18]])


def test_poses_are_reached_on_their_beats() -> None:
    stage = staging()
    timeline, _ = stage.stage(dance("robot_arms"), BEATS_S, (Damping(grooves=0.0),))
    at = round(BEATS_S[2] * RATE_HZ + 0.7 * 0.5 * RATE_HZ)
    wanted = stage.arms.of(dance("robot_arms").phrases[0].poses[0])
    assert timeline.rest[at] == pytest.approx(np.clip(wanted, stage.arms.low, stage.arms.high), abs=0.02)


def test_the_pelvis_is_lowest_on_the_beat() -> None:
    timeline, _ = staging().stage(dance("bounce"), BEATS_S)
    for beat in (3, 4, 5):
        near = slice(round((BEATS_S[beat] - 0.2) * RATE_HZ), round((BEATS_S[beat] + 0.2) * RATE_HZ))
        lowest = near.start + int(np.argmin(timeline.height_m[near]))
        assert abs(lowest / RATE_HZ - BEATS_S[beat]) < 0.02


def test_what_is_taken_back_is_smaller() -> None:
    stage = staging()
    whole, _ = stage.stage(dance("side_steps"), BEATS_S)
    less, _ = stage.stage(dance("side_steps"), BEATS_S, (Damping(arms=0.5, grooves=0.5, steps=0.5),))
    home = stage.arms.home
    assert np.abs(less.rest - home).max() < np.abs(whole.rest - home).max()
    assert np.ptp(less.height_m) < np.ptp(whole.height_m)
    assert abs(less.swings[0].to[1]) < abs(whole.swings[0].to[1])


def test_more_steps_than_there_is_time_for_are_lost() -> None:
    _, lost = staging().stage(dance("side_steps"), 0.3 + 0.25 * np.arange(60))
    assert lost > 0


def test_feet_that_end_apart_are_noticed() -> None:
    apart = Phrase(name="a", meter="4/4", beats=4.0, steps=(Step(at=1.0, foot="left", aside=0.2),))
    assert not feet_end_side_by_side(apart)
