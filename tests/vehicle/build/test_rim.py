"""Edges of panels: the circle, the gap, and that skin and edge are one closed sheet."""

import numpy as np
import pytest

from linewalker.vehicle.build.drawing import Sheet
from linewalker.vehicle.build.panel_edges import PanelWorks, Piece, panel_mesh
from linewalker.vehicle.build.panel_mesh import Facets
from linewalker.vehicle.build.rim import COARSE, hem


@pytest.fixture(scope="module")
def flap(skin, sedan_file):
    sheet = Sheet(skin, sedan_file["views"], sedan_file["outlines"])
    return Piece(
        panel="flap",
        outline=sheet["charge_flap"],
        bodies=(("flap", False),),
        material="paint",
        radius_m=0.002,
        gap_m=0.004,
    )


@pytest.fixture(scope="module")
def edge(skin, flap):
    return PanelWorks(skin, [flap], []).edges(flap, fine=False)[0]


def test_the_edge_is_a_quarter_circle_of_the_drawn_radius(edge):
    rim = edge.rim
    mesh = hem(edge)
    rows = mesh.vertices.reshape(-1, len(rim.foot_m), 3)[: COARSE.arc_facets + 1]
    centre = rim.foot_m - rim.radius_m * rim.normal
    offset = rows - centre
    assert np.abs((offset * rim.tangent).sum(2)).max() < 1e-12
    radius = np.linalg.norm(offset, axis=2)
    sag = rim.radius_m * (1 - np.cos(np.pi / 4 / COARSE.arc_facets))
    assert np.abs(radius - rim.radius_m).max() <= sag
    assert rows[0] == pytest.approx(rim.foot_m)
    assert rows[-1] == pytest.approx(centre - rim.radius_m * rim.binormal)


def test_feet_lie_on_the_skin_half_a_gap_and_a_radius_inside_the_outline(skin, edge):
    assert np.abs(skin.values(edge.rim.foot_m)).max() < 1e-9
    assert np.linalg.norm(edge.rim.foot_m - edge.middle, axis=1) == pytest.approx(0.004, rel=1e-3)


def test_frames_along_the_rim_are_orthonormal(edge):
    rim = edge.rim
    frames = np.stack((rim.normal, rim.binormal, rim.tangent), 1)
    assert frames @ frames.transpose(0, 2, 1) == pytest.approx(np.tile(np.eye(3), (len(frames), 1, 1)), abs=1e-9)
    assert np.cross(rim.normal, rim.tangent) == pytest.approx(rim.binormal)


def test_binormals_point_into_the_panel_on_both_sides_of_the_car(sedan):
    for body in ("front_door_right", "front_door_left", "hood", "head_lamp_left", "trunk"):
        rim = sedan.rims[body][0]
        centroid = rim.foot_m.mean(0)
        inward = ((centroid - rim.foot_m) * rim.binormal).sum(1)
        assert (inward > 0).mean() > 0.8, body


def test_skin_and_edge_close_along_the_rim(skin, flap, edge):
    assert_closed(skin, panel_mesh(skin, flap, [edge], Facets(grid_m=0.03)))


@pytest.mark.parametrize("body", ["front_door_right", "head_lamp_left", "trunk", "hood"])
def test_ray_meshes_are_closed_but_for_the_foot_of_their_flanks(skin, sedan, body):
    mesh = next(mesh for mesh in sedan.meshes if mesh.body == body and mesh.role == "ray")
    assert_closed(skin, mesh)


def assert_closed(skin, mesh):
    """A side that only one face has must lie at the foot of a flank, deep below the skin."""
    vertices = np.asarray(getattr(mesh, "vertices_m", None) if hasattr(mesh, "vertices_m") else mesh.vertices, float)
    _, merged = np.unique(np.round(vertices, 7), axis=0, return_inverse=True)
    faces = merged.ravel()[mesh.faces]
    sides = np.sort(np.vstack((faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]])), axis=1)
    sides = sides[sides[:, 0] != sides[:, 1]]
    pairs, count = np.unique(sides, axis=0, return_counts=True)
    open_vertices = np.unique(pairs[count == 1])
    first = np.zeros(merged.max() + 1, int)
    first[merged.ravel()] = np.arange(len(vertices))
    assert skin.values(vertices[first[open_vertices]]).max() < -0.009
