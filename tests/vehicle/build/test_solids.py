"""Volumes of solids by the divergence theorem: wrong winding, holes or sizes would show."""

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon

from linewalker.vehicle.build import solids
from linewalker.vehicle.build.triangles import Triangles, joined


def volume(mesh: Triangles) -> float:
    a, b, c = (mesh.vertices[mesh.faces[:, i]] for i in range(3))
    return float((a * np.cross(b, c)).sum() / 6)


FIGURE = Polygon([(0, 0), (4, 0), (4, 3), (0, 3)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])


def test_an_extruded_figure_has_its_area_times_its_thickness():
    base = solids.extruded(FIGURE, 1e-9)
    assert volume(joined([solids.extruded(FIGURE, 0.5)])) == pytest.approx(11 * 0.5, rel=1e-6)
    assert volume(base) == pytest.approx(0, abs=1e-6)


def test_a_bevel_takes_a_rim_away():
    plain, bevelled = (volume(solids.extruded(FIGURE, 0.5, bevel)) for bevel in (0.0, 0.1))
    assert plain - bevelled == pytest.approx(0.5 * 0.1 * 0.1 * (14 + 4), rel=0.05)


def test_a_turned_profile_is_a_body_of_revolution():
    cup = np.array([[0.0, 0.0], [0.3, 0.0], [0.3, 0.5], [0.0, 0.5]])
    assert volume(solids.turned(cup, 400)) == pytest.approx(np.pi * 0.3**2 * 0.5, rel=1e-3)


def test_an_arc_turns_only_that_far():
    mesh = solids.turned(np.array([[1.0, 0.0], [1.0, 1.0]]), 31, (0.0, np.pi / 2))
    angle = np.arctan2(mesh.vertices[:, 1], mesh.vertices[:, 0])
    assert (angle.min(), angle.max()) == pytest.approx((0, np.pi / 2))


def test_a_block_and_a_rounded_block_fill_their_box():
    low, high = np.array([-1.0, -2.0, 0.0]), np.array([1.0, 1.0, 0.5])
    assert volume(solids.block(low, high)) == pytest.approx(3.0, rel=1e-6)
    low, high = np.array([-1.0, -2.0, -0.5]), np.array([2.0, 1.0, 0.5])
    mesh = solids.rounded_block(low, high, (1.0, 1.0), 60)
    assert mesh.vertices.min(0) == pytest.approx(low, abs=0.02)
    assert mesh.vertices.max(0) == pytest.approx(high, abs=0.02)
    assert volume(mesh) == pytest.approx(np.pi / 6 * 9, rel=0.02)


def test_a_straight_sweep_is_a_prism():
    curve = np.column_stack((np.linspace(0, 2, 5), np.zeros(5), np.zeros(5)))
    up = np.tile([0.0, 0.0, 1.0], (5, 1))
    profile = np.array([[-0.1, 0.0], [0.1, 0.0], [0.1, 0.3], [-0.1, 0.3]])
    assert volume(solids.swept(curve, up, profile)) == pytest.approx(2 * 0.2 * 0.3, rel=1e-6)


def test_spun_copies_stand_evenly_around():
    mesh = solids.spun(solids.block(np.array([0.9, -0.1, 0]), np.array([1.1, 0.1, 0.2])), 5)
    assert mesh.vertices.mean(0)[:2] == pytest.approx([0, 0], abs=1e-12)
    assert volume(mesh) == pytest.approx(5 * 0.2 * 0.2 * 0.2)


def test_mirroring_keeps_faces_outward():
    mesh = solids.block(np.zeros(3), np.ones(3))
    assert volume(mesh.mirrored()) == pytest.approx(volume(mesh))


def test_clipping_keeps_one_side():
    mesh = solids.rounded_block(-np.ones(3), np.ones(3), (1.0, 1.0), 40)
    upper = solids.clipped(mesh, 1, 1.0, 0.2)
    assert mesh.vertices[upper.faces].mean(1)[:, 1].min() > 0.2


def test_a_nut_has_six_corners():
    assert shapely.get_num_coordinates(solids.regular_polygon(0.01, 6)) == 7
