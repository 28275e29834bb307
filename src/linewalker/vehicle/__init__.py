"""Parametric vehicles: drawings in YAML become panels with true gaps, a catalogue, nominal views."""

from __future__ import annotations

from linewalker.vehicle.library import load_vehicle, model_names
from linewalker.vehicle.mjcf import VehicleInScene, add_vehicle
from linewalker.vehicle.vehicle import Vehicle

__all__ = ["Vehicle", "VehicleInScene", "add_vehicle", "load_vehicle", "model_names"]
