"""Lofts pass through their sections; plates stand proud of them by what was asked and close on themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.limbs.designs.cover import bellows, plate, spot
from linewalker.limbs.designs.loft import Loft, section
from tests.limbs.designs.test_mesh import is_closed, volume_m3

EGG = Loft(
    sections=[section(0.0, 0.05, 0.04), section(0.1, 0.08, 0.06, x=0.01), section(0.2, 0.05, 0.05)],
    dome_low_m=0.03,
    dome_high_m=0.03,
)
BALL = Loft(
    sections=[section(-1e-4, 0.1, 0.1, power=2.0), section(1e-4, 0.1, 0.1, power=2.0)],
    dome_low_m=0.1,
    dome_high_m=0.1,
    dome_power=2.0,
)


def test_a_loft_passes_through_its_sections() -> None:
    front, left, back = EGG.surface(0.5, np.array([0.0, np.pi / 2, np.pi]))
    np.testing.assert_allclose(front, [0.09, 0.0, 0.1], atol=1e-12)
    np.testing.assert_allclose(left, [0.01, 0.06, 0.1], atol=1e-12)
    np.testing.assert_allclose(back, [-0.07, 0.0, 0.1], atol=1e-12)


@given(st.floats(-0.9, 1.9), st.floats(-3.1, 3.1))
def test_a_round_loft_with_round_domes_is_a_sphere(u: float, angle: float) -> None:
    assert np.linalg.norm(BALL.surface(u, angle)) == pytest.approx(0.1, abs=2e-4)


@given(st.floats(-0.8, 1.8), st.floats(-3.0, 3.0))
def test_normals_of_a_sphere_are_radial(u: float, angle: float) -> None:
    point = BALL.surface(u, angle)
    assert BALL.normal(u, angle) @ point / np.linalg.norm(point) > 0.99


def test_a_meshed_sphere_has_its_volume() -> None:
    mesh = BALL.mesh(rings=2, points=80, dome_rings=20)
    assert is_closed(mesh)
    assert volume_m3(mesh) == pytest.approx(4 / 3 * np.pi * 0.1**3, rel=0.02)


@given(st.floats(0.002, 0.01), st.floats(2.0, 8.0))
def test_a_plate_stands_proud_by_its_lift(lift: float, corner_power: float) -> None:
    mesh = plate(BALL, [(-0.3, -40, 40), (0.5, -50, 50), (1.3, -40, 40)], lift_m=lift, corner_power=corner_power)
    assert is_closed(mesh)
    assert volume_m3(mesh) > 0
    assert np.linalg.norm(mesh.vertices, axis=1).max() == pytest.approx(0.1 + lift, abs=3e-4)


def test_the_border_of_a_plate_lies_under_the_skin() -> None:
    mesh = plate(BALL, [(-0.3, -40, 40), (1.3, -40, 40)], lift_m=0.004, edge_m=0.0035)
    assert np.linalg.norm(mesh.vertices, axis=1).min() < 0.1 - 0.003


def test_a_spot_is_as_wide_as_it_says() -> None:
    tube = Loft(sections=[section(0.0, 0.1, 0.1, power=2.0), section(0.2, 0.1, 0.1, power=2.0)])
    extent = np.ptp(spot(tube, 0.5, 0.0, 0.01, lift_m=0.001).vertices, axis=0)
    np.testing.assert_allclose(extent[1:], 0.02, rtol=0.1)


def test_bellows_keep_to_their_ends() -> None:
    mesh = bellows(section(0.0, 0.05, 0.05, power=2.0), section(0.1, 0.05, 0.05, power=2.0), folds=3, depth_m=0.01)
    assert is_closed(mesh)
    radius = np.hypot(mesh.vertices[:, 0], mesh.vertices[:, 1])
    assert radius.max() <= 0.0515
