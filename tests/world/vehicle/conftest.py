"""Both models, from the user's cache; a fresh checkout builds each of them once."""

from __future__ import annotations

import pytest

from linewalker.plantfile import Node, PlantFile
from linewalker.world.vehicle import Vehicle, load_vehicle, model_names
from linewalker.world.vehicle.library import model_path
from linewalker.world.vehicle.skin import Skin
from linewalker.world.vehicle.skin_reader import read_skin


@pytest.fixture(scope="session")
def sedan() -> Vehicle:
    return load_vehicle("sedan")


@pytest.fixture(scope="session", params=model_names())
def vehicle(request: pytest.FixtureRequest) -> Vehicle:
    return load_vehicle(request.param)


@pytest.fixture(scope="session")
def sedan_file() -> Node:
    return PlantFile.read(model_path("sedan"))


@pytest.fixture(scope="session")
def skin(sedan_file: Node) -> Skin:
    return read_skin(sedan_file["skin"])
