"""Parametric vehicles: drawings in YAML become panels with true gaps, a catalogue, nominal views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linewalker.vehicle.library import load_vehicle, model_names
from linewalker.vehicle.vehicle import Vehicle

if TYPE_CHECKING:
    from linewalker.vehicle.mjcf import VehicleInScene, add_vehicle

__all__ = ["Vehicle", "VehicleInScene", "add_vehicle", "load_vehicle", "model_names"]


def __getattr__(name: str) -> Any:
    """What needs MuJoCo is loaded when it is asked for: the names of a car are read without it."""
    if name not in ("VehicleInScene", "add_vehicle"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from linewalker.vehicle import mjcf

    return getattr(mjcf, name)
