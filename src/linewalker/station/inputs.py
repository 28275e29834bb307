"""The files a plant writes, read and checked against one another before anything moves or is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import BuildOrder, read_shift
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.plan import InspectionPlan, read_plan
from linewalker.modeloptions import ModelOptions
from linewalker.vehicle import Vehicle, load_vehicle, model_names
from linewalker.vehicle.cad_export import cad_export_of

Progress = Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class KnownModels:
    """The vehicle models the station can be asked for.

    Attributes:
        vehicles: the simulated cars, by model.
        catalogues: their CAD export, by model: all that the robot knows of them.
    """

    vehicles: Mapping[str, Vehicle]
    catalogues: Mapping[str, VehicleCatalogue]

    @property
    def options(self) -> dict[str, ModelOptions]:
        """What each model can be ordered with."""
        return {name: catalogue.orderable for name, catalogue in self.catalogues.items()}


def known_models() -> tuple[str, ...]:
    """Names of the vehicle models that exist."""
    return model_names()


def load_models(names: Iterable[str] | None = None, progress: Progress | None = None) -> KnownModels:
    """Vehicle models by name (all by default), built on first use and cached."""
    vehicles = {name: load_vehicle(name, progress) for name in (names if names is not None else model_names())}
    catalogues = {name: VehicleCatalogue.from_dict(cad_export_of(vehicle)) for name, vehicle in vehicles.items()}
    return KnownModels(vehicles=vehicles, catalogues=catalogues)


def read_orders(path: Path, plan: InspectionPlan, models: KnownModels) -> tuple[BuildOrder, ...]:
    """The shift, every car of which the plan must cover.

    Raises:
        InputError: names file, line, key and what is allowed.
    """
    orders = read_shift(path, models.options)
    for order in orders:
        if not plan.applicable(order.model, order.options):
            raise InputError(
                f"no characteristic applies to {order.vin} ({order.model}, {order.options_text}); "
                "add one to the plan or take the car out of the shift",
                file=plan.file,
                key=f"models.{order.model}",
            )
    return orders


def read_inspection_plan(path: Path, models: KnownModels) -> InspectionPlan:
    """The plan, checked against the catalogues of the models."""
    return read_plan(path, models.catalogues)


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits: names this very version of it in records and reports."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
