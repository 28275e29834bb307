"""Panels and their copies: which bodies they are, that neighbours share a seam, and that mirror images are proper."""

import numpy as np
import pytest
import shapely

from linewalker.errors import InputError
from linewalker.plantfile import PlantFile
from linewalker.vehicle.build.drawing import Sheet
from linewalker.vehicle.build.model_file import SeamDrawing
from linewalker.vehicle.build.panel_edges import PanelWorks, Piece, body_names, floors, read_piece, rims_of

MIRROR = np.array([1.0, -1.0, 1.0])


def node(text):
    return PlantFile.parse(f"panel: {text}\n", "model.yaml")["panel"]


@pytest.fixture(scope="module")
def sheet(skin, sedan_file):
    return Sheet(skin, sedan_file["views"], sedan_file["outlines"])


@pytest.fixture(scope="module")
def doors(sheet, sedan_file):
    """Front and rear door of both sides."""
    panels = sedan_file["panels"]
    return [read_piece(sheet, name, panels[name], ("paint",))[0] for name in ("front_door", "rear_door")]


@pytest.fixture(scope="module")
def works(skin, doors, sedan_file):
    seam = SeamDrawing(master="front_door", slave="rear_door", gap_m=0.0035, node=sedan_file["seams"])
    return PanelWorks(skin, doors, [seam])


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("{outline: hood}", {"p": "hood"}),
        ("{outline: front_door}", {"p_right": "front_door", "p_left": "front_door"}),
        ("{outline: front_door, only: left}", {"p_left": "front_door"}),
        (
            "{outline: {right: body_side_right, left: body_side_left}}",
            {"p_right": "body_side_right", "p_left": "body_side_left"},
        ),
    ],
)
def test_a_panel_stands_for_the_bodies_its_outline_has(sheet, text, bodies):
    assert body_names(sheet, "p", node(text)) == bodies


def test_sides_that_differ_are_two_pieces_and_alike_ones_are_one_with_a_mirror_image(sheet):
    text = "{outline: front_door, material: paint, radius: 1.5, gap: 3}"
    (door,) = read_piece(sheet, "p", node(text), ("paint",))
    assert door.bodies == (("p_right", False), ("p_left", True))
    assert (door.radius_m, door.gap_m) == pytest.approx((0.0015, 0.003))
    sides = read_piece(
        sheet, "p", node("{outline: {right: body_side_right, left: body_side_left}, material: paint}"), ("paint",)
    )
    assert [piece.bodies for piece in sides] == [(("p_right", False),), (("p_left", True),)]
    assert (sides[0].radius_m, sides[0].gap_m) == (0.002, 0.004)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{outline: nowhere, material: paint}", "unknown outline 'nowhere'"),
        ("{outline: front_door, material: gold}", "unknown material 'gold'"),
        ("{outline: front_door, only: top, material: paint}", "unknown side 'top'"),
    ],
)
def test_what_is_wrong_with_a_panel_is_said(sheet, text, says):
    with pytest.raises(InputError, match=says):
        read_piece(sheet, "p", node(text), ("paint",))


def test_neighbours_leave_the_gap_of_their_seam_between_them(works, doors):
    """Where they face each other, feet are a gap and two radii apart: the seam's gap, not that of the panels."""
    front, rear = (works.edges(door, fine=False)[0].rim.foot_m for door in doors)
    middle = rear[np.abs(rear[:, 2] - 0.3) < 0.05]
    nearest = np.array([np.linalg.norm(front - p, axis=1).min() for p in middle])
    facing = nearest < 0.02
    assert facing.sum() > 1
    fine = [works.edges(door, fine=True)[0].rim.foot_m for door in doors]
    near = np.array([np.linalg.norm(fine[0] - p, axis=1).min() for p in fine[1]])
    assert near.min() == pytest.approx(0.0035 + 2 * 0.002, abs=3e-4)


def test_only_panels_of_a_seam_are_built_finely(works, doors, skin):
    assert all(works.is_measured(door) for door in doors)
    assert not any(PanelWorks(skin, doors, []).is_measured(door) for door in doors)
    coarse, fine = (sum(len(edge.rim.foot_m) for edge in works.edges(doors[0], fine=f)) for f in (False, True))
    assert fine > 1.3 * coarse


def test_the_mirror_image_of_a_rim_is_a_rim_again(works, doors):
    """binormal = normal x tangent on both sides, and feet follow one another along the tangent."""
    edges = works.edges(doors[0], fine=False)
    right, left = (rims_of(edges, body, mirrored)[0] for body, mirrored in (("a", False), ("b", True)))
    assert (right.body, left.body) == ("a", "b")
    np.testing.assert_allclose(left.foot_m[::-1], right.foot_m * MIRROR)
    for rim in (right, left):
        np.testing.assert_allclose(np.cross(rim.normal, rim.tangent), rim.binormal, atol=1e-9)
        ahead = np.roll(rim.foot_m, -1, axis=0) - rim.foot_m
        assert np.mean(np.einsum("ij,ij->i", ahead, rim.tangent) > 0) > 0.98


def test_the_floor_of_a_gap_lies_below_the_skin(works, doors, skin):
    strips = floors(works.edges(doors[0], fine=False), only_fine=False)
    assert strips
    for strip in strips:
        depth = -skin.values(strip.vertices)
        assert depth.min() > 0.004
        assert depth.max() < 0.03
    assert len(floors(works.edges(doors[0], fine=False), only_fine=True)) == 0


def test_a_trace_is_the_outline_on_the_skin(works, doors, skin):
    door: Piece = doors[0]
    for trace in works.trace(door):
        assert np.abs(skin.values(trace.points)).max() < 1e-6
        uv = door.outline.view.project(trace.points)
        off = [door.outline.region.boundary.distance(p) for p in shapely.points(uv[::50])]
        assert max(off) < 2e-3
