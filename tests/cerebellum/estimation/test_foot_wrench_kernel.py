"""Wrenches that torques leave unexplained: exact where torques are, the likeliest where they are not."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.estimation.foot_wrench_kernel import feel_wrenches, follow, likeliest_wrench
from linewalker.geometry import exp_so3
from linewalker.limbs.profiles import PROFILES, load_profile


def test_with_exact_torques_it_is_the_inverse() -> None:
    rng = np.random.default_rng(0)
    J, wrench, out = rng.normal(size=(6, 6)), rng.normal(size=6), np.zeros(6)
    likeliest_wrench(J, J.T @ wrench, np.full(6, 1e-6), np.full(6, 1e3), out)
    np.testing.assert_allclose(out, wrench, atol=1e-6)


def test_it_is_the_maximum_of_the_posterior() -> None:
    rng = np.random.default_rng(1)
    J, residual, out = rng.normal(size=(6, 6)), rng.normal(size=6), np.zeros(6)
    sigma, prior = rng.uniform(0.5, 2, 6), rng.uniform(0.5, 2, 6)

    def unlikelihood(w: np.ndarray) -> float:
        return float(np.sum(((residual - J.T @ w) / sigma) ** 2) + np.sum((w / prior) ** 2))

    likeliest_wrench(J, residual, sigma, prior, out)
    best = unlikelihood(out)
    assert all(unlikelihood(out + 0.01 * rng.normal(size=6)) > best for _ in range(30))


def test_a_straight_knee_does_not_explode() -> None:
    J, out = np.eye(6), np.zeros(6)
    J[2, 3] = 1e-4
    J[3, 3] = 0.0
    likeliest_wrench(J, np.full(6, 2.0), np.ones(6), np.full(6, 100.0), out)
    assert np.abs(out).max() < 100.0


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_wrenches_are_what_the_torques_leave_unexplained(robot: str) -> None:
    """Exact torques of M a + h = tau + J^T w give w back."""
    rng, profile = np.random.default_rng(3), load_profile(robot)
    body, q = Dynamics(profile), np.zeros(7 + len(profile.joints))
    q[:4] = *rng.normal(size=3), 1.0
    q[body.joints + 1] = profile.standing_q()
    body.update(q, 0.3 * rng.normal(size=body.nv))
    acc, wrench, out = rng.normal(size=body.nv), 100.0 * rng.normal(size=(2, 6)), np.zeros((2, 6))
    tau = body.M @ acc + body.h - np.einsum("kij,ki->j", body.J, wrench)
    nowhere = np.tile([-10.0, 10.0], (2, 6, 1))
    noise = (np.array([1e-6, 0.0, 100.0]), nowhere, np.full(6, 1e4))
    feel_wrenches((body.M, body.h, body.J, q), body.legs, (tau, np.zeros(body.nv), acc), noise, out)
    np.testing.assert_allclose(out, wrench, atol=1e-4)
    leaning = np.tile([-10.0, -9.0], (2, 6, 1))  # every joint at its stop: torques say nothing, the prior remains
    feel_wrenches((body.M, body.h, body.J, q), body.legs, (tau, tau, acc), (*noise[:1], leaning, np.full(6, 1e-3)), out)
    assert np.abs(out).max() < 1e-3


def test_filtered_motion_follows_a_steady_one() -> None:
    """A base that turns steadily about a tilted axis, its joints ever faster: the filters end at the true values."""
    rng, n, dt = np.random.default_rng(4), 3, 0.002
    R, spin, lever, R_BI = (
        exp_so3(rng.normal(size=3)),
        rng.normal(size=3),
        rng.normal(size=3),
        exp_so3(rng.normal(size=3)),
    )
    base_acc, joint_acc, torque, bias = rng.normal(size=3), rng.normal(size=n), rng.normal(size=n), rng.normal(size=3)
    at_imu = R.T @ (base_acc + [0.0, 0.0, GRAVITY]) + np.cross(spin, np.cross(spin, lever))
    filtered = (np.zeros(6 + n), np.zeros(6 + n), np.zeros(6 + n))
    tuning = np.array([dt, 0.006, GRAVITY])
    for tick in range(200):
        measured = (torque, joint_acc * tick * dt, R_BI.T @ at_imu + bias, bias)
        follow(measured, (R, spin), (lever, R_BI), np.arange(6, 6 + n), tuning, filtered)
    np.testing.assert_allclose(filtered[0][6:], torque, atol=1e-9)
    np.testing.assert_allclose(filtered[2], [*base_acc, 0.0, 0.0, 0.0, *joint_acc], atol=1e-6)
