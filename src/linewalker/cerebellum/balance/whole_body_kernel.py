"""Hot loops of the whole-body QP. The mathematics and a readable form stand in `whole_body` and its tests."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.geometry import Array
from linewalker.geometry.solve_kernel import solve_in_place
from linewalker.kernel import Matrix, Numbers, NumberTable, Stack, Vector, kernel


@kernel(fastmath=True)
def condense(
    dynamics: tuple[Array, ...], indices: tuple[Array, Array], tasks: tuple[Array, ...], maps: tuple[Array, ...]
) -> int:
    """Write all accelerations as D w + d of the wrenches w of the feet in contact; returns the length n of w.

    Args:
        dynamics: M (nv, nv), h (nv,), J (2, 6, nv), bias (2, 6), foot rotations (2, 3, 3).
        indices: leg degrees of freedom (2, 6), rest degrees of freedom (m,).
        tasks: foot accelerations (2, 6), contact (2,) as 0 or 1, rest accelerations (m,).
        maps: out: D (18, 12) rows base, left leg, right leg; d (nv,); JT (18, 12): generalised force of w.
    """
    M, h, J, bias, R = dynamics
    legs, rest = indices
    foot_acc, contact, rest_acc = tasks
    D, d, JT = maps
    S, free, A = M[:6, :6].copy(), np.empty(6), np.empty((6, 6))
    G = np.empty((2, 6, 7))  # qdd_leg = G[:, 6] - G[:, :6] a_base
    for i in range(6):
        total = -h[i]
        for j in range(rest.shape[0]):
            total -= M[i, rest[j]] * rest_acc[j]
        free[i] = total
    for k in range(2):
        for i in range(6):
            for j in range(6):
                A[i, j] = J[k, i, legs[k, j]]
                G[k, i, j] = J[k, i, j]
            G[k, i, 6] = foot_acc[k, i] - bias[k, i]
        solve_in_place(A, G[k])
        for i in range(6):
            for r in range(6):
                coupling = M[i, legs[k, r]]
                for j in range(6):
                    S[i, j] -= coupling * G[k, r, j]
                free[i] -= coupling * G[k, r, 6]
    n = _wrench_map(J, R, legs, contact, JT)
    B = np.empty((6, n + 1))
    for i in range(6):
        for j in range(n):
            B[i, j] = JT[i, j]
        B[i, n] = free[i]
    solve_in_place(S, B)
    for i in range(6):
        for j in range(n):
            D[i, j] = B[i, j]
        d[i] = B[i, n]
    for k in range(2):
        for i in range(6):
            for j in range(n):
                total = 0.0
                for r in range(6):
                    total -= G[k, i, r] * B[r, j]
                D[6 + 6 * k + i, j] = total
            total = G[k, i, 6]
            for r in range(6):
                total -= G[k, i, r] * B[r, n]
            d[legs[k, i]] = total
    for j in range(rest.shape[0]):
        d[rest[j]] = rest_acc[j]
    return n


@kernel(fastmath=True)
def _wrench_map(J: Array, R: Array, legs: Array, contact: Array, JT: Array) -> int:
    """Fill JT: generalised forces on base and legs of the wrenches, each in its own foot frame."""
    n = 0
    for k in range(2):
        if contact[k] == 0.0:
            continue
        for row in range(18):
            leg = (row - 6) // 6
            for j in range(6):
                JT[row, n + j] = 0.0
            if row >= 6 and leg != k:
                continue
            dof = row if row < 6 else legs[leg, (row - 6) % 6]
            for j in range(3):
                for r in range(3):
                    JT[row, n + j] += J[k, r, dof] * R[k, r, j]
                    JT[row, n + 3 + j] += J[k, 3 + r, dof] * R[k, r, j]
        n += 6
    return n


@kernel(fastmath=True)
def price(
    n: int,
    R: Array,
    maps: tuple[Array, ...],
    tasks: tuple[Array, ...],
    weights: tuple[Array, ...],
    cost: tuple[Array, Array],
) -> None:
    """Fill the cost 1/2 w'Hw + f'w of the wrenches.

    Args:
        n: length of w.
        R: rotations of the feet, (2, 3, 3).
        maps: as in `condense`.
        tasks: CoM acceleration (3,), base angular acceleration and its weight (3,) each, contact (2,).
        weights: of CoM (3,), wrench (6,); mass (1,).
        cost: out: H (n, n), f (n,).
    """
    D, d, _ = maps
    com_acc, spin_acc, w_spin, contact = tasks
    w_com, w_wrench, mass = weights
    H, f = cost
    E = np.zeros((6, n))
    column = 0
    for k in range(2):
        if contact[k] > 0.0:
            for i in range(3):
                for j in range(3):
                    E[i, column + j] = R[k, i, j] / mass[0]
            column += 6
    target = np.empty(6)
    for i in range(3):
        for j in range(n):
            E[3 + i, j] = D[3 + i, j]
        target[i] = com_acc[i] + (GRAVITY if i == 2 else 0.0)
        target[3 + i] = spin_acc[i] - d[3 + i]
    for i in range(n):
        for j in range(i, n):
            total = w_wrench[i % 6] if i == j else 0.0
            for r in range(3):
                total += w_com[r] * E[r, i] * E[r, j] + w_spin[r] * E[3 + r, i] * E[3 + r, j]
            H[i, j] = total
            H[j, i] = total
        total = 0.0
        for r in range(3):
            total -= w_com[r] * E[r, i] * target[r] + w_spin[r] * E[3 + r, i] * target[3 + r]
        f[i] = total


@kernel(entry=True, fastmath=True)
def pose(
    dynamics: tuple[Matrix, Vector, Stack, Matrix, Stack],
    indices: tuple[NumberTable, Numbers],
    tasks: tuple[Matrix, Vector, Vector, Vector, Vector, Vector, Vector],
    maps: tuple[Matrix, Vector, Matrix],
    weights: tuple[Vector, Vector, Vector],
    problems: tuple[tuple[Matrix, Vector, Vector], tuple[Matrix, Vector, Vector]],
) -> int:
    """`condense` and `price` the problem of one foot or that of two; returns the length n of w.

    Args:
        dynamics, indices, maps, weights: as there.
        tasks: foot accelerations (2, 6), contact (2,), rest accelerations (m,), CoM acceleration (3,), base angular
            acceleration and its weight (3,), greatest normal forces (2,).
        problems: out: H, f and upper bounds, of which only those of the normal forces are written.
    """
    foot_acc, contact, rest_acc, com_acc, spin_acc, w_spin, max_force = tasks
    n = condense(dynamics, indices, (foot_acc, contact, rest_acc), maps)
    H, f, upper = problems[0] if n == 6 else problems[1]
    price(n, dynamics[4], maps, (com_acc, spin_acc, w_spin, contact), weights, (H, f))
    column = 0
    for k in range(2):
        if contact[k] > 0.0:
            upper[column + 2] = max_force[k]
            column += 6
    return n


@kernel(entry=True, fastmath=True)
def limit_torques(
    inertia: tuple[Matrix, Vector],
    legs: NumberTable,
    maps: tuple[Matrix, Vector, Matrix],
    contact: Vector,
    effort: Vector,
    rows: tuple[Matrix, Vector, Vector],
) -> None:
    """Fill the rows lower <= A w <= upper that bound the torques of the legs that stand.

    Args:
        inertia: M, h; legs, maps: as in `condense`.
        contact: (2,).
        effort: torque limits by degree of freedom, (nv,).
        rows: out: A (6 k, n), upper and lower (6 k,); k the number of feet in contact.
    """
    M, h = inertia
    D, d, JT = maps
    A, upper, lower = rows
    row = 0
    for k in range(2):
        if contact[k] == 0.0:
            continue
        for i in range(6):
            dof = legs[k, i]
            for j in range(A.shape[1]):
                total = -JT[6 + 6 * k + i, j]
                for r in range(6):
                    total += M[dof, r] * D[r, j]
                    total += M[dof, legs[0, r]] * D[6 + r, j] + M[dof, legs[1, r]] * D[12 + r, j]
                A[row, j] = total
            offset = h[dof]
            for r in range(d.shape[0]):
                offset += M[dof, r] * d[r]
            upper[row], lower[row] = effort[dof] - offset, -effort[dof] - offset
            row += 1


@kernel(entry=True, fastmath=True)
def recover(
    w: Vector,
    dynamics: tuple[Matrix, Vector, Stack, Matrix, Stack],
    indices: tuple[NumberTable, Numbers],
    contact: Vector,
    maps: tuple[Matrix, Vector, Matrix],
    limits: tuple[Vector, Numbers],
    out: tuple[Vector, Vector, Matrix],
) -> bool:
    """What the wrenches w of the feet in contact bring about; returns whether a leg that stands exceeds its torques.

    Args:
        w: (6 k,).
        dynamics, indices, maps: as in `condense`.
        contact: (2,).
        limits: torque limits by degree of freedom (nv,); degrees of freedom of the joints, (n,).
        out: accelerations (nv,), joint torques within their limits (n,), wrench of each foot (2, 6).
    """
    M, h = dynamics[0], dynamics[1]
    legs = indices[0]
    D, d, JT = maps
    effort, joints = limits
    acc, torque, wrench = out
    nv, column = d.shape[0], 0
    tau = np.empty(nv)
    for k in range(2):
        for i in range(6):
            wrench[k, i] = w[column + i] if contact[k] > 0.0 else 0.0
        column += 6 if contact[k] > 0.0 else 0
    for i in range(nv):
        acc[i] = d[i]
    for row in range(18):
        dof = row if row < 6 else legs[(row - 6) // 6, (row - 6) % 6]
        for j in range(w.shape[0]):
            acc[dof] += D[row, j] * w[j]
    for i in range(nv):
        total = h[i]
        for j in range(nv):
            total += M[i, j] * acc[j]
        tau[i] = total
    exceeded = False
    for row in range(6, 18):
        k, dof = (row - 6) // 6, legs[(row - 6) // 6, (row - 6) % 6]
        for j in range(w.shape[0]):
            tau[dof] -= JT[row, j] * w[j]
        exceeded = exceeded or (contact[k] > 0.0 and abs(tau[dof]) > effort[dof])
    for i in range(joints.shape[0]):
        limit = effort[joints[i]]
        torque[i] = min(max(tau[joints[i]], -limit), limit)
    return exceeded
