"""Hot loops of wrench estimation; `foot_wrench` says what they are for."""

from __future__ import annotations

import numpy as np

from linewalker.geometry import Array
from linewalker.geometry.rotation_kernel import cross, turned
from linewalker.geometry.solve_kernel import solve_in_place
from linewalker.kernel import Matrix, Numbers, NumberTable, Stack, Vector, kernel


@kernel(entry=True)
def follow(
    measured: tuple[Vector, Vector, Vector, Vector],
    base: tuple[Matrix, Vector],
    mount: tuple[Vector, Matrix],
    joints: Numbers,
    tuning: Vector,
    filtered: tuple[Vector, Vector, Vector],
) -> None:
    """Filter torques and accelerations: joints and base rotation from speeds, base translation from the IMU.

    Args:
        measured: joint torques and speeds (n,), specific force and its bias (3,).
        base: rotation (3, 3), angular velocity in its own frame (3,).
        mount: position and rotation of the IMU in the base frame.
        joints: degrees of freedom of the joints, (n,).
        tuning: period, time constant, gravity, (3,).
        filtered: torques, speeds (of joints and base rotation) and accelerations, (nv,); changed in place.
    """
    torque, rate, force, bias = measured
    R, spin = base
    tau, speed, acc = filtered
    dt, share = tuning[0], tuning[0] / tuning[1]
    for j in range(joints.shape[0]):
        dof = joints[j]
        tau[dof] += min(1.0, share) * (torque[j] - tau[dof])
        acc[dof] = share * (rate[j] - speed[dof]) / dt
        speed[dof] += acc[dof] * dt
    for i in range(3, 6):
        acc[i] = share * (spin[i - 3] - speed[i]) / dt
        speed[i] += acc[i] * dt
    lever = mount[0]
    at_base = turned(mount[1], force - bias) - cross(acc[3:6], lever) - cross(spin, cross(spin, lever))
    base_acc = turned(R, at_base)
    base_acc[2] -= tuning[2]
    for i in range(3):
        acc[i] += share * (base_acc[i] - acc[i])


@kernel(entry=True)
def feel_wrenches(
    body: tuple[Matrix, Vector, Stack, Vector],
    legs: NumberTable,
    filtered: tuple[Vector, Vector, Vector],
    noise: tuple[Vector, Stack, Vector],
    out: Matrix,
) -> None:
    """Fill the wrenches of both soles, (2, 6), from what the torques of their legs leave unexplained.

    Args:
        body: M (nv, nv), h (nv,), J (2, 6, nv), q (nq,).
        legs: degrees of freedom of each leg, (2, 6).
        filtered: as in `follow`.
        noise: of a joint torque: constant, in proportion to it, and at a mechanical stop, (3,); where the stops begin,
            (2, 6, 2); standard deviation of a wrench, (6,).
        out: force above torque, world axes.
    """
    M, h, J, q = body
    tau, _, acc = filtered
    torque_noise, stops, prior = noise
    J_leg, residual, sigma = np.empty((6, 6)), np.empty(6), np.empty(6)
    for k in range(2):
        for j in range(6):
            dof = legs[k, j]
            residual[j] = h[dof] - tau[dof]
            for i in range(acc.shape[0]):
                residual[j] += M[dof, i] * acc[i]
            at_stop = q[dof + 1] < stops[k, j, 0] or q[dof + 1] > stops[k, j, 1]
            sigma[j] = torque_noise[2] if at_stop else torque_noise[0] + torque_noise[1] * abs(tau[dof])
            for i in range(6):
                J_leg[i, j] = J[k, i, dof]
        likeliest_wrench(J_leg, residual, sigma, prior, out[k])


@kernel()
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
