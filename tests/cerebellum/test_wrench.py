"""Foot wrenches from motor torques."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.rig import Rig

from linewalker.cerebellum.wrench_kernel import likeliest_wrench


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


def test_standing_and_walking_without_foot_sensors() -> None:
    rig = Rig(seed=2, foot_sensors=False)
    rig.run(0.5)
    errors = []

    def compare() -> bool:
        true = rig.robot.body.foot_force_n
        errors.append(rig.motion.wrench.wrench[:, 2] - true)
        return rig.state.arrived and len(errors) > 250

    rig.run(0.5, until=compare)
    assert np.std(errors) < 12.0
    assert np.mean(errors) == pytest.approx(0.0, abs=5.0)
    errors.clear()
    rig.motion.walk_to(0.5, 0.3, 0.5)
    rig.run(12.0, until=compare)
    assert rig.state.arrived
    assert np.std(errors) < 35.0
    rig.run(0.5)
    np.testing.assert_allclose(rig.middle()[:2], [0.5, 0.3], atol=0.02)
