"""What is really so on a car whose truth is known without computing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from linewalker.vehicle.components import MISSING
from linewalker.world.deviations import CarDeviations, Displacement, Parking
from linewalker.world.truth import CarAsBuilt, TrueAnswer, truth_document, truth_of_car
from tests.vehicle.box_car import GAP_MM, SEAM, SEAM_POINT_MM, box_car
from tests.world.test_deviations import VIN, Car


def built(deviations: CarDeviations) -> CarAsBuilt:
    return CarAsBuilt.of(box_car(), Car(), deviations)


@pytest.mark.parametrize("dx_mm", [-0.6, 0.0, 0.4, 1.2])
def test_shifting_the_slave_along_the_gap_opens_it_by_as_much(dx_mm: float) -> None:
    moved = CarDeviations(panels={"rear_plate": Displacement(dx_mm=dx_mm)})
    assert built(moved).gap_flush(SEAM, SEAM_POINT_MM)[0] == pytest.approx(GAP_MM + dx_mm, abs=1e-5)


def test_flush_is_positive_where_the_slave_stands_proud_and_the_master_counts_the_other_way() -> None:
    for panel, sign in (("rear_plate", 1), ("front_plate", -1)):
        moved = CarDeviations(panels={panel: Displacement(dy_mm=0.7)})
        assert built(moved).gap_flush(SEAM, SEAM_POINT_MM)[1] == pytest.approx(sign * 0.7, abs=1e-5)


def test_moving_both_panels_alike_changes_nothing() -> None:
    both = dict.fromkeys(("front_plate", "rear_plate"), Displacement(dx_mm=1, dy_mm=2, dz_mm=3))
    assert built(CarDeviations(panels=both)).gap_flush(SEAM, SEAM_POINT_MM) == pytest.approx((GAP_MM, 0.0), abs=1e-5)


@pytest.mark.parametrize(
    ("ordered", "state", "mounted"),
    [("rs", None, "rs"), ("rs", "gt", "gt"), ("rs", MISSING, MISSING), ("rs", "none", MISSING), ("none", None, MISSING),
     ("none", "rs", "rs")],
)  # fmt: skip
def test_what_is_mounted_is_what_was_ordered_unless_the_world_says_otherwise(
    ordered: str, state: str | None, mounted: str
) -> None:
    deviations = CarDeviations(parts={"badge": state} if state else {})
    car = CarAsBuilt.of(box_car(), Car(options={"badge": ordered}), deviations)
    assert car.mounted("badge") == mounted


def test_the_document_names_the_car_its_parking_and_every_answer() -> None:
    deviations = CarDeviations(parked=Parking(x_mm=3.0))
    answer = TrueAnswer(id="S1", method="gap", value=4.0, verdict="OK")
    document = truth_document([truth_of_car(Car(), deviations, [answer])])
    (car,) = json.loads(json.dumps(document))["cars"]
    assert (car["vin"], car["model"], car["parked"]["x_mm"]) == (VIN, "box", 3.0)
    assert car["characteristics"] == [{"id": "S1", "method": "gap", "value": 4.0, "verdict": "OK"}]


def test_what_an_order_does_not_name_is_what_the_model_comes_with() -> None:
    cars = [CarAsBuilt.of(box_car(), Car(options=chosen), CarDeviations()) for chosen in ({}, {"badge": "none"})]
    assert cars[0].options == cars[1].options


def test_a_code_says_the_number_or_what_the_world_has_printed_there() -> None:
    car = box_car()
    printed = replace(car, materials=car.materials | {"red": replace(car.materials["red"], texture="vin")})

    def code(part: str, deviations: CarDeviations) -> str:
        return CarAsBuilt.of(printed, Car(), deviations).code(part)

    (carrier,) = {mesh.body for mesh in car.meshes if mesh.material == "red"} & set(car.parts)
    assert code(carrier, CarDeviations()) == VIN
    assert code(carrier, CarDeviations(label="OTHER")) == "OTHER"
    assert code(carrier, CarDeviations(parts={carrier: MISSING})) == ""
    assert code("cap" if carrier == "badge" else "badge", CarDeviations()) == ""
