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


@dataclass(frozen=True, kw_only=True)
class CarAsBuilt:
    """What is really so on one car; scoring asks it what an inspection should have found.

    Attributes:
        vehicle: its model.
        vin: of its order.
        options: of its order, complete.
        deviations: what is not as drawn and ordered.
    """

    vehicle: Vehicle
    vin: str
    options: Mapping[str, str]
    deviations: CarDeviations

    @staticmethod
    def of(vehicle: Vehicle, order: Order, deviations: CarDeviations) -> CarAsBuilt:
        """The car of an order."""
        options = ordered_options(order, vehicle)
        return CarAsBuilt(vehicle=vehicle, vin=order.vin, options=options, deviations=deviations)

    def gap_flush(self, seam: str, p_V_mm: tuple[float, float, float]) -> tuple[float, float]:
        """Gap and flush, mm, at a point of the undisplaced car."""
        return true_gap_flush(self.vehicle, seam, p_V_mm, self.deviations.panels)

    def mounted(self, part: str) -> str:
        """What is mounted where a part should be: a variant, or `MISSING`; ``none`` looks like missing."""
        record = self.vehicle.parts[part]
        ordered = record.variants[0] if record.option is None else self.options[record.option]
        mounted = self.deviations.parts.get(part, ordered)
        return MISSING if mounted == NONE else mounted

    def code(self, part: str) -> str:
        """What the code on a part says; empty where there is none."""
        printed = any(m.body == part and self.vehicle.materials[m.material].texture for m in self.vehicle.meshes)
        return self.deviations.printed(self.vin) if printed and self.mounted(part) != MISSING else ""


@dataclass(frozen=True, kw_only=True)
class TrueAnswer:
    """The truth about one characteristic of one car, as it stands in truth.json.

    Attributes:
        id, method: of the characteristic.
        value: a number, or a word for an attribute (``present``, ``missing``, a variant).
        verdict: OK or NOK; the truth is always decidable.
    """

    id: str
    method: str
    value: float | str
    verdict: Literal["OK", "NOK"]


def truth_of_car(order: Order, deviations: CarDeviations, answers: Iterable[TrueAnswer]) -> dict[str, Any]:
    """All true answers about one car, ready for JSON."""
    parked = asdict(deviations.parked) if deviations.parked else None
    return {
        "vin": order.vin,
        "model": order.model,
        "parked": parked,
        "characteristics": [asdict(answer) for answer in answers],
    }


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
