"""Capsules hold what they are fitted to."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from linewalker.geometry import exp_so3
from linewalker.limbs.capsule import Capsule, fit_capsule


def depth(capsule: Capsule, points: np.ndarray) -> np.ndarray:
    axis = capsule.end - capsule.start
    along = np.clip((points - capsule.start) @ axis / (axis @ axis), 0, 1)
    return capsule.radius_m - np.linalg.norm(points - capsule.start - along[:, None] * axis, axis=1)


@given(st.floats(0.1, 0.5), st.floats(0.01, 0.04), st.integers(0, 99))
def test_a_capsule_is_found_again(length: float, radius: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    R, at = exp_so3(rng.normal(size=3)), rng.normal(size=3)
    angle, z = rng.uniform(0, 2 * np.pi, 3000), rng.uniform(-length / 2, length / 2, 3000)
    tube = np.column_stack((z, radius * np.cos(angle), radius * np.sin(angle)))
    tips = np.array([[-length / 2 - radius, 0, 0], [length / 2 + radius, 0, 0]]).repeat(200, axis=0)
    points = np.vstack((tube, tips)) @ R.T + at
    capsule = fit_capsule(points)
    assert abs(capsule.radius_m - radius) < 0.1 * radius
    assert abs(np.linalg.norm(capsule.end - capsule.start) - length) < 0.1 * length + 0.2 * radius
    assert np.quantile(depth(capsule, points), 0.05) > -0.1 * radius


def test_a_disc_becomes_a_ball() -> None:
    angle = np.linspace(0, 2 * np.pi, 200)
    disc = np.column_stack((0.05 * np.cos(angle), 0.05 * np.sin(angle), np.zeros(200)))
    capsule = fit_capsule(disc)
    assert np.linalg.norm(capsule.end - capsule.start) < 0.02
