"""The car as prisms: in the right place, all of it, and only what is near when asked."""

import dataclasses

import numpy as np
import pytest

from linewalker.brain.car_space import car_obstacles, car_prisms, near, on_floor
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import EnvelopePart
from tests.inspection.nominal_car import catalogue

CAR = catalogue()
HOOD = EnvelopePart(
    outline_mm=np.array([[-900, -900], [500, -900], [500, 900], [-900, 900.0]]), bottom_mm=-138, top_mm=500
)
CABIN = EnvelopePart(
    outline_mm=np.array([[500, -800], [3000, -800], [3000, 800], [500, 800.0]]), bottom_mm=-138, top_mm=1100
)


def test_without_an_envelope_the_footprint_counts_at_every_height():
    (prism,) = car_prisms(CAR, on_floor(CAR))
    assert prism.bottom_m == pytest.approx(0.0)
    assert prism.top_m == pytest.approx(1.45)
    assert prism.outline_m == pytest.approx(1e-3 * CAR.footprint_mm)


def test_the_envelope_is_used_where_there_is_one_and_stands_where_the_car_stands():
    car = dataclasses.replace(CAR, envelope=(HOOD, CABIN))
    hood, cabin = car_prisms(car, Pose.planar(2.0, 1.0, np.pi / 2, z=0.338))
    assert (hood.bottom_m, hood.top_m) == pytest.approx((0.2, 0.838))
    assert hood.outline_m[0] == pytest.approx([2.0 + 0.9, 1.0 - 0.9])
    assert cabin.top_m == pytest.approx(1.438)
    assert len(car_obstacles(car, on_floor(car)).heights) == 2


@pytest.mark.parametrize(("x", "count"), [(-1.3, 1), (0.5, 2), (3.5, 1), (-3.0, 0)])
def test_only_what_is_near(x, count):
    prisms = car_prisms(dataclasses.replace(CAR, envelope=(HOOD, CABIN)), on_floor(CAR))
    assert len(near(prisms, np.array([x, -1.2]), 0.7).heights) == count
