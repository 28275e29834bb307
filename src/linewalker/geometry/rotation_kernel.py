"""Rotations inside hot loops: matrices, rotation vectors, headings, quaternions. `rotation` has the readable forms."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np

from linewalker.geometry.rotation import Array
from linewalker.kernel import kernel


@kernel()
def rotation_of(v: Array) -> Array:
    """Rotation matrix of a rotation vector (Rodrigues)."""
    angle = sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
    R = np.eye(3)
    if angle < 1e-12:
        return R
    x, y, z = v[0] / angle, v[1] / angle, v[2] / angle
    c, s = cos(angle), sin(angle)
    u = 1.0 - c
    R[0, 0], R[0, 1], R[0, 2] = c + x * x * u, x * y * u - z * s, x * z * u + y * s
    R[1, 0], R[1, 1], R[1, 2] = y * x * u + z * s, c + y * y * u, y * z * u - x * s
    R[2, 0], R[2, 1], R[2, 2] = z * x * u - y * s, z * y * u + x * s, c + z * z * u
    return R


@kernel()
def times(A: Array, B: Array) -> Array:
    """A @ B of 3 x 3 matrices, without the overhead of BLAS."""
    C = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            C[i, j] = A[i, 0] * B[0, j] + A[i, 1] * B[1, j] + A[i, 2] * B[2, j]
    return C


@kernel()
def turned(A: Array, v: Array) -> Array:
    """A @ v of a 3 x 3 matrix."""
    out = np.empty(3)
    for i in range(3):
        out[i] = A[i, 0] * v[0] + A[i, 1] * v[1] + A[i, 2] * v[2]
    return out


@kernel()
def cross(a: Array, b: Array) -> Array:
    """a x b; numpy's costs ten times as much."""
    out = np.empty(3)
    out[0], out[1], out[2] = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    return out


@kernel()
def small_turn(A: Array, B: Array) -> Array:
    """Rotation vector of A B^T for two attitudes that hardly differ."""
    E = times(A, B.T)
    return 0.5 * np.array([E[2, 1] - E[1, 2], E[0, 2] - E[2, 0], E[1, 0] - E[0, 1]])


@kernel()
def write_quaternion(R: Array, out: Array) -> None:
    """Unit quaternion wxyz of a rotation matrix (Shepperd 1978)."""
    trace = R[0, 0] + R[1, 1] + R[2, 2]
    best = 0
    for i in range(1, 4):
        if R[i - 1, i - 1] > (trace if best == 0 else R[best - 1, best - 1]):
            best = i
    if best == 0:
        out[0], out[1], out[2], out[3] = 1.0 + trace, R[2, 1] - R[1, 2], R[0, 2] - R[2, 0], R[1, 0] - R[0, 1]
    else:
        a = best - 1
        b, c = (a + 1) % 3, (a + 2) % 3
        out[0], out[1 + a] = R[c, b] - R[b, c], 1.0 + 2.0 * R[a, a] - trace
        out[1 + b], out[1 + c] = R[b, a] + R[a, b], R[c, a] + R[a, c]
    norm = sqrt(out[0] ** 2 + out[1] ** 2 + out[2] ** 2 + out[3] ** 2)
    for i in range(4):
        out[i] /= norm


@kernel()
def wrapped(angle: float) -> float:
    """The same angle in [-pi, pi)."""
    return (angle + pi) % (2.0 * pi) - pi


@kernel()
def turn_error(R: Array, R_wanted: Array, out: Array) -> None:
    """Rotation vector, in the frame of R, that turns R into R_wanted."""
    E = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            for k in range(3):
                E[i, j] += R[k, i] * R_wanted[k, j]
    x, y, z = 0.5 * (E[2, 1] - E[1, 2]), 0.5 * (E[0, 2] - E[2, 0]), 0.5 * (E[1, 0] - E[0, 1])
    sine = sqrt(x * x + y * y + z * z)
    factor = 1.0
    if sine > 1e-9:
        factor = atan2(sine, 0.5 * (E[0, 0] + E[1, 1] + E[2, 2] - 1.0)) / sine
    out[0], out[1], out[2] = factor * x, factor * y, factor * z


@kernel(entry=True)
def upright(yaw: float) -> Array:
    """Rotation about the vertical."""
    R = np.eye(3)
    R[0, 0], R[0, 1], R[1, 0], R[1, 1] = cos(yaw), -sin(yaw), sin(yaw), cos(yaw)
    return R
