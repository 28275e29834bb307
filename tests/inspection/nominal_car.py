"""A CAD export of a car that fits on a page: a straight seam, an arch, a closed flap, two parts."""

from __future__ import annotations

from typing import Any

import numpy as np

from linewalker.inspection.cad.catalogue import VehicleCatalogue


def seam(name: str, p: np.ndarray, across: np.ndarray, normal: np.ndarray, clear: np.ndarray) -> dict[str, Any]:
    """One seam of the export; p, across, normal (n, 3)."""
    master, slave = name.split("/")
    points = [
        {
            "p": p_i.tolist(),
            "normal": n_i.tolist(),
            "across": a_i.tolist(),
            "along": np.cross(n_i, a_i).tolist(),
            "gap_mm": 4.0,
            "flush_mm": 0.0,
            "curvature_master_per_m": 0.5,
            "curvature_slave_per_m": 0.4,
            "clear": bool(c_i),
        }
        for p_i, a_i, n_i, c_i in zip(p, across, normal, clear)
    ]
    title = {"zh": f"缝 {name}", "en": f"seam {name}"}
    return {
        "name": name, "title": title, "master": master, "slave": slave,
        "radius_master_mm": 2.0, "radius_slave_mm": 2.0, "points": points,
    }  # fmt: skip


def door_seam() -> dict[str, Any]:
    """Vertical, at x 1700, on the right side, z -100 to 500; clear from 0 to 400."""
    z = np.arange(-100.0, 501.0, 10.0)
    ones = np.ones_like(z)
    p = np.column_stack((1700 * ones, 900 * ones, z))
    return seam(
        "front_door/rear_door",
        p,
        np.tile([1.0, 0, 0], (len(z), 1)),
        np.tile([0, 1.0, 0], (len(z), 1)),
        (z >= 0) & (z <= 400),
    )


def arch_seam() -> dict[str, Any]:
    """Half a circle of radius 300 about x 0, z 0: every z is passed twice."""
    angle = np.linspace(0, np.pi, 95)
    radial = np.column_stack((np.cos(angle), 0 * angle, np.sin(angle)))
    return seam("fender/arch", 300 * radial + [0, 900, 0], -radial, np.tile([0, 1.0, 0], (95, 1)), np.ones(95, bool))


def export() -> dict[str, Any]:
    """The whole export."""
    badge = {
        "name": "badge_rear", "title": {"zh": "尾标", "en": "rear badge"}, "panel": "trunk", "p": [3700, 200, 500],
        "normal": [1, 0, 0], "up": [0, 0, 1], "width_mm": 120, "height_mm": 40, "option": "badge",
        "variants": ["none", "rs"],
    }  # fmt: skip
    handle = badge | {"name": "handle", "panel": "front_door", "option": None, "variants": ["present"]}
    return {
        "model": "sedan", "title": {"zh": "轿车", "en": "sedan"},
        "axle_height_mm": 338, "length_mm": 4700, "width_mm": 1850, "height_mm": 1450,
        "options": {"paint": ["silver", "red"], "badge": ["none", "rs"]},
        "defaults": {"paint": "silver", "badge": "none"},
        "seams": [door_seam(), arch_seam()], "parts": [badge, handle],
        "footprint": [[-900, -900], [3800, -900], [3800, 900], [-900, 900]],
        "panels": ["front_door", "rear_door", "fender", "arch", "trunk"],
    }  # fmt: skip


def catalogue() -> VehicleCatalogue:
    """The export, loaded."""
    return VehicleCatalogue.from_dict(export())
