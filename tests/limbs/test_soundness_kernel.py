"""The checks of every tick equal what numpy says of the same numbers, NaN and infinity among them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linewalker.geometry import exp_so3
from linewalker.limbs.soundness_kernel import all_finite, all_within, is_covariance, is_rotation, within

numbers = st.floats(allow_nan=True, allow_infinity=True, width=64)
vectors = arrays(np.float64, (4,), elements=numbers)
calm = arrays(np.float64, (3,), elements=st.floats(-1, 1))


@given(vectors, st.floats(1e-3, 1e300))
def test_within_is_the_mean_of_absolute_values(values: np.ndarray, largest: float) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        expected = bool(np.abs(values).sum() <= len(values) * largest)
    mean = np.abs(values).sum() / (4 * largest)
    if not abs(mean - 1.0) < 1e-12:  # the order of the sum decides nothing but the last digit
        assert within(values, largest) == expected


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", range(3))
def test_one_number_without_sense_is_enough(wrong: float, place: int) -> None:
    values = np.zeros(3)
    values[place] = wrong
    assert within(np.zeros(3), 1.0)
    assert not within(values, 1e300)


@given(calm, calm, calm, calm, calm, st.integers(0, 4), st.sampled_from([np.nan, np.inf, 1e9, -1e9]))
def test_each_vector_has_its_own_bound(
    gyro: np.ndarray, accel: np.ndarray, q: np.ndarray, dq: np.ndarray, tau: np.ndarray, which: int, wrong: float
) -> None:
    felt, bounds = [gyro, accel, q, dq, tau], np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    assert all_within((gyro, accel), (q, dq, tau), bounds)
    broken = [values.copy() for values in felt]
    broken[which][0] = wrong
    assert not all_within(tuple(broken[:2]), tuple(broken[2:]), bounds)
    tight = bounds.copy()
    tight[which] = -1.0
    assert not all_within((gyro, accel), (q, dq, tau), tight)


@given(st.lists(vectors, min_size=5, max_size=5))
def test_a_command_is_finite_when_all_its_numbers_are_and_none_is_monstrous(parts: list[np.ndarray]) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        expected = bool(np.isfinite(sum(np.abs(part) for part in parts).sum()))
    assert all_finite(*parts) == expected


@given(calm, st.integers(0, 8), st.floats(-0.1, 0.1))
def test_a_rotation_is_orthonormal_and_right_handed(turn: np.ndarray, which: int, off: float) -> None:
    R, slack = exp_so3(turn), 1e-3
    assert is_rotation(R, slack)
    assert not is_rotation(-R, slack)
    R.flat[which] += off
    worst = np.abs(R.T @ R - np.eye(3)).max()
    if abs(worst - slack) > 1e-9:
        assert is_rotation(R, slack) == (worst < slack)
    R.flat[which] = np.nan
    assert not is_rotation(R, slack)


@given(arrays(np.float64, (4, 4), elements=st.floats(-1, 1)), st.integers(0, 3), st.integers(0, 3))
def test_a_covariance_is_what_has_a_cholesky_factor(root: np.ndarray, i: int, j: int) -> None:
    P = root @ root.T + 1e-3 * np.eye(4)
    assert is_covariance(P, 1e12)
    assert not is_covariance(P, 0.5 * np.abs(P).max())
    negative = P - (np.linalg.eigvalsh(P)[0] + 1e-3) * np.eye(4)
    assert not is_covariance(negative, 1e12)
    for wrong in (P[i, j] + 0.1, np.nan, np.inf):
        odd = P.copy()
        odd[i, j] = wrong
        if i != j or not np.isfinite(wrong):
            assert not is_covariance(odd, 1e12)
