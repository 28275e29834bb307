"""truth.json: one answer per characteristic that applies, as its method sees the car that was built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linewalker.station.inputs import load_models, read_inspection_plan, read_orders
from linewalker.station.true_answers import write_truth
from linewalker.world.deviations import CarDeviations, Displacement

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_every_applicable_characteristic_has_its_true_answer(tmp_path: Path) -> None:
    models = load_models(["sedan", "suv"])
    plan = read_inspection_plan(EXAMPLES / "plan.yaml", models)
    orders = read_orders(EXAMPLES / "shift.csv", plan, models)
    moved = CarDeviations(
        panels={"rear_door_left": Displacement(dx_mm=2.0)}, parts={"badge_rear": "missing", "mirror_right": "missing"}
    )
    write_truth(plan, models, lambda order: moved if order.sequence == 1 else CarDeviations(), orders, tmp_path)
    cars = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))["cars"]
    assert [[answer["id"] for answer in car["characteristics"]] for car in cars] == [
        [c.id for c in plan.applicable(order.model, order.options)] for order in orders
    ]
    first = {answer["id"]: answer for answer in cars[0]["characteristics"]}
    assert first["L2-gap"]["value"] == pytest.approx(6.0, abs=0.05)
    assert {name for name, answer in first.items() if answer["verdict"] == "NOK"} == {"L2-gap", "L3-gap", "P2", "P5"}
    assert (first["P2"]["value"], first["P5"]["value"], first["P1"]["value"]) == ("missing", "missing", "present")
    assert all(answer["verdict"] == "OK" for answer in cars[1]["characteristics"])
