"""True answers: what an inspection without error would have found on a car. For scoring only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from linewalker.vehicle import Vehicle
from linewalker.vehicle.components import MISSING
from linewalker.vehicle.exact_gap import gap_flush
from linewalker.world.deviations import CarDeviations, Displacement, Order, ordered_options

TRUTH_FORMAT = "linewalker.truth/1"
NONE = "none"
"""The variant of a part that says that nothing is mounted."""

Method = Literal["gap", "flush", "presence", "variant"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One characteristic of the plan, as far as truth is concerned.

    Attributes:
        id, method, feature: as in the plan; a seam for gap and flush, a part for presence and variant.
        p_V_mm: the point of the seam, mm; None for parts.
        lower, upper: limits, mm; None for parts.
        expected: the variant that should be mounted; None for seams.
    """

    id: str
    method: Method
    feature: str
    p_V_mm: tuple[float, float, float] | None = None
    lower: float | None = None
    upper: float | None = None
    expected: str | None = None


@dataclass(frozen=True, kw_only=True)
class TrueAnswer:
    """The truth about one characteristic of one car.

    Attributes:
        id, method: of the characteristic.
        value: mm for gap and flush; ``present`` or ``missing``; the variant mounted or ``missing``.
        verdict: OK or NOK; the truth is always decidable.
    """

    id: str
    method: Method
    value: float | str
    verdict: Literal["OK", "NOK"]


def true_answer(vehicle: Vehicle, options: Mapping[str, str], deviations: CarDeviations, ask: Question) -> TrueAnswer:
    """Answer one question about one car.

    Args:
        vehicle: its model.
        options: complete options of its order.
        deviations: what is not as drawn and ordered.
        ask: the question.

    Raises:
        KeyError: the model has no such seam or part.
    """
    value: float | str
    if ask.method in ("gap", "flush"):
        if ask.p_V_mm is None or ask.lower is None or ask.upper is None:
            raise ValueError(f"question {ask.id}: gap and flush need a point and limits")
        gap, flush = true_gap_flush(vehicle, ask.feature, ask.p_V_mm, deviations.panels)
        value = round(gap if ask.method == "gap" else flush, 5)
        good = ask.lower <= value <= ask.upper
    else:
        mounted = mounted_variant(vehicle, options, deviations, ask.feature)
        there, wanted = mounted != MISSING, ask.expected != NONE
        value = mounted if ask.method == "variant" else ("present" if there else MISSING)
        good = there == wanted and (ask.method == "presence" or not wanted or mounted == ask.expected)
    return TrueAnswer(id=ask.id, method=ask.method, value=value, verdict="OK" if good else "NOK")


def mounted_variant(vehicle: Vehicle, options: Mapping[str, str], deviations: CarDeviations, part: str) -> str:
    """What is really mounted where a part should be: a variant, or `MISSING`; ``none`` looks like missing."""
    record = vehicle.parts[part]
    ordered = record.variants[0] if record.option is None else options[record.option]
    mounted = deviations.parts.get(part, ordered)
    return MISSING if mounted == NONE else mounted


def truth_of_car(
    vehicle: Vehicle, order: Order, deviations: CarDeviations, questions: Iterable[Question]
) -> dict[str, Any]:
    """All true answers about one car, ready for JSON."""
    options = ordered_options(order, vehicle)
    answers = [asdict(true_answer(vehicle, options, deviations, question)) for question in questions]
    parked = asdict(deviations.parked) if deviations.parked else None
    return {"vin": order.vin, "model": order.model, "parked": parked, "characteristics": answers}


def truth_document(cars: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The content of ``truth.json``, from the records of `truth_of_car`."""
    return {"format": TRUTH_FORMAT, "cars": list(cars)}


def true_gap_flush(
    vehicle: Vehicle, seam: str, p_V_mm: ArrayLike, displacements: Mapping[str, Displacement] | None = None
) -> tuple[float, float]:
    """Gap and flush in mm where the section plane through a point cuts a seam.

    Args:
        vehicle: the model.
        seam: name of the seam, ``master/slave``.
        p_V_mm: a point at the seam of the undisplaced vehicle, (3,), mm.
        displacements: per panel; panels that are not named are where they should be.

    Returns:
        gap (zero or less when the panels touch) and flush (positive when the slave stands proud).

    Raises:
        KeyError: when the model has no such seam; the message lists those it has.
    """
    if seam not in vehicle.seams:
        raise KeyError(f"{vehicle.name} has no seam {seam!r}; it has {', '.join(vehicle.seams)}")
    moved = displacements or {}
    record = vehicle.seams[seam]
    return gap_flush(
        vehicle.rims[record.master],
        vehicle.rims[record.slave],
        np.asarray(p_V_mm, float) * 1e-3,
        moved.get(record.master, Displacement()).pose_about(vehicle.bodies[record.master].reference_m),
        moved.get(record.slave, Displacement()).pose_about(vehicle.bodies[record.slave].reference_m),
    )
