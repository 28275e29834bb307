"""Curves go through their keys, halt where they turn and not on the way, and derivatives are derivatives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.performing.curves import RATE_HZ, derivative, minimum_jerk, smooth, through_keys


@given(st.lists(st.floats(-1.0, 1.0), min_size=3, max_size=8))
def test_keys_are_met_and_never_overshot(values: list[float]) -> None:
    keys = [np.array([value]) for value in values]
    at = np.linspace(0.0, len(values) - 1.0, 200)
    curve = through_keys(range(len(values)), keys, at)[:, 0]
    assert np.allclose(through_keys(range(len(values)), keys, np.arange(len(values)))[:, 0], values)
    assert curve.min() >= min(values) - 1e-9
    assert curve.max() <= max(values) + 1e-9


def test_a_key_on_the_way_is_no_halt() -> None:
    at = np.array([0.99, 1.01])
    before, after = through_keys([0.0, 1.0, 2.0], [np.zeros(1), np.ones(1), 2 * np.ones(1)], at)[:, 0]
    assert after - before > 0.015


def test_derivative_of_a_sine() -> None:
    t = np.arange(300) / RATE_HZ
    assert np.allclose(derivative(np.sin(3 * t))[1:-1], 3 * np.cos(3 * t)[1:-1], atol=1e-3)


def test_minimum_jerk_ends_at_rest() -> None:
    s = minimum_jerk(np.linspace(-0.5, 1.5, 401))
    assert s[0] == 0.0
    assert s[-1] == 1.0
    assert (np.diff(s) >= 0.0).all()
    assert np.abs(np.diff(s)[[101, 298]]).max() < 1e-4


def test_smoothing_keeps_what_is_constant() -> None:
    assert np.allclose(smooth(np.full((50, 2), 3.0), 4.0), 3.0)
