"""Parametric vehicles: drawings in YAML become panels with true gaps, a catalogue and the true answers."""

from __future__ import annotations

from linewalker.world.vehicle.library import load_vehicle, model_names
from linewalker.world.vehicle.mjcf import VehicleInScene, add_vehicle
from linewalker.world.vehicle.records import Displacement
from linewalker.world.vehicle.vehicle import Vehicle

__all__ = ["Displacement", "Vehicle", "VehicleInScene", "add_vehicle", "load_vehicle", "model_names"]
