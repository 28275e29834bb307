"""Places round a car: clear of it, each on its own side, and the robot faces the car from there."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString, Point, Polygon

from linewalker.brain.places import FROM_CAR_M, place_named, places_round
from linewalker.brain.route import Waypoint
from linewalker.errors import InputError
from tests.inspection.nominal_car import catalogue

FOOTPRINT = 1e-3 * catalogue().footprint_mm
HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)
PLACES = places_round(FOOTPRINT, HOME)
CAR = Polygon(FOOTPRINT)


@pytest.mark.parametrize(("name", "axis", "sign"), [("front", 0, -1), ("rear", 0, 1), ("left", 1, -1), ("right", 1, 1)])
def test_a_side_is_where_its_name_says_and_faces_the_car(name: str, axis: int, sign: int) -> None:
    stance = PLACES[name].stance
    assert sign * (stance.p - FOOTPRINT.mean(axis=0))[axis] > 0.0
    assert CAR.distance(Point(stance.p)) >= FROM_CAR_M - 1e-9
    ahead = stance.p + 3.0 * np.array([np.cos(stance.yaw), np.sin(stance.yaw)])
    assert CAR.intersects(LineString([stance.p, ahead]))


def test_home_is_where_the_station_has_it() -> None:
    assert place_named("home", PLACES).stance == HOME


def test_a_place_that_there_is_not_lists_those_there_are() -> None:
    with pytest.raises(InputError, match="no place 'roof'"):
        place_named("roof", PLACES)
