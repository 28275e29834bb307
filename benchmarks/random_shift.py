"""Shifts, plans and worlds drawn at random: what a plant that nobody here has seen might hand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from linewalker.factory.orders.build_orders import BuildOrder, write_shift
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.cad.seam import Seam, SeamPoint
from linewalker.station.inputs import KnownModels
from linewalker.vehicle import Vehicle
from linewalker.world.deviations import Displacement

LOW_M, HIGH_M = 0.45, 1.05
TOLERANCE_MM = 0.7
FOUND_FROM_MM = 1.0
_SIX = ("dx_mm", "dy_mm", "dz_mm", "rx_deg", "ry_deg", "rz_deg")
_VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


@dataclass(frozen=True, kw_only=True)
class RandomShift:
    """Paths of the three files."""

    shift: Path
    plan: Path
    world: Path


def draw_shift(folder: Path, models: KnownModels, *, cars: int, seams: int, parts: int, seed: int) -> RandomShift:
    """Write a random plan for every model, a shift, and a world in which about a third of the panels is off."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    plan = {name: _plan(catalogue, seams, parts, rng) for name, catalogue in models.catalogues.items()}
    orders = [_order(i + 1, models, rng) for i in range(cars)]
    world = {order.vin: _deviations(models.vehicles[order.model], plan[order.model], rng) for order in orders}
    files = RandomShift(shift=folder / "shift.csv", plan=folder / "plan.yaml", world=folder / "world.yaml")
    write_shift(files.shift, orders)
    models = {name: {"characteristics": entries} for name, entries in plan.items()}
    for file, document in ((files.plan, {"models": models}), (files.world, {"cars": world})):
        file.write_text(_yaml(document), encoding="utf-8")
    return files


def _yaml(document: Mapping[str, Any]) -> str:
    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    return text


def _plan(catalogue: VehicleCatalogue, seams: int, parts: int, rng: np.random.Generator) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    for i, name in enumerate(_spread(sorted(catalogue.seams), seams, rng)):
        seam = catalogue.seams[name]
        points = clear_points(seam, catalogue)
        if not points:
            continue
        point = points[int(rng.integers(len(points)))]
        place = {axis: round(float(c), 1) for axis, c in zip("xyz", point.centre_V_mm)}
        for method, nominal in (("gap", point.gap_mm), ("flush", point.flush_mm)):
            entry = {"id": f"S{i:02d}-{method}", "method": method, "feature": name, "at": place, "unit": "mm"}
            entries.append(_named(entry) | {"nominal": round(nominal, 2), "tolerance": TOLERANCE_MM, "class": "major"})
    for name in _spread(sorted(catalogue.parts), parts, rng):
        part = catalogue.parts[name]
        method = "variant" if part.option else "presence"
        entries.append(_named({"id": f"P-{name}", "method": method, "feature": name}) | {"class": "minor"})
    return entries


def _named(entry: dict[str, Any]) -> dict[str, Any]:
    return {"id": entry["id"], "name": {"zh": f"测点 {entry['id']}", "en": f"point {entry['id']}"}} | entry


def clear_points(seam: Seam, catalogue: VehicleCatalogue) -> list[SeamPoint]:
    """Points of a seam that are clear and at a height the robot works at."""
    points = [seam.at_arc(arc) for arc in np.arange(15.0, seam.length_mm - 15.0, 10.0)]
    heights = [1e-3 * (point.centre_V_mm[2] + catalogue.axle_height_mm) for point in points]
    return [point for point, height in zip(points, heights) if point.clear and LOW_M <= height <= HIGH_M]


def _spread(names: list[str], count: int, rng: np.random.Generator) -> list[str]:
    """So many names, every one once before any comes twice."""
    chosen: list[str] = []
    while len(chosen) < count:
        chosen += [str(name) for name in rng.permutation(names)]
    return chosen[:count]


def _order(sequence: int, models: KnownModels, rng: np.random.Generator) -> BuildOrder:
    model = str(rng.choice(sorted(models.catalogues)))
    options = {name: str(rng.choice(values)) for name, values in models.catalogues[model].options.items()}
    vin = "LWK" + "".join(rng.choice(list(_VIN_LETTERS)) for _ in range(8)) + f"{sequence:06d}"
    return BuildOrder(sequence=sequence, vin=vin, model=model, options=options)


def _deviations(vehicle: Vehicle, plan: list[dict[str, Any]], rng: np.random.Generator) -> dict[str, Any]:
    """Panels of planned seams off by a little (good) or by a lot (to be found), parts missing or wrong."""
    names = sorted({panel for entry in plan for panel in entry["feature"].split("/") if "/" in entry["feature"]})
    panels = {}
    for panel in names:
        if rng.random() < 0.35:
            far = rng.random() < 0.4
            shift = rng.uniform(-1.0, 1.0, 3) * (2.6 if far else 0.3)
            turn = rng.uniform(-1.0, 1.0, 3) * (0.12 if far else 0.01)
            record = Displacement(**dict(zip(_SIX, [*shift, *turn])))
            panels[panel] = {key: round(float(value), 3) for key, value in vars(record).items()}
    parts: dict[str, Any] = {}
    for entry in plan:
        if "/" not in entry["feature"] and rng.random() < 0.2:
            record_of_part = vehicle.parts[entry["feature"]]
            others = [variant for variant in record_of_part.variants if variant not in ("none", "present")]
            wrong = record_of_part.option is not None and others and rng.random() < 0.5
            parts[entry["feature"]] = {"variant": str(rng.choice(others))} if wrong else "missing"
    return {"panels": panels, "parts": parts}
