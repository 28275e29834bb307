"""The whole-body QP in readable numpy; the kernel must equal it."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.balance.whole_body import Tasks, Weights
from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics


def affine_accelerations(body: Dynamics, tasks: Tasks) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """D (nv, n), d (nv,), JT (nv, n): accelerations are D w + d, generalised contact forces JT w."""
    feet = [k for k in (0, 1) if tasks.contact[k]]
    JT = np.zeros((body.nv, 6 * len(feet)))
    for i, k in enumerate(feet):
        JT[:, 6 * i : 6 * i + 3] = body.J[k, :3].T @ body.foot_R[k]
        JT[:, 6 * i + 3 : 6 * i + 6] = body.J[k, 3:].T @ body.foot_R[k]
    # all accelerations as L a_base + c
    L, c = np.zeros((body.nv, 6)), np.zeros(body.nv)
    L[:6] = np.eye(6)
    c[body.rest] = tasks.rest_acc
    for k in (0, 1):
        inverse = np.linalg.inv(body.J[k][:, body.legs[k]])
        L[body.legs[k]] = -inverse @ body.J[k][:, :6]
        c[body.legs[k]] = inverse @ (tasks.foot_acc[k] - body.bias[k])
    S = body.M[:6] @ L
    A = np.linalg.solve(S, JT[:6])
    a0 = np.linalg.solve(S, -body.h[:6] - body.M[:6] @ c)
    return L @ A, L @ a0 + c, JT


def cost(body: Dynamics, tasks: Tasks, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    """H, f of 1/2 w'Hw + f'w."""
    D, d, _ = affine_accelerations(body, tasks)
    feet = [k for k in (0, 1) if tasks.contact[k]]
    force = np.zeros((3, 6 * len(feet)))
    for i, k in enumerate(feet):
        force[:, 6 * i : 6 * i + 3] = body.foot_R[k] / body.mass
    E = np.vstack((force, D[3:6]))
    e = np.concatenate((tasks.com_acc + [0, 0, GRAVITY], tasks.spin_acc - d[3:6]))
    W = np.diag([*weights.com, *tasks.spin_price])
    return E.T @ W @ E + np.diag(weights.wrench * len(feet)), -E.T @ W @ e


def random_tasks(body: Dynamics, contact: tuple[int, int], scale: float) -> Tasks:
    rng = np.random.default_rng(2)
    tasks = Tasks(len(body.rest))
    tasks.com_acc[:], tasks.spin_acc[:] = scale * rng.normal(size=3), scale * rng.normal(size=3)
    tasks.foot_acc[:], tasks.rest_acc[:] = scale * rng.normal(size=(2, 6)), scale * rng.normal(size=len(body.rest))
    tasks.contact[:], tasks.max_force_n[:] = contact, 3 * body.mass * GRAVITY
    return tasks
