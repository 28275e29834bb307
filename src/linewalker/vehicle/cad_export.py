"""The CAD export of a model: seams, parts and options as a plant would get them. It holds no deviation of any car."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from linewalker.vehicle.components import Array, MountedPart, SeamCurve
from linewalker.vehicle.envelope import envelope_of

if TYPE_CHECKING:
    from linewalker.vehicle.vehicle import Vehicle

CadExport = dict[str, Any]
"""JSON-ready; all lengths in mm, all points in frame V."""


def cad_export_of(vehicle: Vehicle) -> CadExport:
    """The catalogue of a vehicle model."""
    length_mm, width_mm, height_mm = (float(value) for value in np.round(vehicle.size_m * 1e3, 1))
    return {
        "model": vehicle.name,
        "title": {"zh": vehicle.title_zh, "en": vehicle.title_en},
        "axle_height_mm": round(vehicle.axle_height_m * 1e3, 3),
        "length_mm": length_mm,
        "width_mm": width_mm,
        "height_mm": height_mm,
        "options": {option: list(values) for option, values in vehicle.options.values.items()},
        "defaults": vehicle.options.defaults(),
        "seams": [_seam(seam) for seam in vehicle.seams.values()],
        "parts": [_part(part) for part in vehicle.parts.values()],
        "footprint": _mm(vehicle.footprint_m),
        "envelope": envelope_of(vehicle.colliders),
        "panels": list(vehicle.rims),
    }


def _seam(seam: SeamCurve) -> dict[str, Any]:
    points = [
        {
            "p": _mm(seam.point_m[i]),
            "normal": _direction(seam.normal[i]),
            "across": _direction(seam.across[i]),
            "along": _direction(seam.along[i]),
            "gap_mm": round(float(seam.gap_mm[i]), 4),
            "flush_mm": round(float(seam.flush_mm[i]), 4),
            "curvature_master_per_m": round(float(seam.curvature_master_per_m[i]), 4),
            "curvature_slave_per_m": round(float(seam.curvature_slave_per_m[i]), 4),
            "clear": bool(seam.clear[i]),
        }
        for i in range(len(seam.point_m))
    ]
    return {
        "name": seam.name,
        "title": {"zh": seam.title_zh, "en": seam.title_en},
        "master": seam.master,
        "slave": seam.slave,
        "radius_master_mm": seam.radius_master_mm,
        "radius_slave_mm": seam.radius_slave_mm,
        "points": points,
    }


def _part(part: MountedPart) -> dict[str, Any]:
    return {
        "name": part.name,
        "title": {"zh": part.title_zh, "en": part.title_en},
        "panel": part.panel,
        "p": _mm(part.p_m),
        "normal": _direction(part.normal),
        "up": _direction(part.up),
        "width_mm": round(part.width_mm, 1),
        "height_mm": round(part.height_mm, 1),
        "option": part.option,
        "variants": list(part.variants),
    }


def _mm(points_m: Array) -> list[Any]:
    values: list[Any] = np.round(np.asarray(points_m, float) * 1e3, 4).tolist()
    return values


def _direction(v: Array) -> list[float]:
    values: list[float] = np.round(v, 7).tolist()
    return values
