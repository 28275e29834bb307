"""Distances of segments and prisms against slow references."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from linewalker.cerebellum.body.clearance import Obstacles, Prism
from linewalker.cerebellum.body.clearance_kernel import prism_distance, segment_points, segment_prism

SQUARE = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 1.0], [0.0, 1.0]])
HEXAGON = np.array([[np.cos(a), 0.6 * np.sin(a)] for a in np.arange(6) * np.pi / 3])

coordinates = st.floats(-2.0, 2.0, allow_nan=False).map(lambda x: round(x, 3))
points = st.tuples(coordinates, coordinates, coordinates).map(np.array)


def sampled_distance(a0, a1, b0, b1, n=60):
    s = np.linspace(0.0, 1.0, n)[:, None]
    on_a, on_b = a0 + s * (a1 - a0), b0 + s * (b1 - b0)
    return np.linalg.norm(on_a[:, None] - on_b[None], axis=2).min()


def reference_prism(p, outline, bottom, top):
    polygon = Polygon(outline)
    flat = polygon.exterior.distance(Point(p[:2])) * (-1 if polygon.contains(Point(p[:2])) else 1)
    above = max(p[2] - top, bottom - p[2])
    return np.hypot(flat, above) if flat > 0 and above > 0 else max(flat, above)


@given(points, points, points, points)
@settings(max_examples=150, deadline=None)
def test_nearest_points_of_segments_are_nearest(a0, a1, b0, b1):
    a, b = segment_points(a0, a1, b0, b1)
    found = np.linalg.norm(a - b)
    longest = max(np.linalg.norm(a1 - a0), np.linalg.norm(b1 - b0))
    sampled = sampled_distance(a0, a1, b0, b1)
    assert found <= sampled + 1e-6
    assert found >= sampled - longest / 59 - 1e-9


def test_crossing_segments_touch_and_points_are_segments_too():
    a, b = segment_points(*np.array([[0, 0, 0], [2, 2, 0], [0, 2, 0], [2, 0, 0.0]]))
    assert a == pytest.approx([1, 1, 0])
    assert b == pytest.approx([1, 1, 0])
    p = np.array([0.5, 3.0, 0.0])
    a, b = segment_points(np.zeros(3), np.array([1.0, 0, 0]), p, p)
    assert a == pytest.approx([0.5, 0, 0])
    assert b == pytest.approx(p)


@given(points, st.sampled_from([SQUARE, HEXAGON]))
@settings(max_examples=150, deadline=None)
def test_prism_distance_equals_the_reference(p, outline):
    normal = np.zeros(3)
    assert prism_distance(p, outline, -0.5, 0.7, normal) == pytest.approx(
        reference_prism(p, outline, -0.5, 0.7), abs=1e-9
    )
    assert np.linalg.norm(normal) == pytest.approx(1.0)


@given(points)
@settings(max_examples=100, deadline=None)
def test_prism_distance_grows_along_its_normal(p):
    normal, other = np.zeros(3), np.zeros(3)
    distance = prism_distance(p, HEXAGON, -0.5, 0.7, normal)
    if distance > 1e-3:
        ahead = prism_distance(p + 1e-4 * normal, HEXAGON, -0.5, 0.7, other)
        assert ahead - distance == pytest.approx(1e-4, rel=1e-3)


@given(points, points)
@settings(max_examples=100, deadline=None)
def test_segment_to_prism_is_the_least_over_its_points(a, b):
    normal = np.zeros(3)
    found, _ = segment_prism(a, b, SQUARE, -0.5, 0.7, normal)
    samples = [prism_distance(a + s * (b - a), SQUARE, -0.5, 0.7, normal) for s in np.linspace(0, 1, 200)]
    assert found <= min(samples) + 1e-4
    assert found >= min(samples) - np.linalg.norm(b - a) / 199


def test_flat_segment_against_shapely():
    normal = np.zeros(3)
    a, b = np.array([-1.0, 2.0, 0.1]), np.array([3.0, 1.2, 0.1])
    found, _ = segment_prism(a, b, SQUARE, -0.5, 0.7, normal)
    assert found == pytest.approx(LineString([a[:2], b[:2]]).distance(Polygon(SQUARE)), abs=1e-4)


def test_packing_keeps_every_corner_and_height():
    packed = Obstacles.pack(
        [Prism(outline_m=SQUARE, bottom_m=0, top_m=1), Prism(outline_m=HEXAGON, bottom_m=1, top_m=3)]
    )
    assert packed.first.tolist() == [0, 4, 10]
    assert packed.corners[4:] == pytest.approx(HEXAGON)
    assert packed.heights.tolist() == [[0, 1], [1, 3]]


@pytest.mark.parametrize("outline", [SQUARE[::-1], SQUARE[:2], SQUARE[[0, 2, 1, 3]]])
def test_prisms_have_to_be_convex_and_counter_clockwise(outline):
    with pytest.raises(ValueError, match="counter-clockwise"):
        Prism(outline_m=outline, bottom_m=0.0, top_m=1.0)
