"""The CAD export: what is read is what was written, and every complaint names the key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.floats(-100, 500))
def test_one_coordinate_picks_the_point_that_has_it(z: float) -> None:
    np.testing.assert_allclose(DOOR.at({"z": z}).centre_V_mm, [1700, 900, z], atol=1e-9)


@given(st.floats(0.05, np.pi - 0.05))
def test_two_coordinates_pick_a_point_of_a_bent_seam(angle: float) -> None:
    x, z = 300 * np.cos(angle), 300 * np.sin(angle)
    point = ARCH.at({"x": x, "z": z})
    assert np.linalg.norm(point.centre_V_mm - [x, 900, z]) < 0.1


@given(st.floats(0, 942))
def test_frames_between_the_points_are_orthonormal_and_right_handed(arc: float) -> None:
    point = ARCH.at_arc(arc)
    R = np.stack((point.across, point.along, point.normal))
    np.testing.assert_allclose(R @ R.T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(np.cross(point.normal, point.across), point.along, atol=1e-12)


@given(st.floats(1, 940))
def test_projection_of_a_seam_point_is_its_own_arc(arc: float) -> None:
    assert ARCH.project(ARCH.at_arc(arc).centre_V_mm) == pytest.approx(arc, abs=1e-6)


def test_off_the_seam_the_message_gives_the_range() -> None:
    with pytest.raises(
        InputError, match=r"z 900 mm is not on the seam; front_door/rear_door runs from z -100 to 500 mm"
    ):
        DOOR.at({"z": 900})
    with pytest.raises(InputError, match="beside the seam"):
        DOOR.at({"z": 100, "x": 1800})
    with pytest.raises(InputError, match="x, y or z"):
        DOOR.at({"q": 1})


def test_an_ambiguous_coordinate_asks_for_a_second_one() -> None:
    with pytest.raises(InputError, match="is 2 places of the seam") as caught:
        ARCH.at({"z": 200})
    assert "give a second coordinate" in str(caught.value)
    assert ARCH.at({"z": 200, "x": 230}).centre_V_mm[0] > 0


def test_middle_of_the_clear_stretch() -> None:
    assert DOOR.middle_clear().centre_V_mm[2] == pytest.approx(200)
    assert DOOR.middle_clear().clear
    assert not DOOR.at({"z": -50}).clear
    np.testing.assert_allclose(DOOR.at({"z": 0}).centre_V_mm, [1700, 900, 0])
    np.testing.assert_allclose(DOOR.at({"z": 0}).middle_V_mm, [1700, 898, 0])


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
