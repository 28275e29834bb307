"""Law: the names read from a drawing are those of the vehicle that is built of it."""

from __future__ import annotations

import pytest

from linewalker.vehicle.drawn_names import drawn_names
from linewalker.vehicle.library import load_vehicle, model_names


@pytest.mark.parametrize("model", model_names())
def test_names_are_those_of_the_vehicle(model: str) -> None:
    names, vehicle = drawn_names(model), load_vehicle(model)
    assert names.seams == {s.name: (s.title_zh, s.title_en) for s in vehicle.seams.values()}
    assert names.parts == {p.name: (p.title_zh, p.title_en) for p in vehicle.parts.values()}
    assert names.panels.keys() == vehicle.rims.keys()
