"""Feet go from where they stand to where they land, and have time for it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.performing.timeline import SHORTEST_BOTH_S, SHORTEST_SWING_S, Swing, feet_over_time, spaced

FEET = np.array([[0.0, 0.1, 0.0], [0.0, -0.1, 0.0]])
STEP = Swing(foot=0, lift_s=0.5, land_s=0.9, to=np.array([0.1, 0.3, 0.4]), kick_m=np.array([0.1, 0.0, 0.05]))


def test_a_swing_begins_and_ends_on_the_floor() -> None:
    feet, stands = feet_over_time(FEET, (STEP,), 150)
    assert np.array_equal(np.flatnonzero(~stands[:, 0]), np.arange(50, 90))
    assert stands[:, 1].all()
    assert feet[stands[:, 0], 0, 2].max() == 0.0
    assert feet[70, 0, 2] == pytest.approx(STEP.height_m + 0.05, abs=0.005)
    assert feet[-1, 0, [0, 1, 3]] == pytest.approx(STEP.to)
    assert feet[70, 0, 0] == pytest.approx(0.05 + 0.1, abs=0.01)
    assert np.abs(np.diff(feet[:, 0, :3], axis=0)).max() < 0.03


@given(st.lists(st.tuples(st.integers(0, 1), st.floats(0.3, 8.0), st.floats(0.1, 0.6)), max_size=12))
def test_swings_have_time_or_are_left_out(wanted: list[tuple[int, float, float]]) -> None:
    swings = [Swing(foot=f, lift_s=land - took, land_s=land, to=FEET[f]) for f, land, took in wanted]
    kept, dropped = spaced(swings, 8.0)
    assert len(kept) + dropped == len(swings)
    for swing in kept:
        assert swing.land_s - swing.lift_s >= SHORTEST_SWING_S - 1e-9
        assert any(swing.land_s == one.land_s for one in swings)
    for before, after in pairwise(kept):
        assert after.lift_s - before.land_s >= SHORTEST_BOTH_S - 1e-9
