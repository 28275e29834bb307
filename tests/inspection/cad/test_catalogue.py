"""The CAD export: what is read is what was written, and every complaint names the key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from tests.inspection.nominal_car import catalogue, export

CAR = catalogue()
DOOR, ARCH = CAR.seams["front_door/rear_door"], CAR.seams["fender/arch"]


def test_file_and_dict_agree(tmp_path: Path) -> None:
    path = tmp_path / "sedan.json"
    path.write_text(json.dumps(export()), encoding="utf-8")
    car = VehicleCatalogue.read(path)
    assert car.model == "sedan"
    assert car.parts["badge_rear"].variants == ("none", "rs")
    np.testing.assert_array_equal(car.seams["fender/arch"].centre_V_mm, ARCH.centre_V_mm)


def test_orders_are_completed_and_checked() -> None:
    assert CAR.complete({"paint": "red"}) == {"paint": "red", "badge": "none"}
    assert CAR.parts["badge_rear"].ordered_variant(CAR.complete({"badge": "rs"})) == "rs"
    assert CAR.parts["handle"].ordered_variant(CAR.complete({})) == "present"
    with pytest.raises(InputError, match="no option 'pant'; did you mean 'paint'"):
        CAR.complete({"pant": "red"})
    with pytest.raises(InputError, match="has no value 'reed'; did you mean 'red'"):
        CAR.complete({"paint": "reed"})


def broken(change: Any) -> InputError:
    data = export()
    change(data)
    with pytest.raises(InputError) as caught:
        VehicleCatalogue.from_dict(data, file="sedan.json")
    return caught.value


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda d: d.pop("model"), "model"),
        (lambda d: d.update(width_mm="wide"), "width_mm"),
        (lambda d: d["seams"][0].pop("master"), "seams[0].master"),
        (lambda d: d["seams"][1]["points"][3].pop("normal"), "seams[1].points"),
        (lambda d: d["seams"][1]["points"][3].update(p=[1, 2]), "seams[1].points"),
        (lambda d: d["seams"][1].update(points=[]), "seams[1].points"),
        (lambda d: d["seams"].append(d["seams"][0]), "seams[2].name"),
        (lambda d: d["parts"][0].update(option="wheel"), "parts.badge_rear.option"),
        (lambda d: d["defaults"].pop("badge"), "defaults.badge"),
        (lambda d: d["parts"][1].update(variants=[]), "parts.handle.variants"),
    ],
)
def test_what_is_wrong_in_an_export_is_named(change: Any, key: str) -> None:
    error = broken(change)
    assert (error.file, error.key) == ("sedan.json", key)


def test_not_json_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "sedan.json"
    path.write_text('{"model": "sedan",\n "title" }', encoding="utf-8")
    with pytest.raises(InputError, match="not JSON") as caught:
        VehicleCatalogue.read(path)
    assert caught.value.line == 2
