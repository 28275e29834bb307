"""Rotations in three dimensions. Angles in rad, quaternions wxyz, matrices (3, 3) mapping B coordinates into A."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
"""float64, of any shape; docstrings say of which."""


def wrap_angle(angle: float) -> float:
    """The same angle in [-pi, pi)."""
    return float((angle + pi) % (2 * pi) - pi)


def skew(v: ArrayLike) -> Array:
    """Matrix (3, 3) with ``skew(v) @ u == cross(v, u)``."""
    x, y, z = np.asarray(v, float)
    return np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])


def exp_so3(rotvec: ArrayLike) -> Array:
    """Rotation matrix of a rotation vector (Rodrigues' formula); rotvec (3,) in rad."""
    x, y, z = np.asarray(rotvec, float).tolist()
    angle = sqrt(x * x + y * y + z * z)
    a, b = (sin(angle) / angle, (1.0 - cos(angle)) / angle**2) if angle > 1e-8 else (1.0, 0.5)
    return np.array(
        [
            [1.0 - b * (y * y + z * z), b * x * y - a * z, b * x * z + a * y],
            [b * x * y + a * z, 1.0 - b * (x * x + z * z), b * y * z - a * x],
            [b * x * z - a * y, b * y * z + a * x, 1.0 - b * (x * x + y * y)],
        ]
    )


def log_so3(R: Array) -> Array:
    """Rotation vector (3,) of a rotation matrix, length in [0, pi]; the inverse of `exp_so3`."""
    (xx, xy, xz), (yx, yy, yz), (zx, zy, zz) = R.tolist()
    x, y, z = 0.5 * (zy - yz), 0.5 * (xz - zx), 0.5 * (yx - xy)
    sine, cosine = sqrt(x * x + y * y + z * z), 0.5 * (xx + yy + zz - 1.0)
    if sine < 1e-6 and cosine < 0:  # half a turn: the axis stands in the symmetric part
        S = 0.5 * (R + np.eye(3))
        axis = S[:, int(np.argmax(np.diag(S)))]
        return axis / np.linalg.norm(axis) * atan2(sine, cosine)
    stretch = 1.0 if sine < 1e-12 else atan2(sine, cosine) / sine
    return np.array([stretch * x, stretch * y, stretch * z])


def rotation_x(angle: float) -> Array:
    """Rotation by angle about the x axis."""
    c, s = cos(angle), sin(angle)
    return np.array([[1.0, 0, 0], [0, c, -s], [0, s, c]])


def rotation_y(angle: float) -> Array:
    """Rotation by angle about the y axis."""
    c, s = cos(angle), sin(angle)
    return np.array([[c, 0, s], [0, 1.0, 0], [-s, 0, c]])


def rotation_z(angle: float) -> Array:
    """Rotation by angle about the z axis."""
    c, s = cos(angle), sin(angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]])


def yaw_of(R: Array) -> float:
    """Heading: the angle of the projected x axis about z."""
    return atan2(R[1, 0], R[0, 0])


def rotation_from_quat(wxyz: ArrayLike) -> Array:
    """Rotation matrix of a unit quaternion wxyz; a quaternion of another length is normalised."""
    q = np.asarray(wxyz, float)
    w, x, y, z = q / np.linalg.norm(q)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def quat_from_rotation(R: Array) -> Array:
    """Unit quaternion wxyz with w >= 0 of a rotation matrix (Shepperd 1978)."""
    trace = R[0, 0] + R[1, 1] + R[2, 2]
    choices = np.array([trace, R[0, 0], R[1, 1], R[2, 2]])
    i = int(np.argmax(choices))
    if i == 0:
        q = np.array([1 + trace, R[2, 1] - R[1, 2], R[0, 2] - R[2, 0], R[1, 0] - R[0, 1]])
    else:
        a, b, c = (i - 1, i % 3, (i + 1) % 3)
        q = np.empty(4)
        q[0] = R[c, b] - R[b, c]
        q[1 + a] = 1 + 2 * R[a, a] - trace
        q[1 + b] = R[b, a] + R[a, b]
        q[1 + c] = R[c, a] + R[a, c]
    q /= np.linalg.norm(q)
    return q if q[0] >= 0 else -q
