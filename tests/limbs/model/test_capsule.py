"""Capsules hold what they are fitted to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from linewalker.geometry import exp_so3
from linewalker.limbs.model.capsule import Capsule, fit_capsule, fit_capsules


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


def slab(length: float, width: float, height: float) -> tuple[np.ndarray, np.ndarray]:
    """A plate as a mesh: its eight corners and twelve triangles, turned somehow."""
    corners = np.array([[x, y, z] for x in (0, length) for y in (0, width) for z in (0, height)], float)
    R = exp_so3(np.array([0.3, -0.7, 1.1]))
    return corners @ R.T, ConvexHull(corners).simplices


def test_what_one_capsule_fits_gets_one() -> None:
    vertices, faces = slab(0.4, 0.1, 0.1)
    found = fit_capsules(vertices, faces, air_m3=0.01, most=4)
    assert len(found) == 1
    assert found[0].radius_m == fit_capsule(vertices).radius_m


@given(st.floats(0.3, 0.6), st.floats(0.2, 0.3), st.floats(0.05, 0.15))
@settings(max_examples=10, deadline=None)
def test_a_plate_gets_several_that_hold_it_better_with_less_air(length: float, width: float, height: float) -> None:
    vertices, faces = slab(length, width, height)
    few, many = (fit_capsules(vertices, faces, air_m3=0.0, most=most) for most in (1, 4))
    assert (len(few), len(many)) == (1, 4)
    assert sum(c.volume_m3 for c in many) < 0.9 * few[0].volume_m3
    shares = np.random.default_rng(0).dirichlet(np.ones(3), 40)
    skin = np.vstack([shares @ triangle for triangle in vertices[faces]])
    deepest = np.max([depth(capsule, skin) for capsule in many], axis=0)
    assert deepest.min() > depth(few[0], skin).min()


def test_a_capsule_has_the_volume_of_its_cylinder_and_its_ball() -> None:
    capsule = Capsule(start=np.zeros(3), end=np.array([0.0, 3.0, 4.0]), radius_m=2.0)
    assert capsule.volume_m3 == pytest.approx(np.pi * (20.0 + 32.0 / 3.0))
