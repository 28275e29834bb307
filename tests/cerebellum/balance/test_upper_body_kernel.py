"""The way home is that of a critically damped oscillator."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.balance.upper_body_kernel import go_home


def way(start: float, speed: float, rate: float, dt: float, seconds: float) -> np.ndarray:
    """Angles after each tick, towards 0.3."""
    at, dq, acc, home = np.array([start]), np.array([speed]), np.zeros(1), np.array([0.3])
    seen = []
    for _ in range(round(seconds / dt)):
        go_home(at, dq, acc, home, rate, dt)
        seen.append(at[0])
    return np.array(seen)


@pytest.mark.parametrize(("start", "speed"), [(1.3, 0.0), (-0.2, 2.0), (0.3, -1.0)])
def test_it_follows_the_closed_form(start: float, speed: float) -> None:
    """x = home + (a + (v + rate a) t) exp(-rate t); semi-implicit Euler comes as near as its step is short."""
    rate, errors = 4.0, []
    for dt in (0.002, 0.001):
        t = dt * np.arange(1, round(1.5 / dt) + 1)
        a = start - 0.3
        exact = 0.3 + (a + (speed + rate * a) * t) * np.exp(-rate * t)
        errors.append(np.abs(way(start, speed, rate, dt, 1.5) - exact).max())
    assert errors[0] < 0.01
    assert errors[1] == pytest.approx(0.5 * errors[0], rel=0.1)  # of first order


@given(st.floats(-2, 2), st.floats(1, 20))
def test_from_rest_it_comes_home_without_going_past_it(start: float, rate: float) -> None:
    left = way(start, 0.0, rate, 0.002, 10.0 / rate) - 0.3
    assert np.all(left * np.sign(start - 0.3) >= -1e-12)
    assert np.all(np.diff(np.abs(left)) <= 1e-12)
    assert abs(left[-1]) <= 1e-3 * abs(start - 0.3)


def test_at_home_nothing_moves() -> None:
    np.testing.assert_array_equal(way(0.3, 0.0, 5.0, 0.002, 0.1), 0.3)


def test_every_joint_goes_its_own_way() -> None:
    at, dq, acc = np.array([1.0, -1.0, 0.0]), np.zeros(3), np.zeros(3)
    go_home(at, dq, acc, np.array([0.0, 0.0, 0.0]), 3.0, 0.01)
    np.testing.assert_allclose(acc, [-9.0, 9.0, 0.0])
    np.testing.assert_allclose(dq, 0.01 * acc)
    np.testing.assert_allclose(at, np.array([1.0, -1.0, 0.0]) + 0.01 * dq)
