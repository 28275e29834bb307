"""Hot loop of wrench estimation; `wrench` says what it is for."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from linewalker.cerebellum.wholebody_kernel import solve_in_place

Array = NDArray[np.float64]


@njit(cache=True)
def likeliest_wrench(J_leg: Array, residual: Array, sigma: Array, prior: Array, out: Array) -> None:
    """Fill the wrench (6,) that maximises the posterior of ``residual = J_leg^T wrench + noise``.

    Args:
        J_leg: Jacobian of the sole with respect to the six joints of its leg, (6, 6).
        residual: torque that the floor must account for, (6,).
        sigma: standard deviation of its noise per joint, (6,).
        prior: standard deviation of the wrench itself, (6,).
        out: force above torque, world axes.
    """
    A, b = np.zeros((6, 6)), np.zeros((6, 1))
    for j in range(6):
        weight = 1.0 / sigma[j] ** 2
        for i in range(6):
            b[i, 0] += weight * J_leg[i, j] * residual[j]
            for k in range(6):
                A[i, k] += weight * J_leg[i, j] * J_leg[k, j]
    for i in range(6):
        A[i, i] += 1.0 / prior[i] ** 2
    solve_in_place(A, b)
    for i in range(6):
        out[i] = b[i, 0]
