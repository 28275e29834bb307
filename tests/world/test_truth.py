"""True answers on a car whose truth is known without computing."""

from __future__ import annotations

import json

import pytest

from linewalker.vehicle.components import MISSING
from linewalker.world.deviations import CarDeviations, Displacement, Parking
from linewalker.world.truth import Question, true_answer, truth_document, truth_of_car
from tests.vehicle.box_car import GAP_MM, SEAM, SEAM_POINT_MM, box_car
from tests.world.test_deviations import VIN, Car

OPTIONS = {"paint": "silver", "badge": "rs"}


def seam(method: str, nominal: float) -> Question:
    return Question(
        id="S1",
        method=method,  # type: ignore[arg-type]
        feature=SEAM,
        p_V_mm=SEAM_POINT_MM,
        lower=nominal - 0.5,
        upper=nominal + 0.5,
    )


@pytest.mark.parametrize("dx_mm", [-0.6, 0.0, 0.4, 1.2])
def test_shifting_the_slave_along_the_gap_opens_it_by_as_much(dx_mm: float) -> None:
    moved = CarDeviations(panels={"rear_plate": Displacement(dx_mm=dx_mm)})
    answer = true_answer(box_car(), OPTIONS, moved, seam("gap", GAP_MM))
    assert answer.value == pytest.approx(GAP_MM + dx_mm, abs=1e-5)
    assert answer.verdict == ("OK" if abs(dx_mm) <= 0.5 else "NOK")


def test_flush_is_positive_where_the_slave_stands_proud_and_the_master_counts_the_other_way() -> None:
    for panel, sign in (("rear_plate", 1), ("front_plate", -1)):
        moved = CarDeviations(panels={panel: Displacement(dy_mm=0.7)})
        answer = true_answer(box_car(), OPTIONS, moved, seam("flush", 0.0))
        assert answer.value == pytest.approx(sign * 0.7, abs=1e-5)
        assert answer.verdict == "NOK"


def test_moving_both_panels_alike_changes_nothing() -> None:
    both = dict.fromkeys(("front_plate", "rear_plate"), Displacement(dx_mm=1, dy_mm=2, dz_mm=3))
    for method, nominal in (("gap", GAP_MM), ("flush", 0.0)):
        answer = true_answer(box_car(), OPTIONS, CarDeviations(panels=both), seam(method, nominal))
        assert answer.value == pytest.approx(nominal, abs=1e-5)


@pytest.mark.parametrize(
    ("method", "expected", "state", "value", "verdict"),
    [
        ("presence", "rs", None, "present", "OK"),
        ("presence", "rs", "gt", "present", "OK"),
        ("presence", "rs", MISSING, "missing", "NOK"),
        ("presence", "none", None, "present", "NOK"),
        ("presence", "none", MISSING, "missing", "OK"),
        ("variant", "rs", None, "rs", "OK"),
        ("variant", "rs", "gt", "gt", "NOK"),
        ("variant", "rs", "none", "missing", "NOK"),
        ("variant", "none", "none", "missing", "OK"),
        ("variant", "none", MISSING, "missing", "OK"),
        ("variant", "none", None, "rs", "NOK"),
    ],
)
def test_parts(method: str, expected: str, state: str | None, value: str, verdict: str) -> None:
    question = Question(id="P1", method=method, feature="badge", expected=expected)  # type: ignore[arg-type]
    car = CarDeviations(parts={"badge": state} if state else {})
    answer = true_answer(box_car(), OPTIONS, car, question)
    assert (answer.value, answer.verdict) == (value, verdict)


def test_the_document_names_the_car_its_parking_and_every_answer() -> None:
    deviations = CarDeviations(parked=Parking(x_mm=3.0))
    document = truth_document([truth_of_car(box_car(), Car(), deviations, [seam("gap", GAP_MM)])])
    (car,) = json.loads(json.dumps(document))["cars"]
    assert (car["vin"], car["model"], car["parked"]["x_mm"]) == (VIN, "box", 3.0)
    assert [(answer["id"], answer["verdict"]) for answer in car["characteristics"]] == [("S1", "OK")]


def test_what_an_order_does_not_name_is_what_the_model_comes_with() -> None:
    ask = Question(id="P1", method="variant", feature="badge", expected="none")
    cars = [truth_of_car(box_car(), Car(options=chosen), CarDeviations(), [ask]) for chosen in ({}, {"badge": "none"})]
    assert cars[0] == cars[1]
