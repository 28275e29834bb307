"""Regions of the skin: cut, rounded, mirrored and carried from one view into another."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from linewalker.vehicle.build.drawing import Sheet
from linewalker.vehicle.build.outline import (
    HalfSpace,
    PanelOutline,
    _clipped,
    circle,
    corners_rounded,
    largest,
    mirrored,
    piece_at,
    rounded,
    smooth_path,
)

SQUARE = box(0.0, 0.0, 0.2, 0.1)


@pytest.fixture(scope="module")
def sheet(skin, sedan_file):
    return Sheet(skin, sedan_file["views"], sedan_file["outlines"])


@given(st.floats(0.001, 0.03))
def test_rounding_convex_corners_takes_four_corners_away(radius):
    smooth = corners_rounded(SQUARE, radius)
    assert smooth.area == pytest.approx(0.02 - (4 - np.pi) * radius**2, rel=1e-3)
    assert SQUARE.buffer(1e-9).contains(smooth)


def test_rounding_all_corners_fills_reentrant_ones_too():
    angle = SQUARE.union(box(0.0, 0.0, 0.1, 0.3))
    radius = 0.02
    convex, both = corners_rounded(angle, radius), rounded(angle, radius)
    assert both.area - convex.area == pytest.approx((1 - np.pi / 4) * radius**2, rel=0.03)  # one reentrant corner


@pytest.mark.parametrize(("axis", "image"), [(0, box(-0.2, 0.0, 0.0, 0.1)), (1, box(0.0, -0.1, 0.2, 0.0))])
def test_the_mirror_image_is_on_the_other_side(axis, image):
    assert mirrored(SQUARE, axis).symmetric_difference(image).area == pytest.approx(0.0, abs=1e-15)
    assert mirrored(mirrored(SQUARE, axis), axis).equals(SQUARE)


def test_a_circle_is_a_disc():
    disc = circle(0.3, 0.4, 0.05)
    assert disc.area == pytest.approx(np.pi * 0.05**2, rel=1e-3)
    assert (disc.centroid.x, disc.centroid.y) == pytest.approx((0.3, 0.4))


def test_of_several_pieces_the_largest_or_the_one_at_a_place_is_taken():
    pieces = MultiPolygon([SQUARE, box(1.0, 0.0, 1.1, 0.1)])
    assert largest(pieces).equals(SQUARE)
    assert largest(SQUARE) is SQUARE
    assert piece_at(pieces, 1.05, 0.05).bounds[0] == 1.0
    assert piece_at(pieces, 0.8, 0.05).bounds[0] == 1.0  # the nearest, where none holds the place


def test_a_smooth_path_goes_through_its_points_and_keeps_its_corners():
    arc = np.column_stack((np.cos(np.linspace(0, 1.5, 7)), np.sin(np.linspace(0, 1.5, 7))))
    straight = np.array([[0.0, 1.2], [0.0, 0.0]])
    path = smooth_path([arc, straight])
    distance = np.linalg.norm(path[:, None] - np.vstack((arc, straight)), axis=2).min(axis=0)
    assert distance[[0, 6, 7, 8]] == pytest.approx(0.0, abs=1e-12)
    curve = path[:-2]
    assert np.hypot(curve[:, 0], curve[:, 1]) == pytest.approx(1.0, abs=2e-3)
    assert np.array_equal(path[-2:], straight)


@given(st.floats(-1.5, 1.5), st.sampled_from([-1.0, 1.0]))
def test_a_polygon_cut_at_a_plane_keeps_one_side(limit, sign):
    """A unit square that stands on edge: what is left has the area of a strip."""
    square = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1.0]])
    cut = _clipped(square, HalfSpace(axis=2, sign=sign, limit_m=limit))
    low = np.clip(limit, 0.0, 1.0)
    expected = 1.0 - low if sign > 0 else low
    area = Polygon(cut[:, [0, 2]]).area if len(cut) > 2 else 0.0
    assert area == pytest.approx(expected, abs=1e-12)
    assert np.all(sign * (cut[:, 2] - limit) >= -1e-12)


def test_seen_from_its_own_view_a_region_is_itself(sheet):
    door = sheet["front_door"]
    assert door.seen_from(door.view) is door.region


def test_a_region_carried_to_another_view_covers_the_same_skin(sheet, sedan_file):
    """A flap on the flank, seen obliquely and from the side: the same points of the body lie inside."""
    flap = sheet["charge_flap"]
    oblique = [name for name, node in sedan_file["outlines"].items() if node["view"].text() == "quarter"]
    other = sheet[oblique[0]].view
    carried = flap.seen_from(other)
    assert carried.area > 0
    u0, v0, u1, v1 = flap.region.bounds
    u, v = np.meshgrid(np.linspace(u0 - 0.01, u1 + 0.01, 25), np.linspace(v0 - 0.01, v1 + 0.01, 25))
    uv = np.column_stack((u.ravel(), v.ravel()))
    clear = np.array([flap.region.exterior.distance(shapely.Point(p)) > 0.004 for p in uv])
    inside = shapely.contains_xy(flap.region, uv[:, 0], uv[:, 1])
    points = flap.view.lift(uv)
    seen = other.project(points)
    narrow = np.array([carried.exterior.distance(shapely.Point(p)) < 1e-4 for p in seen])
    there = shapely.contains_xy(carried, seen[:, 0], seen[:, 1])
    sure = clear & ~narrow
    assert (there == inside)[sure].mean() > 0.97


def test_what_a_view_does_not_see_is_left_out(sheet):
    door = sheet["front_door"]
    whole = Polygon(door.region.exterior)  # holes are filled
    x = whole.centroid.x
    front = door.seen_from(door.view, (HalfSpace(axis=0, sign=-1.0, limit_m=x),))
    rear = door.seen_from(door.view, (HalfSpace(axis=0, sign=1.0, limit_m=x),))
    assert front.area + rear.area == pytest.approx(whole.area, rel=1e-3)
    assert front.bounds[2] == pytest.approx(x, abs=1e-6)
    assert door.seen_from(door.view, (HalfSpace(axis=0, sign=1.0, limit_m=99.0),)).is_empty


def test_a_region_that_leaves_the_body_says_where(sheet):
    sky = PanelOutline(view=sheet["front_door"].view, region=box(0.8, 0.0, 1.0, 3.0))
    with pytest.raises(ValueError, match=r"leaves the body at u = \d+, v = \d+ mm"):
        sky.seen_from(sheet["hood"].view)
