"""Rotations of the hot loops against the readable ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.geometry import exp_so3, log_so3, wrap_angle
from linewalker.geometry.rotation_kernel import (
    cross,
    rotation_of,
    small_turn,
    times,
    turn_error,
    turned,
    wrapped,
)


@given(st.tuples(*[st.floats(-1.5, 1.5)] * 3), st.tuples(*[st.floats(-1.0, 1.0)] * 3))
def test_turn_error_is_the_rotation_between(a: tuple[float, ...], b: tuple[float, ...]) -> None:
    R, out = exp_so3(a), np.zeros(3)
    turn_error(R, R @ exp_so3(b), out)
    np.testing.assert_allclose(out, log_so3(exp_so3(b)), atol=1e-6)


@given(st.floats(-20, 20))
def test_wrapped(angle: float) -> None:
    assert wrapped(angle) == pytest.approx(wrap_angle(angle))


def test_small_algebra() -> None:
    rng = np.random.default_rng(0)
    A, B, u, v = rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3)
    np.testing.assert_allclose(times(A, B), A @ B)
    np.testing.assert_allclose(turned(A, v), A @ v)
    np.testing.assert_allclose(cross(u, v), np.cross(u, v))
    np.testing.assert_allclose(rotation_of(v), exp_so3(v))
    small = 1e-3 * u
    np.testing.assert_allclose(small_turn(exp_so3(small) @ exp_so3(v), exp_so3(v)), small, atol=1e-8)
