"""Distances of segments and prisms against slow references."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from linewalker.cerebellum.body.clearance import Obstacles, Prism
from linewalker.cerebellum.body.clearance_kernel import (
    add_velocity,
    box_distance,
    boxes_of,
    clearance_rows,
    middles_of,
    prism_distance,
    segment_points,
    segment_prism,
)
from linewalker.geometry import exp_so3

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


def test_the_velocity_of_a_point_is_the_derivative_of_its_way():
    """Base shifted, base turned about its own axes, and each hinge turned, by finite differences."""
    rng = np.random.default_rng(3)
    base, R, p, n = rng.normal(size=3), exp_so3(rng.normal(size=3)), rng.normal(size=3), rng.normal(size=3)
    anchors, axes, moves = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), np.array([True, False, True, True])
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    row, step = np.zeros(10), 1e-6
    add_velocity(row, -2.0, n, p, moves, (base, R, anchors, axes))

    def moved(k):
        if k < 3:
            return p + step * np.eye(3)[k]
        if k < 6:
            return base + exp_so3(step * R[:, k - 3]) @ (p - base)
        return anchors[k - 6] + exp_so3(step * axes[k - 6]) @ (p - anchors[k - 6]) if moves[k - 6] else p

    assert row == pytest.approx([-2.0 * n @ (moved(k) - p) / step for k in range(10)], abs=1e-4)


def random_capsules(rng, count):
    return rng.uniform(-1.0, 1.0, (count, 2, 3)), rng.uniform(0.02, 0.1, count)


@pytest.mark.parametrize("seed", range(3))
def test_rows_are_all_distances_below_the_reach_and_no_other(seed):
    """The quick exclusion by balls and boxes leaves out nothing that the slow search finds."""
    rng = np.random.default_rng(seed)
    ends, radii = random_capsules(rng, 7)
    pairs = np.array([(i, j) for i in range(7) for j in range(i)])
    prisms = [
        Prism(outline_m=SQUARE - [1.0, 2.0], bottom_m=-0.5, top_m=0.2),
        Prism(outline_m=HEXAGON * 0.4, bottom_m=0.8, top_m=1.5),
    ]
    packed, reach = Obstacles.pack(prisms), 0.3
    expected = {}
    for i, j in pairs:
        a, b = segment_points(*ends[i], *ends[j])
        expected[i, j] = np.linalg.norm(a - b) - radii[i] - radii[j]
    for i in range(7):
        for k, prism in enumerate(prisms):
            far = segment_prism(*ends[i], prism.outline_m, prism.bottom_m, prism.top_m, np.zeros(3))[0]
            expected[i, -1 - k] = far - radii[i]
    expected = {pair: distance for pair, distance in expected.items() if distance <= reach}
    shape = (radii, np.zeros(7, np.int64), np.zeros((1, 2), bool), pairs)
    body = (np.zeros(3), np.eye(3), np.zeros((2, 3)), np.zeros((2, 3)))
    obstacles = (packed.corners, packed.first, packed.heights)
    found = (np.zeros(60), np.zeros((60, 8)), np.zeros((60, 2), np.int64))
    count = clearance_rows(ends, shape, obstacles, body, reach, found)
    assert 3 < len(expected) < 35
    assert dict(zip(map(tuple, found[2][:count].tolist()), found[0][:count])) == pytest.approx(expected)
    short = (np.zeros(2), np.zeros((2, 8)), np.zeros((2, 2), np.int64))
    assert clearance_rows(ends, shape, obstacles, body, reach, short) == count  # says how much room it wants
    assert short[0] == pytest.approx(found[0][:2])


@pytest.mark.parametrize(
    ("moves", "slope"), [((False, False), 0.0), ((True, True), 0.0), ((False, True), -0.3 / 0.1**0.5)]
)
def test_only_a_hinge_between_two_parts_brings_them_nearer(moves, slope):
    """The upper of two parallel capsules turns about an axis along x one metre below the lower one."""
    ends = np.array([[[0, 0, 0], [0.5, 0, 0]], [[0, 0.3, 0.1], [0.5, 0.3, 0.1]]], float)
    body = (np.zeros(3), np.eye(3), np.array([[0.25, 0.0, -1.0]]), np.array([[1.0, 0.0, 0.0]]))
    nothing = Obstacles.pack()
    found = (np.zeros(3), np.zeros((3, 7)), np.zeros((3, 2), np.int64))
    shape = (np.array([0.05, 0.05]), np.array([0, 1]), np.array(moves)[:, None], np.array([[1, 0]]))
    obstacles = (nothing.corners, nothing.first, nothing.heights)
    assert clearance_rows(ends, shape, obstacles, body, 1.0, found) == 1
    assert found[0][0] == pytest.approx(0.1**0.5 - 0.1)
    assert found[1][0] == pytest.approx([0.0] * 6 + [slope], abs=1e-12)


@given(points, st.sampled_from([SQUARE, HEXAGON]))
@settings(max_examples=60, deadline=None)
def test_the_box_about_a_prism_is_never_farther_than_the_prism(p, outline):
    boxes = np.zeros((1, 4))
    boxes_of(outline, np.array([0, len(outline)]), boxes)
    assert boxes[0] == pytest.approx([*outline.min(0), *outline.max(0)])
    nearest = box_distance(p, boxes[0], np.array([-0.5, 0.7]))
    assert nearest <= max(prism_distance(p, outline, -0.5, 0.7, np.zeros(3)), 0.0) + 1e-12
    clamped = np.clip(p, [*boxes[0, :2], -0.5], [*boxes[0, 2:], 0.7])
    assert nearest == pytest.approx(np.linalg.norm(p - clamped))


def test_a_ball_about_its_middle_holds_a_segment():
    ends, _ = random_capsules(np.random.default_rng(1), 5)
    middles, halves = np.zeros((5, 3)), np.zeros(5)
    middles_of(ends, middles, halves)
    assert middles == pytest.approx(ends.mean(axis=1))
    assert halves == pytest.approx(0.5 * np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1))
