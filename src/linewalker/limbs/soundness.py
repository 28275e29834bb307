"""Whether what comes from outside can be believed at all: shapes, numbers, sizes, covariances that are some.

Nothing here judges whether a value is right; only whether any sensor could have meant it. Every check answers with what
is wrong, or with an empty text. The texts are few and hold no numbers, so that they can be counted.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from linewalker.limbs.soundness_kernel import all_finite, all_within, is_covariance, is_rotation

if TYPE_CHECKING:
    from linewalker.limbs.robot import JointCommand, Readings

FASTEST_RAD_S = 100.0
"""Gyroscopes of robots end at 35 or 70 rad/s."""
HARDEST_M_S2 = 2000.0
"""Accelerometers of robots end at 16 g; this is what breaks them."""
LARGEST_RAD, LARGEST_NM = 1e4, 1e5
LARGEST_N = 1e5
FARTHEST_M = 1e7
"""National grids measure so far from their origin."""
_FELT = ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm")
_LARGEST = np.array([FASTEST_RAD_S, HARDEST_M_S2, LARGEST_RAD, LARGEST_RAD, LARGEST_NM])
_COMMANDED = ("q_rad", "dq_rad_s", "tau_nm", "kp_nm_rad", "kd_nm_s_rad")
_F8 = np.dtype(np.float64)
ROTATION_SLACK = 1e-3
VAGUEST = 1e12
"""Largest variance a fix may state, m2 or rad2: it knows nothing there."""


def vector_fault(values: Any, n: int, largest: float) -> str:
    """What is wrong with a vector of n float64 numbers, absolutely at most ``largest`` on average."""
    if type(values) is np.ndarray and values.dtype == np.float64 and values.shape == (n,):
        if sum(map(abs, values.tolist())) <= n * largest:  # false of NaN, too; so few numbers are quicker without numpy
            return ""
        return "is beyond what can be measured" if np.isfinite(values).all() else "is not finite"
    if isinstance(values, np.ndarray) and values.dtype == np.float64:
        return "has another shape than it should have"
    return "is no vector of numbers"


def stamp_fault(time_s: Any) -> str:
    """What is wrong with a time stamp, s."""
    number = isinstance(time_s, float | int | np.floating | np.integer) and not isinstance(time_s, bool)
    return "" if number and math.isfinite(time_s) else "is stamped without a number"


def pose_fault(X: Any) -> str:
    """What is wrong with a pose: a place within reach of a map and a right-handed rotation matrix."""
    R: Any = getattr(X, "R", None)
    if place := vector_fault(getattr(X, "p", None), 3, FARTHEST_M):
        return f"place {place}"
    if not (_is_matrix(R, 3) and np.isfinite(R).all()):
        return "attitude is no 3 x 3 matrix of finite numbers"
    return "" if is_rotation(as_vector(R), ROTATION_SLACK) else "attitude is no rotation"


def covariance_fault(P: Any) -> str:
    """What is wrong with the covariance of a pose, (6, 6)."""
    if not _is_matrix(P, 6):
        return "covariance is no 6 x 6 matrix of numbers"
    if is_covariance(as_vector(P), VAGUEST):
        return ""
    if not np.abs(P).max() <= VAGUEST:  # nor of NaN
        return "covariance is not finite"
    return "covariance is not positive definite" if np.allclose(P, P.T, 1e-6, 0.0) else "covariance is not symmetric"


def readings_faults(readings: Readings, n: int) -> dict[str, str]:
    """What is wrong with what a robot of n joints balances with, by field; empty where all can be believed."""
    imu, joints = (readings.gyro_rad_s, readings.accel_m_s2), (readings.q_rad, readings.dq_rad_s, readings.tau_nm)
    found = {}
    if not (_are_vectors(imu, 3) and _are_vectors(joints, n) and all_within(imu, joints, _LARGEST)):
        for name, values, size, largest in zip(_FELT, imu + joints, (3, 3, n, n, n), _LARGEST.tolist()):
            if fault := vector_fault(values, size, largest):
                found[name] = fault
    if fault := stamp_fault(readings.time_s):
        found["time_s"] = fault
    return found


def command_fault(command: JointCommand) -> str:
    """Which part of a command is not made of finite numbers."""
    parts = (command.q_rad, command.dq_rad_s, command.tau_nm, command.kp_nm_rad, command.kd_nm_s_rad)
    if _are_vectors(parts, len(command.tau_nm)) and all_finite(*parts):
        return ""
    return next((name for name, values in zip(_COMMANDED, parts) if not np.isfinite(values).all()), "")


def _is_matrix(values: Any, n: int) -> bool:
    return isinstance(values, np.ndarray) and values.dtype == np.float64 and values.shape == (n, n)


def _are_vectors(values: tuple[Any, ...], n: int) -> bool:
    """Whether they are as kernels take them, n numbers each."""
    return all(type(v) is np.ndarray and v.dtype == _F8 and v.shape == (n,) and v.flags.carray for v in values)


def as_vector(values: Any) -> Any:
    """Numbers of any kind as float64, contiguous, aligned and writeable, as kernels take them; all else as it is."""
    if type(values) is np.ndarray and values.dtype == np.float64 and values.flags.carray:
        return values
    try:
        array = np.array(values)
        return array.astype(np.float64, order="C") if array.dtype.kind in "fiu" else values
    except (TypeError, ValueError):
        return values
