"""A car's shape is the car as designed, of every variant."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.station.shapes.car_shape import car_shape
from linewalker.vehicle import load_vehicle
from tests.station.shapes.reading import read_shape


def test_it_is_the_car_of_the_drawing() -> None:
    vehicle = load_vehicle("sedan")
    text, meshes = read_shape(car_shape("sedan"))
    every = np.vstack([mesh["vertices"] for mesh in meshes])
    drawn = np.vstack([mesh.vertices_m for mesh in vehicle.meshes if mesh.role == "camera"])
    assert np.abs(every - drawn).max() < 2e-4
    assert set(text["paints"]) == set(vehicle.options.paints)
    assert {tuple(mesh["condition"]) for mesh in meshes if mesh["condition"]} >= {("wheels", "sport")}
    assert {mesh["material"] for mesh in meshes} <= set(text["materials"])


def test_a_model_that_there_is_not_is_refused() -> None:
    with pytest.raises(InputError, match="no vehicle model"):
        car_shape("../../etc/passwd")
