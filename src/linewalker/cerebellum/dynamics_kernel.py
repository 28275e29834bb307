"""Hot loop of the dynamics: MuJoCo's spatial vectors of the soles in our order."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]


@njit(cache=True)
def gather_soles(
    sites: NDArray[np.int64], seen: tuple[Array, Array, Array, Array], gravity: float, soles: tuple[Array, ...]
) -> None:
    """Fill what `Dynamics` tells of the soles.

    Args:
        sites: their numbers, (2,).
        seen: their accelerations and velocities as MuJoCo has them, rotation above translation, (2, 6) each; positions
            and rotations of all sites, (k, 3) and (k, 9).
        gravity: MuJoCo accelerates the world instead of pulling at the bodies; this much is taken off again.
        soles: out: bias accelerations (2, 6), velocities (2, 6), positions (2, 3), rotations (2, 3, 3).
    """
    acceleration, velocity, places, attitudes = seen
    bias, foot_v, foot_p, foot_R = soles
    for k in range(2):
        for i in range(3):
            bias[k, i], bias[k, 3 + i] = acceleration[k, 3 + i], acceleration[k, i]
            foot_v[k, i], foot_v[k, 3 + i] = velocity[k, 3 + i], velocity[k, i]
            foot_p[k, i] = places[sites[k], i]
            for j in range(3):
                foot_R[k, i, j] = attitudes[sites[k], 3 * i + j]
        bias[k, 2] -= gravity
