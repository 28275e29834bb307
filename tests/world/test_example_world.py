"""The example world belongs to the example shift and to the sedan."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from linewalker.vehicle import load_vehicle
from linewalker.world.deviations import read_world
from linewalker.world.truth import CarAsBuilt

EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True)
class Row:
    vin: str
    model: str
    options: dict[str, str] = field(default_factory=dict)


def shift() -> list[Row]:
    with (EXAMPLES / "shift.csv").open(encoding="utf-8") as file:
        return [
            Row(row["vin"], row["model"], dict(pair.split("=") for pair in row["options"].split(";")))
            for row in csv.DictReader(file)
        ]


def test_the_example_world_fits_the_example_shift_and_something_is_to_be_found() -> None:
    cars = shift()
    vehicles = {model: load_vehicle(model) for model in {car.model for car in cars}}
    world = read_world(EXAMPLES / "world.yaml", cars, vehicles)
    first, good, third = (world.car(car.vin, seed=0) for car in cars)
    assert not good.panels
    assert not good.parts
    sedan = vehicles["sedan"]
    seam = sedan.seams["front_door_left/rear_door_left"]
    x, y, z = (float(c) for c in 1e3 * seam.point_m[len(seam.point_m) // 2])
    wide, usual = (CarAsBuilt.of(sedan, car, found) for car, found in ((cars[0], first), (cars[1], good)))
    assert abs(wide.gap_flush(seam.name, (x, y, z))[0] - 4.0) > 0.7
    assert usual.gap_flush(seam.name, (x, y, z))[0] == pytest.approx(4.0, abs=0.01)
    assert CarAsBuilt.of(sedan, cars[2], third).mounted("wheel_rear_right") == "sport"
