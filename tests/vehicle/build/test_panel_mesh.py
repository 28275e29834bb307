"""The inside of a panel: one sheet within its rims, as near to the skin as asked, finely beside a fine rim."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon

from linewalker.vehicle.build.drawing import Sheet
from linewalker.vehicle.build.panel_edges import PanelWorks, Piece
from linewalker.vehicle.build.panel_mesh import Facets, Inside, _has_sides, _ring_sides, _thinned

FACETS = Facets(grid_m=0.03)


@pytest.fixture(scope="module")
def flap(skin, sedan_file):
    sheet = Sheet(skin, sedan_file["views"], sedan_file["outlines"])
    return Piece(panel="flap", outline=sheet["charge_flap"], bodies=(("flap", False),), material="paint",
                 radius_m=0.002, gap_m=0.004)  # fmt: skip


@pytest.fixture(scope="module")
def edges(skin, flap):
    return PanelWorks(skin, [flap], []).edges(flap, fine=False)


@pytest.fixture(scope="module")
def inside(skin, flap, edges):
    return Inside(skin, flap.outline.view, edges, FACETS)


@pytest.fixture(scope="module")
def mesh(inside):
    return inside.mesh()


def open_edges(faces):
    """Sides that only one face has."""
    sides = np.sort(np.vstack([faces[:, [i, (i + 1) % 3]] for i in range(3)]), axis=1)
    unique, count = np.unique(sides, axis=0, return_counts=True)
    assert count.max() == 2
    return unique[count == 1]


def test_it_ends_at_its_rim_and_nowhere_else(mesh, edges):
    feet = sum(len(edge.rim.foot_m) for edge in edges)
    border = open_edges(mesh.faces)
    assert border.max() < feet  # rim points come first
    expected = _ring_sides([len(edge.rim.foot_m) for edge in edges])
    assert {tuple(side) for side in border.tolist()} == {tuple(sorted(side)) for side in expected.tolist()}


def test_its_triangles_cover_the_region_once_and_look_out(mesh, flap, edges):
    view = flap.outline.view
    a, b, c = mesh.vertices[mesh.faces].transpose(1, 0, 2)
    normal = np.cross(b - a, c - a)
    assert (np.einsum("ij,ij->i", normal, mesh.normals[mesh.faces[:, 0]]) > 0).all()
    drawn = view.project(mesh.vertices)[mesh.faces]
    first, second = drawn[:, 1] - drawn[:, 0], drawn[:, 2] - drawn[:, 0]
    covered = 0.5 * np.abs(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]).sum()
    rings = [view.project(edge.rim.foot_m) for edge in edges]
    assert covered == pytest.approx(Polygon(rings[0], rings[1:]).area, rel=1e-6)


def test_every_vertex_is_on_the_skin_and_no_side_is_too_far_from_it(mesh, skin, edges):
    feet = sum(len(edge.rim.foot_m) for edge in edges)
    assert np.abs(skin.values(mesh.vertices[feet:])).max() < 1e-6
    np.testing.assert_allclose(mesh.normals[feet:], skin.normals(mesh.vertices[feet:]), atol=1e-9)
    sides = np.vstack([mesh.faces[:, [i, (i + 1) % 3]] for i in range(3)])
    sides = sides[sides.max(axis=1) >= feet]
    middle = mesh.vertices[sides].mean(axis=1)
    assert np.mean(np.abs(skin.values(middle)) <= FACETS.sag_m) > 0.99


def test_finer_facets_follow_more_closely(skin, flap, edges, inside):
    fine = Inside(skin, flap.outline.view, edges, Facets(grid_m=0.012))
    assert len(fine.points) > 1.5 * len(inside.points)


def test_an_edge_that_crosses_itself_is_refused(skin, flap, edges):
    rim = edges[0].rim
    foot = rim.foot_m.copy()
    foot[[3, len(foot) // 2]] = foot[[len(foot) // 2, 3]]
    crossed = replace(edges[0], rim=replace(rim, foot_m=foot))
    with pytest.raises(ValueError, match="crosses itself"):
        Inside(skin, flap.outline.view, [crossed], FACETS)


@given(st.lists(st.integers(3, 9), min_size=1, max_size=4))
def test_sides_of_rings_go_round_each_ring(sizes):
    sides = _ring_sides(sizes)
    assert len(sides) == sum(sizes)
    assert sorted(sides[:, 0]) == sorted(sides[:, 1]) == list(range(sum(sizes)))
    ring = np.repeat(np.arange(len(sizes)), sizes)
    assert (ring[sides[:, 0]] == ring[sides[:, 1]]).all()


def test_sides_are_found_whichever_way_they_run():
    faces = np.array([[0, 1, 2], [2, 1, 3]], np.int32)
    sides = np.array([[1, 0], [1, 2], [2, 1], [0, 3], [3, 2]])
    assert _has_sides(faces, sides, 4).tolist() == [True, True, True, False, True]


def test_of_points_in_one_cell_one_is_kept():
    points = np.random.default_rng(0).uniform(0, 1, (500, 3))
    kept = _thinned(points, 0.25)
    assert len(kept) == len(np.unique(np.floor(points / 0.25).astype(int), axis=0))
    assert {tuple(p) for p in kept} <= {tuple(p) for p in points}
