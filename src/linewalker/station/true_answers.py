"""True answers to what a plan asks, for scoring: nothing that works at a station reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.plan import InspectionPlan
from linewalker.station.inputs import KnownModels
from linewalker.station.run_folder import TRUTH_FILE
from linewalker.wholefile import write_json
from linewalker.world.deviations import CarDeviations
from linewalker.world.truth import Question, truth_document, truth_of_car


def write_truth(
    plan: InspectionPlan,
    models: KnownModels,
    deviations_of: Callable[[BuildOrder], CarDeviations],
    orders: Iterable[BuildOrder],
    folder: Path,
) -> None:
    """truth.json: what should have been found on the cars of these orders."""
    answers = []
    for order in orders:
        questions = questions_about(plan, models.catalogues[order.model], order)
        answers.append(truth_of_car(models.vehicles[order.model], order, deviations_of(order), questions))
    write_json(folder / TRUTH_FILE, truth_document(answers))


def questions_about(plan: InspectionPlan, catalogue: VehicleCatalogue, order: BuildOrder) -> list[Question]:
    """One question per characteristic that applies to an order."""
    return [_question(c, catalogue, order) for c in plan.applicable(order.model, order.options)]


def _question(characteristic: Characteristic, catalogue: VehicleCatalogue, order: BuildOrder) -> Question:
    point = characteristic.point
    if point is None:
        part = catalogue.parts[characteristic.feature]
        return Question(
            id=characteristic.id,
            method=characteristic.method.value,
            feature=characteristic.feature,
            expected=characteristic.expected_variant(part, order.options),
        )
    x, y, z = (float(c) for c in point.centre_V_mm)
    return Question(
        id=characteristic.id,
        method=characteristic.method.value,
        feature=characteristic.feature,
        p_V_mm=(x, y, z),
        lower=characteristic.lower,
        upper=characteristic.upper,
    )
