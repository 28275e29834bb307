"""Every verdict lies where it was found, on the side that shows it, and leads to its row."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from linewalker.console import car_map
from linewalker.console.car_map import CarMaps, Place, places_of, row_id
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict
from linewalker.station.motion.motion_file import HEADER, MOMENT, json_block
from linewalker.station.shapes.car_drawing import CarDrawing, View
from tests.factory.samples import badge, gap, good_car

SQUARE = (("", "M0 0L4000 0L4000 -1400L0 -1400z"), ("paint", "M0 0L9 0L9 9z"))


def view(right, into) -> View:
    return View(
        right=np.array(right, float), into=np.array(into, float), box_mm=(0.0, -1400.0, 4000.0, 1400.0), areas=SQUARE
    )


DRAWING = CarDrawing(
    views={
        "left": view((1, 0, 0), (0, 1, 0)),
        "right": view((-1, 0, 0), (0, -1, 0)),
        "top": view((1, 0, 0), (0, 0, -1)),
        "front": view((0, -1, 0), (1, 0, 0)),
        "rear": view((0, 1, 0), (-1, 0, 0)),
    },
    colours={"paint": (0.6, 0.6, 0.6)},
    paints={"red": (1.0, 0.0, 0.0)},
)
LEFT = Place(p_V_mm=np.array([1000.0, -900.0, 600.0]), normal=np.array([0.0, -1.0, 0.0]))
ABOVE = Place(p_V_mm=np.array([100.0, -500.0, 900.0]), normal=np.array([0.0, -0.2, 0.98]))
NOK = gap("flush", 9.0, Verdict.NOK, Reason.OUTSIDE_TOLERANCE)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(car_map, "car_drawing", lambda _: DRAWING)


def maps(car, places) -> dict[str, str]:
    return {side: str(drawing) for side, _, drawing in CarMaps({car.order.sequence: places}).views(car)}


def test_each_is_on_the_side_that_faces_it_and_leads_to_its_row() -> None:
    car = replace(good_car(), characteristics=(gap(), badge(), NOK))
    found = maps(car, {gap().id: LEFT, "flush": ABOVE})
    assert set(found) == set(DRAWING.views)
    marks = {side: re.findall(r'href="#(row-[^"]+)" class="(\w+)"', text) for side, text in found.items()}
    assert marks["left"] == [(row_id(car, 0), "ok")]
    assert marks["top"] == [(row_id(car, 2), "nok")]
    assert not any(marks[side] for side in ("right", "front", "rear"))
    assert 'cx="1000" cy="-600"' in found["left"]
    assert "M69 469l62 62" in found["top"], "the cross in the middle of x 100, y 500"
    for text in found.values():
        ElementTree.fromstring(text)


def test_of_several_at_one_place_the_gravest_is_shown_and_all_are_told() -> None:
    car = replace(good_car(), characteristics=(gap(), NOK))
    text = maps(car, {gap().id: LEFT, "flush": LEFT})["left"]
    assert text.count("<a ") == 1
    assert 'class="nok"' in text
    assert "flush: 不合格 NOK; gap_hood_fender_left: 合格 OK" in text


def test_it_has_the_paint_that_was_ordered_and_a_shape_once() -> None:
    cars = [good_car(0), good_car(1)]
    made = CarMaps({car.order.sequence: {gap().id: LEFT} for car in cars})
    assert str(made.shapes(cars)).count('id="shape-0-left"') == 1
    assert all("--paint:#ff3838" in str(drawing) for car in cars for _, _, drawing in made.views(car))


def test_a_name_made_of_html_is_shown() -> None:
    evil = gap("<script>x</script>", title=Title(zh="<b>", en="<b>"))
    text = maps(replace(good_car(), characteristics=(evil,)), {evil.id: LEFT})["left"]
    assert "<script" not in text
    assert "&lt;script&gt;x" in text


def test_a_car_of_which_nobody_knows_places_has_none() -> None:
    assert maps(good_car(), {}) == {}
    assert "symbol" not in str(CarMaps({}).shapes([good_car()]))


def test_places_are_those_of_the_run_and_of_a_cars_last_attempt(tmp_path: Path) -> None:
    def car(sequence: int, x: float) -> bytes:
        places = {"gap": {"p": [x, -0.9, 0.6], "n": [0.0, -1.0, 0.0]}}
        return json_block(MOMENT, 1.0, {"what": "car", "sequence": sequence, "places": places})

    folder = tmp_path / "motion"
    folder.mkdir()
    (folder / "1.motion").write_bytes(json_block(HEADER, 0.0, {"run": 1}) + car(1, 1.0) + car(2, 1.0) + car(1, 2.0))
    (folder / "2.motion").write_bytes(json_block(HEADER, 0.0, {"run": 2}) + car(1, 9.0))
    found = places_of(tmp_path, 1)
    assert {sequence: place["gap"].p_V_mm[0] for sequence, place in found.items()} == {1: 2000.0, 2: 1000.0}
    assert places_of(tmp_path / "none", 1) == {}
