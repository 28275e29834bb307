"""Machine parts have the sizes they were asked for, lie along their axes, and are closed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.limbs.designs.cover import Finish, along, bellows, disc, plate, ring, rod, spot
from linewalker.limbs.designs.loft import Loft, section
from tests.limbs.designs.test_mesh import is_closed, volume_m3

TUBE = Loft(sections=[section(0.0, 0.1, 0.1, power=2.0), section(0.4, 0.1, 0.1, power=2.0)])
sizes = st.floats(0.01, 0.2)


@settings(max_examples=30)
@given(sizes, sizes, st.sampled_from("xyz"))
def test_a_disc_is_as_thick_and_wide_as_asked_along_its_axis(radius: float, half_width: float, axis: str) -> None:
    bevel = 0.2 * min(radius, half_width)
    mesh = disc(radius, half_width, bevel=bevel, axis=axis, segments=48)
    size, number = np.ptp(mesh.vertices, axis=0), "xyz".index(axis)
    assert size[number] == pytest.approx(2 * half_width)
    np.testing.assert_allclose(np.delete(size, number), 2 * radius, rtol=3e-3)
    np.testing.assert_allclose(mesh.vertices.mean(axis=0), 0.0, atol=1e-9)
    assert is_closed(mesh)
    whole = 2 * np.pi * radius**2 * half_width
    cut = 2 * (2 * np.pi * radius) * bevel**2 * (1 - np.pi / 4)  # Pappus: two corners less their quarter rounds
    assert volume_m3(mesh) == pytest.approx(whole - cut, rel=0.03)


@settings(max_examples=30)
@given(sizes, st.sampled_from("xyz"))
def test_every_point_of_a_ring_is_its_thickness_from_its_circle(radius: float, axis: str) -> None:
    mesh, number = ring(radius, 0.1 * radius, axis=axis), "xyz".index(axis)
    across = np.linalg.norm(np.delete(mesh.vertices, number, axis=1), axis=1)
    np.testing.assert_allclose(np.hypot(across - radius, mesh.vertices[:, number]), 0.1 * radius)
    assert is_closed(mesh)
    assert volume_m3(mesh) > 0


@pytest.mark.parametrize("axis", ["x", "y", "z"])
def test_turning_a_part_keeps_it_what_it_is(axis: str) -> None:
    mesh = rod((0, 0, 0), (0, 0, 0.1), 0.02, 0.01)
    turned = along(mesh, axis)
    assert volume_m3(turned) == pytest.approx(volume_m3(mesh))
    tip = turned.vertices[np.argmax(mesh.vertices[:, 2])]
    assert abs(tip["xyz".index(axis)]) == pytest.approx(0.11, abs=2e-3)  # 10 mm of round end


@settings(max_examples=30)
@given(st.tuples(*[st.floats(-0.1, 0.1)] * 3), st.floats(0.002, 0.02), st.floats(0.5, 1.0))
def test_a_rod_surrounds_its_line(end: tuple[float, float, float], radius: float, taper: float) -> None:
    length = np.linalg.norm(end)
    if length < 0.03:
        return
    mesh, z = rod((0.01, 0.02, 0.03), tuple(np.add((0.01, 0.02, 0.03), end)), radius, taper * radius), end / length
    p = mesh.vertices - [0.01, 0.02, 0.03]
    share = np.clip(p @ z / length, 0.0, 1.0)
    off = np.linalg.norm(p - np.outer(share, end), axis=1)
    assert off.max() <= radius * 1.001
    assert (p @ z).max() <= length + taper * radius + 1e-9
    assert is_closed(mesh)
    assert volume_m3(mesh) > 0


def test_a_bellows_folds_inwards_as_deep_as_asked() -> None:
    low, high = section(0.0, 0.05, 0.05, power=2.0), section(0.1, 0.05, 0.05, power=2.0)
    mesh = bellows(low, high, folds=3, depth_m=0.01)
    body = mesh.vertices[(mesh.vertices[:, 2] > 0.001) & (mesh.vertices[:, 2] < 0.099)]
    radius = np.hypot(body[:, 0], body[:, 1])
    assert radius.max() == pytest.approx(0.05, abs=1e-4)
    assert radius.min() == pytest.approx(0.04, abs=1e-4)
    tight = np.unique(np.round(body[radius < 0.0402, 2], 4))
    assert len(tight) == 3  # one inward fold each
    assert is_closed(mesh)


@pytest.mark.parametrize("lift_m", [0.003, 0.008])
def test_a_plate_stands_proud_by_its_lift_within_its_outline(lift_m: float) -> None:
    mesh = plate(TUBE, [(0.2, -40, 40), (0.8, -40, 40)], lift_m=lift_m, rows=14, columns=14)
    radius = np.hypot(mesh.vertices[:, 0], mesh.vertices[:, 1])
    assert radius.max() == pytest.approx(0.1 + lift_m, abs=2e-4)
    skin = mesh.vertices[radius > 0.1]
    assert np.degrees(np.abs(np.arctan2(skin[:, 1], skin[:, 0]))).max() <= 40.5
    assert skin[:, 2].min() >= 0.08 - 1e-3
    assert skin[:, 2].max() <= 0.32 + 1e-3
    assert is_closed(mesh)


def test_a_spot_is_as_wide_as_asked_wherever_it_sits() -> None:
    for u, angle_deg in ((0.5, 0.0), (0.3, 70.0)):
        mesh = spot(TUBE, u, angle_deg, 0.015, lift_m=0.004)
        middle = TUBE.surface(u, np.radians(angle_deg))
        skin = mesh.vertices[np.hypot(mesh.vertices[:, 0], mesh.vertices[:, 1]) > 0.0995]
        assert np.linalg.norm(skin - middle, axis=1).max() == pytest.approx(0.015, rel=0.15)
        assert np.ptp(skin[:, 2]) == pytest.approx(0.03, rel=0.1)


def test_colours_are_colours() -> None:
    assert all(0.0 <= part <= 1.0 for finish in Finish for part in finish.value)
    assert len({finish.value for finish in Finish}) == len(Finish)
