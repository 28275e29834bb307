"""Hot loop of the dynamics: what the controller wants to know of its soles and its momentum, from MuJoCo's vectors."""

from __future__ import annotations

import numpy as np

from linewalker.geometry import Array
from linewalker.kernel import Matrix, Numbers, NumberTable, Stack, Vector, kernel


@kernel(entry=True)
def see_soles(
    sites: Numbers,
    chains: NumberTable,
    motion: tuple[Matrix, Matrix, Vector],
    places: tuple[Matrix, Matrix, Vector],
    soles: tuple[Stack, Matrix, Matrix, Matrix, Stack],
) -> None:
    """Fill what `Dynamics` tells of the soles.

    MuJoCo's motion vectors, rotation above translation, are those of a body-fixed point that passes the centre of mass;
    they are moved to the sole, where its Coriolis acceleration comes in too.

    Args:
        sites: their numbers, (2,).
        chains: degrees of freedom that move each, (2, k).
        motion: motion vectors of the degrees of freedom, their derivatives, (nv, 6) each, and velocities, (nv,).
        places: positions (s, 3) and rotations (s, 9) of all sites, and the centre of mass, (3,).
        soles: out: Jacobians (2, 6, nv), bias accelerations (2, 6), velocities (2, 6), positions (2, 3), rotations
            (2, 3, 3).
    """
    axes, turning, speed = motion
    site_p, site_R, com = places
    J, bias, foot_v, foot_p, foot_R = soles
    lever = np.empty(3)
    for k in range(2):
        site, v, acc = sites[k], foot_v[k], bias[k]
        for i in range(3):
            foot_p[k, i] = site_p[site, i]
            lever[i] = site_p[site, i] - com[i]
            for j in range(3):
                foot_R[k, i, j] = site_R[site, 3 * i + j]
        v[:], acc[:] = 0.0, 0.0
        for dof in chains[k]:
            _shift(axes[dof], lever, J[k, :, dof])
            for i in range(3):
                acc[3 + i] += turning[dof, i] * speed[dof]
                acc[i] += turning[dof, 3 + i] * speed[dof]
            for i in range(6):
                v[i] += J[k, i, dof] * speed[dof]
        for i in range(3):
            a, b = (i + 1) % 3, (i + 2) % 3
            acc[i] += acc[3 + a] * lever[b] - acc[3 + b] * lever[a] + v[3 + a] * v[b] - v[3 + b] * v[a]


@kernel()
def _shift(twist: Array, lever: Array, out: Array) -> None:
    """A motion vector, rotation above translation, as seen ``lever`` away: translation above rotation."""
    for i in range(3):
        a, b = (i + 1) % 3, (i + 2) % 3
        out[i] = twist[3 + i] + twist[a] * lever[b] - twist[b] * lever[a]
        out[3 + i] = twist[i]


@kernel(entry=True)
def see_momentum(
    M: Matrix, v: Vector, mass: float, base: tuple[Vector, Matrix, Vector], com_v: Vector, spin: Vector
) -> None:
    """Fill velocity of the centre of mass and angular momentum about it: the base's rows of M v are the momentum.

    Args:
        M, v: inertia matrix (nv, nv) and velocities (nv,), the six of the base first.
        mass: kg.
        base: position (3,) and rotation (3, 3) of the base, and the centre of mass, (3,).
        com_v, spin: out, (3,) each, world axes.
    """
    p, R, com = base
    momentum = np.zeros(6)
    for i in range(6):
        for j in range(v.shape[0]):
            momentum[i] += M[i, j] * v[j]
    for i in range(3):
        com_v[i] = momentum[i] / mass
    for i in range(3):
        a, b = (i + 1) % 3, (i + 2) % 3
        spin[i] = R[i, 0] * momentum[3] + R[i, 1] * momentum[4] + R[i, 2] * momentum[5]
        spin[i] -= (com[a] - p[a]) * momentum[b] - (com[b] - p[b]) * momentum[a]
