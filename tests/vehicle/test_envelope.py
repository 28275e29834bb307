"""The pile of slices holds the body it was cut from, and little more."""

import numpy as np
import pytest
import shapely
from scipy.spatial import ConvexHull

from linewalker.vehicle.components import Collider
from linewalker.vehicle.envelope import SLICE_M, envelope_of


@pytest.fixture(params=[1, 2, 3])
def vertices(request):
    cloud = np.random.default_rng(request.param).normal(size=(40, 3)) * [0.5, 0.4, 0.3]
    return cloud[ConvexHull(cloud).vertices]


def test_every_point_of_the_body_lies_in_a_slice(vertices):
    slices = envelope_of([Collider(name="lump", body=None, vertices_m=vertices)])
    weights = np.random.default_rng(0).dirichlet(np.full(len(vertices), 0.2), 400)
    for x, y, z in 1e3 * np.vstack([vertices, weights @ vertices]):
        at_height = [s for s in slices if s["bottom_mm"] - 0.1 <= z <= s["top_mm"] + 0.1]
        assert any(shapely.Polygon(s["outline"]).buffer(0.2).contains(shapely.Point(x, y)) for s in at_height)


def test_slices_are_thin_convex_and_counter_clockwise(vertices):
    for piece in envelope_of([Collider(name="lump", body=None, vertices_m=vertices)]):
        ring = shapely.Polygon(piece["outline"])
        assert ring.exterior.is_ccw
        assert ring.convex_hull.area == pytest.approx(ring.area)
        assert piece["top_mm"] - piece["bottom_mm"] <= 1e3 * SLICE_M + 0.2


def test_slices_take_up_little_more_than_the_body(vertices):
    slices = envelope_of([Collider(name="lump", body=None, vertices_m=vertices)])
    volume = sum(shapely.Polygon(s["outline"]).area * (s["top_mm"] - s["bottom_mm"]) for s in slices) * 1e-9
    assert 1.0 < volume / ConvexHull(vertices).volume < 1.35
