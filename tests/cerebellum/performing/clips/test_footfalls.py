"""Steps are found where feet leave the floor, and land where robots can stand."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.footfalls import apart, footfalls
from tests.cerebellum.performing.clips.captured import BEAT_S, figure
from tests.cerebellum.performing.short_dance import short_plan


def test_a_march_is_a_step_a_beat_left_and_right_in_turn() -> None:
    first, steps = footfalls(figure("march"))
    assert first[0, 1] - first[1, 1] == pytest.approx(18.0 / 84.0, abs=0.01) or first[0, 0] != first[1, 0]
    inner = steps[1:-1]
    assert [step.foot for step in inner] == [k % 2 if inner[0].foot == 0 else 1 - k % 2 for k in range(len(inner))]
    gaps = np.diff([step.land_s for step in inner])
    np.testing.assert_allclose(gaps, BEAT_S, atol=0.03)


def test_steps_of_our_own_dance_are_found_again() -> None:
    _, steps = footfalls(figure("dance"))
    wanted = short_plan().swings
    assert [step.foot for step in steps] == [swing.foot for swing in wanted]
    np.testing.assert_allclose([s.land_s for s in steps], [s.land_s for s in wanted], atol=0.12)


def test_a_foothold_neither_crosses_nor_splits() -> None:
    other = np.array([1.0, 2.0, 0.0])
    np.testing.assert_allclose(apart(np.array([1.0, 1.9, 0.0]), other, 0, 0.15, 0.4), [1.0, 2.15, 0.0])
    np.testing.assert_allclose(apart(np.array([1.0, 2.9, 0.0]), other, 0, 0.15, 0.4), [1.0, 2.4, 0.0])
    kept = np.array([1.1, 2.2, 0.0])
    np.testing.assert_allclose(apart(kept, other, 0, 0.15, 0.4), kept)
    assert apart(np.array([1.0, 1.8, 2.0]), other, 1, 0.15, 0.4)[2] == pytest.approx(0.9)
