"""Both models, from the user's cache; a fresh checkout builds each of them once."""

from __future__ import annotations

import pytest

from linewalker.plantfile import Node, PlantFile
from linewalker.vehicle import Vehicle, load_vehicle, model_names
from linewalker.vehicle.build.skin import Skin
from linewalker.vehicle.build.skin_reader import read_skin
from linewalker.vehicle.library import model_path


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
