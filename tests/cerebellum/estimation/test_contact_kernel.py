"""Feet that press, feet that are landmarks, and what those are worth: the kernels keep the rules they state."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.estimation.contact_kernel import LEAST_SHARE, choose_landmarks, doubt, feel

WEIGHT, DT = 330.0, 0.002
CREEP_M, CREEP_RAD, CALM_M, CALM_RAD, TRUST_S, FOOT_M, FOOT_RAD, FLOOR_M, FULL_N, TILT_S, TILT_PER_N = (
    0.004,
    0.1,
    1e-4,
    2e-4,
    0.3,
    7e-4,
    8e-4,
    0.01,
    150.0,
    0.3,
    2e-4,
)
TUNING = np.array(
    [CREEP_M, CREEP_RAD, CALM_M, CALM_RAD, TRUST_S, FOOT_M, FOOT_RAD, FLOOR_M, FULL_N, TILT_S, TILT_PER_N]
)
flags = st.tuples(st.booleans(), st.booleans()).map(np.array)
loads = st.tuples(st.floats(0, 400), st.floats(0, 400)).map(np.array)


def heights(left: float, right: float) -> np.ndarray:
    return np.array([[0.0, 0.1, left], [0.0, -0.1, right]])


@given(flags, loads, st.floats(-0.05, 0.05))
def test_a_foot_presses_by_its_load_and_height_and_by_what_it_did_before(
    down: np.ndarray, load: np.ndarray, lift: float
) -> None:
    now = down.copy()
    feel(now, load, heights(lift, 0.0), WEIGHT)
    for foot, above in ((0, lift), (1, -lift)):
        threshold = 0.07 if down[foot] else 0.14
        assert now[foot] == (load[foot] > threshold * WEIGHT and above < 0.02)


@given(flags, loads)
def test_feet_are_felt_alike_left_and_right(down: np.ndarray, load: np.ndarray) -> None:
    now, mirrored = down.copy(), np.ascontiguousarray(down[::-1])
    feel(now, load, heights(0.01, -0.03), WEIGHT)
    feel(mirrored, np.ascontiguousarray(load[::-1]), heights(-0.03, 0.01), WEIGHT)
    np.testing.assert_array_equal(now, mirrored[::-1])


@given(st.lists(st.tuples(flags, flags, loads), min_size=1, max_size=12), st.integers(0, 4))
def test_landmarks_are_those_that_have_stood_long_enough_or_the_best_there_is(ticks: list, settle: int) -> None:
    """Tick by tick against the rule as it is written down."""
    stood, stands, fresh = np.zeros(2, np.int64), np.zeros(2, bool), np.zeros(2, bool)
    count, before = [0, 0], [False, False]
    for down, planned, load in ticks:
        choose_landmarks(down, planned, load, stood, stands, fresh, settle)
        count = [count[k] + 1 if down[k] and planned[k] else 0 for k in (0, 1)]
        expected = [count[k] > settle for k in (0, 1)]
        if not any(expected):
            meant = [k for k in (0, 1) if planned[k]] or [1]
            expected[max(meant, key=lambda k: load[k])] = True
        assert stands.tolist() == expected
        assert fresh.tolist() == [expected[k] and not before[k] for k in (0, 1)]
        assert stood.tolist() == count
        before = expected


@given(loads, st.tuples(st.integers(0, 500), st.integers(0, 500)).map(np.array))
def test_what_a_landmark_is_worth(load: np.ndarray, stood: np.ndarray) -> None:
    smooth, variances = np.tile(load, (2, 1)), np.zeros((2, 6))
    doubt(load, stood, smooth, TUNING, DT, variances)
    for k in (0, 1):
        share = min(max(load[k] / FULL_N, LEAST_SHARE), 1.0)
        restless = exp(-2 * stood[k] * DT / TRUST_S)
        assert variances[k, 0] == pytest.approx((CREEP_M**2 * restless + CALM_M**2) * DT / share**2)
        assert variances[k, 1] == pytest.approx((CREEP_RAD**2 * restless + CALM_RAD**2) * DT / share**2)
        assert variances[k, 2:5] == pytest.approx([FOOT_M**2 / share, FOOT_RAD**2 / share, FLOOR_M**2])
        assert variances[k, 5] == pytest.approx(0.0, abs=1e-20)  # its load has not changed
    np.testing.assert_allclose(smooth, np.tile(load, (2, 1)))


def test_when_the_whole_weight_moves_a_sole_may_tilt_as_far_as_the_tuning_says_by_a_third() -> None:
    """Two filters in a row: the variance of a step of load is a known integral.

    quick - slow = W b / (b - a) (exp(-a t) - exp(-b t)), a = 1 / tilt_s, b = 5 a; the integral of its square is
    W^2 b^2 / (b - a)^2 (1 / 2a + 1 / 2b - 2 / (a + b)).
    """
    smooth, variances, total = np.zeros((2, 2)), np.zeros((2, 6)), 0.0
    for _ in range(3000):
        doubt(np.array([WEIGHT, 0.0]), np.zeros(2, np.int64), smooth, TUNING, DT, variances)
        total += variances[0, 5]
        assert variances[1, 5] == 0.0
    a, b = 1 / TILT_S, 5 / TILT_S
    integral = (WEIGHT * b / (b - a)) ** 2 * (1 / (2 * a) + 1 / (2 * b) - 2 / (a + b))
    assert total == pytest.approx(TILT_PER_N**2 * integral / TILT_S, rel=0.02)
