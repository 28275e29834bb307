"""True answers to what a plan asks, for scoring: nothing that works at a station reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.plan import InspectionPlan
from linewalker.station.inputs import KnownModels
from linewalker.station.run_folder import TRUTH_FILE
from linewalker.wholefile import write_json
from linewalker.world.deviations import CarDeviations
from linewalker.world.truth import CarAsBuilt, TrueAnswer, truth_document, truth_of_car


def write_truth(
    plan: InspectionPlan,
    models: KnownModels,
    deviations_of: Callable[[BuildOrder], CarDeviations],
    orders: Iterable[BuildOrder],
    folder: Path,
) -> None:
    """truth.json: what should have been found on the cars of these orders."""
    cars = []
    for order in orders:
        deviations = deviations_of(order)
        car = CarAsBuilt.of(models.vehicles[order.model], order, deviations)
        asked = plan.applicable(order.model, order.options)
        cars.append(truth_of_car(order, deviations, (answer_about(c, car) for c in asked)))
    write_json(folder / TRUTH_FILE, truth_document(cars))


def answer_about(characteristic: Characteristic, car: CarAsBuilt) -> TrueAnswer:
    """What is true about one characteristic, as its method sees it."""
    answer = characteristic.question.true_answer(car)
    return TrueAnswer(
        id=characteristic.id,
        method=characteristic.method,
        value=answer.value,
        verdict="OK" if answer.good else "NOK",
    )
