"""What sensors report: the sentence `true value + sigma noise + offset`, value by value."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linewalker.limbs.simulated.sensors_kernel import report

N = 3
SIZE = 8 + 3 * N
values = st.floats(-10, 10)
rows = arrays(np.float64, (SIZE,), elements=values)


def reported(truth: np.ndarray, sigma: np.ndarray, offset: np.ndarray, noise: np.ndarray) -> np.ndarray:
    out = noise.copy()
    imu, joints, force = truth[:6], truth[6:-2].reshape(3, N), truth[-2:]
    q, dq, tau = (np.ascontiguousarray(row) for row in joints)
    report(np.ascontiguousarray(imu), (q, dq, tau), np.ascontiguousarray(force), sigma, offset, out)
    return out


@settings(max_examples=40)
@given(rows, rows, rows, rows)
def test_it_equals_the_sentence(truth: np.ndarray, sigma: np.ndarray, offset: np.ndarray, noise: np.ndarray) -> None:
    error = sigma * noise + offset
    expected = truth + error
    torques = slice(6 + 2 * N, 6 + 3 * N)
    expected[torques] = truth[torques] * (1.0 + error[torques])
    expected[-2:] = np.maximum(expected[-2:], 0.0)
    np.testing.assert_allclose(reported(truth, sigma, offset, noise), expected, atol=1e-9)


@settings(max_examples=40)
@given(rows, rows)
def test_without_noise_and_offset_the_truth_is_reported(truth: np.ndarray, noise: np.ndarray) -> None:
    truth[-2:] = np.abs(truth[-2:])
    np.testing.assert_array_equal(reported(truth, np.zeros(SIZE), np.zeros(SIZE), noise), truth)
