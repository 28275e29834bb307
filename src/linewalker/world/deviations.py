"""The world file: how each car of a shift differs from its drawing, and how it is parked. Only the simulator reads it.

docs/world.md describes the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from linewalker.geometry import Pose, exp_so3
from linewalker.modeloptions import ModelOptions
from linewalker.plantfile import Node, PlantFile, allowed_text
from linewalker.vehicle import Vehicle
from linewalker.vehicle.components import MISSING, Array

_SHIFT_LIMIT_MM, _TURN_LIMIT_DEG = 30.0, 5.0
_PARKING_LIMIT_MM, _YAW_LIMIT_DEG = 150.0, 5.0
_LABEL_LETTERS = 40
_PARKING_KEYS = {"x_mm": _PARKING_LIMIT_MM, "y_mm": _PARKING_LIMIT_MM, "yaw_deg": _YAW_LIMIT_DEG}


class Order(Protocol):
    """One car of the shift, as far as the world cares."""

    @property
    def vin(self) -> str:
        """Vehicle identification number."""

    @property
    def model(self) -> str:
        """Name of the vehicle model."""

    @property
    def options(self) -> Mapping[str, str]:
        """Option -> value, of those that the order names; the others are at the defaults of the model."""


def ordered_options(order: Order, vehicle: Vehicle) -> dict[str, str]:
    """All options of an order: those it names, and what the vehicle comes with otherwise.

    Raises:
        InputError: the vehicle has no such option or value.
    """
    known = ModelOptions(options=vehicle.options.values, defaults=vehicle.options.defaults())
    return known.complete(order.model, order.options)


@dataclass(frozen=True, kw_only=True)
class Parking:
    """How far a car stands from where it should, along the axes of the station and about its vertical."""

    x_mm: float = 0.0
    y_mm: float = 0.0
    yaw_deg: float = 0.0

    def pose(self, axle_height_m: float) -> Pose:
        """X_WV, the pose of the car in the station."""
        return Pose.planar(1e-3 * self.x_mm, 1e-3 * self.y_mm, np.radians(self.yaw_deg), z=axle_height_m)

    def drawn(self, seed: int, vin: str) -> Parking:
        """A parking within plus and minus these limits; the same for the same seed and number."""
        digest = hashlib.sha256(vin.encode()).digest()
        x, y, yaw = np.random.default_rng([seed, int.from_bytes(digest[:8], "big")]).uniform(-1, 1, 3)
        return Parking(x_mm=x * self.x_mm, y_mm=y * self.y_mm, yaw_deg=yaw * self.yaw_deg)


DEFAULT_SCATTER = Parking(x_mm=20.0, y_mm=20.0, yaw_deg=0.5)


@dataclass(frozen=True, kw_only=True)
class Displacement:
    """How far a panel is off its nominal place: a shift in mm and a rotation vector in deg, along the axes of V."""

    dx_mm: float = 0.0
    dy_mm: float = 0.0
    dz_mm: float = 0.0
    rx_deg: float = 0.0
    ry_deg: float = 0.0
    rz_deg: float = 0.0

    def pose_about(self, reference_m: Array) -> Pose:
        """The displaced panel's frame in V, for a panel whose own frame is V when nothing is displaced."""
        R = exp_so3(np.radians([self.rx_deg, self.ry_deg, self.rz_deg]))
        shift = np.array([self.dx_mm, self.dy_mm, self.dz_mm]) * 1e-3
        return Pose(p=reference_m + shift - R @ reference_m, R=R)


@dataclass(frozen=True, kw_only=True)
class CarDeviations:
    """What is not as drawn and ordered on one car.

    Attributes:
        parked: where it stands; None draws it from the scatter of the file.
        panels: panel -> how far it is off.
        parts: part -> `MISSING`, or the variant that is mounted instead of the one ordered.
        label: what its label says instead of its number; empty: nothing else.
    """

    parked: Parking | None = None
    panels: Mapping[str, Displacement] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    label: str = ""

    def printed(self, vin: str) -> str:
        """What the label says on the car with this number."""
        return self.label or vin


