"""Laws of rotations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.geometry import (
    exp_so3,
    log_so3,
    quat_from_rotation,
    rotation_from_quat,
    rotation_x,
    rotation_y,
    rotation_z,
    skew,
    wrap_angle,
    yaw_of,
)

components = st.floats(-1.8, 1.8)
rotvecs = st.tuples(components, components, components).map(np.array)


@given(rotvecs)
def test_log_gives_the_shortest_way_round(rotvec: np.ndarray) -> None:
    turns = np.linalg.norm(rotvec) % (2 * np.pi)
    assert np.linalg.norm(log_so3(exp_so3(rotvec))) == pytest.approx(min(turns, 2 * np.pi - turns), abs=1e-6)
    np.testing.assert_allclose(exp_so3(log_so3(exp_so3(rotvec))), exp_so3(rotvec), atol=1e-9)


@given(rotvecs, rotvecs)
def test_exp_is_a_rotation_and_leaves_its_axis(rotvec: np.ndarray, v: np.ndarray) -> None:
    R = exp_so3(rotvec)
    np.testing.assert_allclose(R @ R.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(R) == pytest.approx(1.0)
    np.testing.assert_allclose(R @ rotvec, rotvec, atol=1e-12)
    np.testing.assert_allclose(skew(rotvec) @ v, np.cross(rotvec, v), atol=1e-12)


@given(rotvecs)
def test_quaternion_round_trip(rotvec: np.ndarray) -> None:
    R = exp_so3(rotvec)
    q = quat_from_rotation(R)
    assert q[0] >= 0
    np.testing.assert_allclose(rotation_from_quat(q), R, atol=1e-9)


@pytest.mark.parametrize("axis", [np.eye(3)[0], np.eye(3)[1], np.eye(3)[2], np.array([1.0, -2, 0.5]) / np.sqrt(5.25)])
def test_half_turn_is_found(axis: np.ndarray) -> None:
    found = log_so3(exp_so3(np.pi * axis))
    assert np.linalg.norm(found) == pytest.approx(np.pi)
    assert abs(found @ axis) == pytest.approx(np.pi)


@given(st.floats(-3.1, 3.1))
def test_axis_rotations_agree_with_exp(angle: float) -> None:
    for rotation, axis in zip((rotation_x, rotation_y, rotation_z), np.eye(3)):
        np.testing.assert_allclose(rotation(angle), exp_so3(angle * axis), atol=1e-12)
    assert yaw_of(rotation_z(angle)) == pytest.approx(angle)


@given(st.floats(-1e3, 1e3))
def test_wrapped_angle_is_the_same_direction(angle: float) -> None:
    wrapped = wrap_angle(angle)
    assert -np.pi <= wrapped < np.pi
    np.testing.assert_allclose([np.cos(wrapped), np.sin(wrapped)], [np.cos(angle), np.sin(angle)], atol=1e-9)
