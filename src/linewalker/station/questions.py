"""What a plan asks, as the simulator that knows the truth understands it."""

from __future__ import annotations

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.plan import InspectionPlan
from linewalker.world.truth import Question


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