@dataclass(frozen=True, kw_only=True)
class World:
    """What the simulator makes of a shift.

    Attributes:
        cars: VIN -> deviations; a car that is not listed is as drawn and ordered.
        scatter: largest deviation of a car's parking.
    """

    cars: Mapping[str, CarDeviations] = field(default_factory=dict)
    scatter: Parking = DEFAULT_SCATTER

    def car(self, vin: str, seed: int) -> CarDeviations:
        """The deviations of one car, with its parking drawn where the file leaves it open."""
        listed = self.cars.get(vin, CarDeviations())
        parked = listed.parked if listed.parked is not None else self.scatter.drawn(seed, vin)
        return replace(listed, parked=parked)


def read_world(path: Path | str, orders: Sequence[Order], vehicles: Mapping[str, Vehicle]) -> World:
    """Read and check a world file against the shift and the vehicle models.

    Args:
        path: the file.
        orders: the cars of the shift.
        vehicles: model -> vehicle, for every model in the shift.

    Raises:
        InputError: anything wrong in the file; the message names file, line, key and what is allowed.
    """
    top = PlantFile.read(path)
    top.expect_keys([], ["name", "parking_scatter", "cars"])
    scatter = DEFAULT_SCATTER
    if "parking_scatter" in top:
        scatter = _parking(top["parking_scatter"], lowest=0.0, default=DEFAULT_SCATTER)
    by_vin = {order.vin: order for order in orders}
    cars = {}
    if "cars" in top:
        for vin, node in top["cars"].items():
            if vin not in by_vin:
                raise top["cars"].key_error(vin, f"no car of the shift has this VIN; {allowed_text(vin, by_vin)}")
            cars[vin] = _car(node, vehicles[by_vin[vin].model])
    return World(cars=cars, scatter=scatter)


def _car(node: Node, vehicle: Vehicle) -> CarDeviations:
    node.expect_keys([], ["parked", "panels", "parts", "label"])
    panels = {}
    if "panels" in node:
        for name, entry in node["panels"].items():
            if name not in vehicle.rims:
                problem = f"model {vehicle.name} has no panel '{name}'; {allowed_text(name, vehicle.rims)}"
                raise node["panels"].key_error(name, problem)
            panels[name] = _displacement(entry)
    parts = {}
    if "parts" in node:
        for name, entry in node["parts"].items():
            if name not in vehicle.parts:
                problem = f"model {vehicle.name} has no part '{name}'; {allowed_text(name, vehicle.parts)}"
                raise node["parts"].key_error(name, problem)
            parts[name] = _part(entry, vehicle, name)
    parked = _parking(node["parked"], lowest=-np.inf, default=Parking()) if "parked" in node else None
    return CarDeviations(
        parked=parked, panels=panels, parts=parts, label=_label(node["label"]) if "label" in node else ""
    )


def _parking(node: Node, *, lowest: float, default: Parking) -> Parking:
    node.expect_keys([], list(_PARKING_KEYS))
    values = {
        key: node[key].number(low=max(-limit, lowest), high=limit, unit=key.rpartition("_")[2])
        for key, limit in _PARKING_KEYS.items()
        if key in node
    }
    return Parking(**{key: values.get(key, getattr(default, key)) for key in _PARKING_KEYS})


def _displacement(node: Node) -> Displacement:
    keys = [entry.name for entry in fields(Displacement)]
    node.expect_keys([], keys)
    values = {}
    for key, entry in node.items():
        unit = key.rpartition("_")[2]
        limit = _SHIFT_LIMIT_MM if unit == "mm" else _TURN_LIMIT_DEG
        values[key] = entry.number(low=-limit, high=limit, unit=unit)
    return Displacement(**values)


def _label(node: Node) -> str:
    text = node.text()
    if not (text.isascii() and text.isprintable() and len(text) <= _LABEL_LETTERS):
        raise node.error(f"a label says up to {_LABEL_LETTERS} letters, digits and signs of ASCII")
    return text


def _part(node: Node, vehicle: Vehicle, name: str) -> str:
    """``missing``, or the variant of ``{variant: NAME}``."""
    part = vehicle.parts[name]
    if not node.is_mapping:
        node.choice([MISSING], f"state of a part (or write {{variant: ...}}); '{name}' is")
        return MISSING
    node.expect_keys(["variant"])
    if part.option is None:
        raise node["variant"].error(f"the part '{name}' has no variants; write '{name}: {MISSING}' or leave it out")
    return node["variant"].choice(part.variants, f"variant of {name}")
