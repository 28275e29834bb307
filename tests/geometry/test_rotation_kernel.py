"""The kernels equal the readable forms of `rotation`, and keep their laws where those forms do not look."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.geometry import exp_so3, log_so3, quat_from_rotation, rotation_from_quat, rotation_z, wrap_angle
from linewalker.geometry.rotation_kernel import (
    cross,
    rotation_of,
    small_turn,
    times,
    turn_error,
    turned,
    upright,
    wrapped,
    write_quaternion,
)

components = st.floats(-1.8, 1.8)
vectors = st.tuples(components, components, components).map(np.array)
small = st.floats(-1e-3, 1e-3)


def quaternion_of(R: np.ndarray) -> np.ndarray:
    out = np.empty(4)
    write_quaternion(np.ascontiguousarray(R), out)
    return out


@given(vectors)
def test_the_rotation_of_a_vector_is_the_exponential_of_its_skew_matrix(v: np.ndarray) -> None:
    x, y, z = v
    term, series = np.eye(3), np.eye(3)
    for order in range(1, 40):
        term = term @ np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]]) / order
        series = series + term
    np.testing.assert_allclose(rotation_of(v), series, atol=1e-12)
    np.testing.assert_allclose(rotation_of(v) @ rotation_of(-v), np.eye(3), atol=1e-12)


def test_no_turn_is_the_identity() -> None:
    np.testing.assert_array_equal(rotation_of(np.zeros(3)), np.eye(3))


@given(vectors, vectors, vectors)
def test_products_are_those_of_numpy(a: np.ndarray, b: np.ndarray, v: np.ndarray) -> None:
    A, B = exp_so3(a) + np.outer(a, b), exp_so3(b)
    np.testing.assert_allclose(times(A, B), A @ B, atol=1e-13)
    np.testing.assert_allclose(turned(A, v), A @ v, atol=1e-13)
    np.testing.assert_allclose(cross(a, v), np.cross(a, v), atol=1e-13)


@given(vectors, st.tuples(small, small, small).map(np.array))
def test_a_small_turn_is_found_to_third_order(attitude: np.ndarray, turn: np.ndarray) -> None:
    B = exp_so3(attitude)
    found = small_turn(np.ascontiguousarray(exp_so3(turn) @ B), B)
    np.testing.assert_allclose(found, turn, atol=1e-9)


@given(vectors)
def test_the_quaternion_turns_as_its_matrix_does(v: np.ndarray) -> None:
    R = exp_so3(v)
    q = quaternion_of(R)
    assert np.linalg.norm(q) == pytest.approx(1.0)
    np.testing.assert_allclose(rotation_from_quat(q), R, atol=1e-9)
    np.testing.assert_allclose(q * np.sign(q @ quat_from_rotation(R)), quat_from_rotation(R), atol=1e-9)


@pytest.mark.parametrize("axis", range(3))
def test_half_a_turn_about_an_axis_is_that_axis(axis: int) -> None:
    """Where w vanishes and the trace is -1: three of Shepperd's four cases."""
    R = -np.eye(3)
    R[axis, axis] = 1.0
    np.testing.assert_allclose(np.abs(quaternion_of(R)), np.eye(4)[1 + axis], atol=1e-15)


@given(st.floats(-1e3, 1e3))
def test_angles_are_wrapped_and_headings_turned_as_the_readable_forms_do(angle: float) -> None:
    assert wrapped(angle) == wrap_angle(angle)
    np.testing.assert_array_equal(upright(angle), rotation_z(angle))


@pytest.mark.parametrize(("angle", "same"), [(np.pi, -np.pi), (-np.pi, -np.pi), (3 * np.pi, -np.pi), (0.0, 0.0)])
def test_half_a_turn_is_wrapped_to_one_side(angle: float, same: float) -> None:
    assert wrapped(angle) == pytest.approx(same)


@given(vectors, vectors)
def test_the_turn_error_leads_to_what_is_wanted(now: np.ndarray, wanted: np.ndarray) -> None:
    R, R_wanted, out = exp_so3(now), exp_so3(wanted), np.empty(3)
    turn_error(R, R_wanted, out)
    between = log_so3(R.T @ R_wanted)
    if np.linalg.norm(between) < 3.1:  # at half a turn the way is not unique
        np.testing.assert_allclose(out, between, atol=1e-7)
        np.testing.assert_allclose(R @ exp_so3(out), R_wanted, atol=1e-7)
