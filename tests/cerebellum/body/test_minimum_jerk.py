"""End conditions and bounds of the minimum-jerk motion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.minimum_jerk import MinimumJerk

angles = st.lists(st.floats(-3, 3), min_size=3, max_size=3).map(np.array)


@given(angles, angles, st.floats(0.2, 4.0))
def test_begins_and_ends_at_rest(start, goal, duration_s):
    motion = MinimumJerk(start=start, goal=goal, duration_s=duration_s)
    for time_s, where in ((-1.0, start), (0.0, start), (duration_s, goal), (duration_s + 1.0, goal)):
        position, speed, acceleration = motion.at(time_s)
        assert position == pytest.approx(where, abs=1e-12)
        assert speed == pytest.approx(0.0, abs=1e-9)
        assert acceleration == pytest.approx(0.0, abs=1e-9)


@given(angles, angles, st.floats(0.01, 0.99))
def test_speed_and_acceleration_are_the_derivatives(start, goal, share):
    motion, h = MinimumJerk(start=start, goal=goal, duration_s=1.0), 1e-5
    before, here, after = motion.at(share - h), motion.at(share), motion.at(share + h)
    assert here[1] == pytest.approx((after[0] - before[0]) / (2 * h), abs=1e-5)
    assert here[2] == pytest.approx((after[1] - before[1]) / (2 * h), abs=1e-4)


@given(angles, angles)
def test_no_component_exceeds_its_limits_and_one_uses_them(start, goal):
    speed, acceleration = np.array([1.0, 0.5, 2.0]), np.array([3.0, 1.0, 4.0])
    motion = MinimumJerk.within(start, goal, speed, acceleration, 0.1)
    samples = [motion.at(t) for t in np.linspace(0.0, motion.duration_s, 401)]
    fastest = np.abs([s[1] for s in samples]).max(axis=0) / speed
    hardest = np.abs([s[2] for s in samples]).max(axis=0) / acceleration
    assert fastest.max() < 1.0 + 1e-6
    assert hardest.max() < 1.0 + 1e-6
    if motion.duration_s > 0.1:
        assert max(fastest.max(), hardest.max()) > 0.99


def test_it_has_less_jerk_than_its_neighbours():
    """Adding any bump that keeps the end conditions costs jerk: the motion is stationary, and the least."""
    t = np.linspace(0.0, 1.0, 2001)
    motion = MinimumJerk(start=np.zeros(1), goal=np.ones(1), duration_s=1.0)
    x = np.array([motion.at(time)[0][0] for time in t])
    bump = t**3 * (1 - t) ** 3 * np.sin(2 * np.pi * t)

    def jerk(path):
        return (np.diff(path, 3) ** 2).sum()

    assert jerk(x) < jerk(x + 0.2 * bump)
    assert jerk(x) < jerk(x - 0.2 * bump)
