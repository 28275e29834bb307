"""What comes from outside is believed only where a sensor could have meant it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linewalker.geometry import Pose, exp_so3
from linewalker.limbs.robot import JointCommand, LocalisationFix, Readings, ToolFix
from linewalker.limbs.soundness import as_vector, command_fault, covariance_fault, readings_faults, vector_fault

N = 4
READINGS = Readings(
    time_s=1.0,
    gyro_rad_s=np.zeros(3),
    accel_m_s2=np.array([0.0, 0.0, 9.81]),
    q_rad=np.zeros(N),
    dq_rad_s=np.zeros(N),
    tau_nm=np.zeros(N),
)
FIX = LocalisationFix(taken_s=1.0, X_WT=Pose(), covariance=1e-4 * np.eye(6))
NO_ROTATIONS = (
    np.zeros((3, 3)),
    2.0 * np.eye(3),
    np.diag([1.0, 1.0, -1.0]),
    np.full((3, 3), np.nan),
    np.eye(2),
    "turn",
)
NO_COVARIANCES = (np.zeros((6, 6)), np.full((6, 6), 1e308), -np.eye(6), np.eye(3), np.triu(np.ones((6, 6))), "sure")
NO_STAMPS = (np.nan, np.inf, None, "now", True)


def test_sound_things_have_no_fault() -> None:
    assert readings_faults(READINGS, N) == {}
    assert FIX.fault == replace(FIX, covariance=None).fault == ""
    assert ToolFix(taken_s=1, scanner="hand", X_WS=Pose()).fault == ""


@pytest.mark.parametrize("field", ["gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm"])
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 1e308, 1e9])
def test_a_number_without_sense_is_named_by_its_field(field: str, wrong: float) -> None:
    values = getattr(READINGS, field).copy()
    values[-1] = wrong
    faults = readings_faults(replace(READINGS, **{field: values}), N)
    assert faults.keys() == {field}
    assert faults[field].startswith("is ")


@pytest.mark.parametrize("field", ["gyro_rad_s", "q_rad"])
@pytest.mark.parametrize(
    "wrong", [np.zeros(9), np.zeros((1, 3)), np.zeros(0), None, "abc", ["a"] * N, [None] * N, 1j * np.ones(N)]
)
def test_what_is_no_such_vector_is_named_by_its_field(field: str, wrong: Any) -> None:
    assert readings_faults(replace(READINGS, **{field: wrong}), N).keys() == {field}


@pytest.mark.parametrize("stamp", NO_STAMPS)
def test_a_stamp_is_a_number(stamp: Any) -> None:
    assert "stamp" in readings_faults(replace(READINGS, time_s=stamp), N)["time_s"]
    assert "stamp" in replace(FIX, taken_s=stamp).fault
    assert "stamp" in ToolFix(taken_s=stamp, scanner="hand", X_WS=Pose()).fault


@pytest.mark.parametrize("R", NO_ROTATIONS)
def test_an_attitude_is_a_rotation(R: Any) -> None:
    assert replace(FIX, X_WT=Pose(R=R)).fault.startswith("attitude")


@pytest.mark.parametrize("P", NO_COVARIANCES)
def test_a_covariance_is_symmetric_finite_and_positive_definite(P: Any) -> None:
    assert replace(FIX, covariance=P).fault.startswith("covariance")


@given(arrays(np.float64, (6, 6), elements=st.floats(-10, 10)), st.floats(1e-6, 1e6))
def test_whatever_is_a_covariance_is_taken(root: np.ndarray, scale: float) -> None:
    assert covariance_fault(scale * (root @ root.T + 0.1 * np.eye(6))) == ""


@given(arrays(np.float64, 3, elements=st.floats(-np.pi, np.pi)))
def test_every_rotation_is_one(turn: np.ndarray) -> None:
    assert replace(FIX, X_WT=Pose(R=exp_so3(turn))).fault == ""


@given(arrays(np.float64, N, elements=st.floats(allow_nan=True, allow_infinity=True)))
def test_no_vector_passes_that_is_not_finite(values: np.ndarray) -> None:
    assert np.isfinite(values).all() or vector_fault(values, N, 1e3)


@pytest.mark.parametrize("given_as", [np.float32, np.int64, list, tuple])
def test_numbers_of_any_kind_are_kept_as_float64(given_as: Any) -> None:
    numbers = np.arange(N)
    taken = replace(READINGS, q_rad=given_as(numbers) if given_as in (list, tuple) else numbers.astype(given_as)).q_rad
    assert taken.dtype == np.float64
    np.testing.assert_array_equal(taken, numbers)


def test_kernels_get_one_kind_of_array() -> None:
    """Another layout or a locked buffer would be compiled for anew, while the robot walks."""
    locked = np.zeros(N)
    locked.flags.writeable = False
    for values in (np.zeros(2 * N)[::2], locked, np.zeros(N, np.float32)):
        taken = as_vector(values)
        assert taken.flags.c_contiguous
        assert taken.flags.writeable
        assert taken.dtype == np.float64
    kept = np.zeros(N)
    assert as_vector(kept) is kept


def test_a_command_names_the_part_that_is_not_finite() -> None:
    command = JointCommand.damped(np.ones(N))
    assert command_fault(command) == ""
    assert command_fault(replace(command, tau_nm=np.array([0.0, np.nan, 0.0, 0.0]))) == "tau_nm"


@given(st.integers(0, 4), st.integers(0, N - 1), st.sampled_from([np.nan, np.inf, -np.inf]))
def test_one_number_that_is_none_is_found_in_any_part_of_a_command(part: int, joint: int, wrong: float) -> None:
    names = ("q_rad", "dq_rad_s", "tau_nm", "kp_nm_rad", "kd_nm_s_rad")
    parts = {name: np.full(N, 0.5) for name in names}
    parts[names[part]][joint] = wrong
    assert command_fault(JointCommand(**parts)) == names[part]
