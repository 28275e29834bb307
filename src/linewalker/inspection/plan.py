"""The inspection plan: which characteristics of which model are inspected, how, and what is allowed.

A YAML file; docs/inspection-plan.md describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from linewalker.errors import InputError
from linewalker.inspection.cad.catalogue import Part, VehicleCatalogue
from linewalker.inspection.cad.seam import AXES, Seam, SeamPoint
from linewalker.inspection.characteristic import Characteristic, Method, Severity
from linewalker.inspection.title import Title
from linewalker.plantfile import Node, PlantFile, allowed_text

_EVERYWHERE = ("id", "name", "method", "feature", "class")
_OF_VALUES = ("unit", "nominal", "tolerance")
_GAP_RANGE_MM = (0.5, 30.0)
_FLUSH_RANGE_MM = (-20.0, 20.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class InspectionPlan:
    """All characteristics, by model, in the order of the file."""

    file: Path
    models: Mapping[str, tuple[Characteristic, ...]]

    def applicable(self, model: str, options: Mapping[str, str]) -> tuple[Characteristic, ...]:
        """What to inspect on a car of a model with these options (complete, defaults included).

        Raises:
            InputError: the plan has nothing for this model.
        """
        if model not in self.models:
            raise InputError(f"the plan has no model '{model}'; {allowed_text(model, self.models)}", file=self.file)
        return tuple(c for c in self.models[model] if c.applies_to(options))


def read_plan(path: Path | str, catalogues: Mapping[str, VehicleCatalogue]) -> InspectionPlan:
    """Read and check a plan against the catalogues of the models the station knows.

    Raises:
        InputError: anything a plant may have written wrongly; the message names file, line, key and what is allowed.
    """
    top = PlantFile.read(path)
    top.expect_keys(["models"], ["name"])
    if "name" in top:
        top["name"].text()
    models: dict[str, tuple[Characteristic, ...]] = {}
    for model, node in top["models"].items():
        if model not in catalogues:
            raise top["models"].key_error(model, f"unknown model '{model}'; {allowed_text(model, catalogues)}")
        node.expect_keys(["characteristics"])
        models[model] = _characteristics(node["characteristics"], catalogues[model])
    if not models:
        raise top["models"].error(f"no model is planned; {allowed_text('', catalogues)}")
    return InspectionPlan(file=Path(path), models=models)


def _characteristics(node: Node, catalogue: VehicleCatalogue) -> tuple[Characteristic, ...]:
    found: dict[str, Characteristic] = {}
    lines: dict[str, int] = {}
    for entry in node.entries():
        characteristic = _characteristic(entry, catalogue)
        if characteristic.id in found:
            raise entry["id"].error(
                f"the id '{characteristic.id}' stands twice, first in line {lines[characteristic.id]}"
            )
        found[characteristic.id], lines[characteristic.id] = characteristic, entry["id"].line
    if not found:
        raise node.error("no characteristic is planned for this model")
    return tuple(found.values())


def _characteristic(node: Node, catalogue: VehicleCatalogue) -> Characteristic:
    method = Method(node["method"].choice([m.value for m in Method], "method"))
    nominal: float | str | None
    lower: float | None
    upper: float | None
    point, place = None, dict[str, float]()
    if method.is_measured:
        node.expect_keys([*_EVERYWHERE, *_OF_VALUES], ["at", "when"])
        seam = _seam(node["feature"], catalogue)
        place = _place(node["at"]) if "at" in node else {}
        point = _point(node, seam, place)
        node["unit"].choice(["mm"], "unit of a gap or flush")
        nominal, lower, upper = _limits(node, method)
    else:
        _expect_attribute_keys(node, method)
        part = _part(node["feature"], catalogue)
        nominal = node["nominal"].choice(part.variants, f"variant of {part.name}") if "nominal" in node else None
        lower, upper = None, None
    return Characteristic(
        id=node["id"].text(),
        title=_title(node["name"]),
        method=method,
        severity=Severity(node["class"].choice([s.value for s in Severity], "class")),
        feature=node["feature"].text(),
        place=place,
        point=point,
        nominal=nominal,
        lower=lower,
        upper=upper,
        when=_when(node["when"], catalogue) if "when" in node else {},
    )


def _expect_attribute_keys(node: Node, method: Method) -> None:
    for key in ("unit", "tolerance", "at"):
        if key in node:
            raise node.key_error(key, f"a characteristic of method {method.value} has no {key}; take the key out")
    node.expect_keys(_EVERYWHERE, ["nominal", "when"])


def _title(node: Node) -> Title:
    node.expect_keys(["zh", "en"])
    return Title(zh=node["zh"].text(), en=node["en"].text())


def _seam(node: Node, catalogue: VehicleCatalogue) -> Seam:
    name = node.text()
    if name in catalogue.parts:
        raise node.error(f"'{name}' is a part; gap and flush need a seam; {allowed_text(name, catalogue.seams)}")
    if name not in catalogue.seams:
        raise node.error(f"{catalogue.model} has no seam '{name}'; {allowed_text(name, catalogue.seams)}")
    return catalogue.seams[name]


def _part(node: Node, catalogue: VehicleCatalogue) -> Part:
    name = node.text()
    if name in catalogue.seams:
        raise node.error(f"'{name}' is a seam; presence and variant need a part; {allowed_text(name, catalogue.parts)}")
    if name not in catalogue.parts:
        raise node.error(f"{catalogue.model} has no part '{name}'; {allowed_text(name, catalogue.parts)}")
    return catalogue.parts[name]


def _place(node: Node) -> dict[str, float]:
    node.expect_keys([], AXES)
    place = {axis: value.number(unit="mm") for axis, value in node.items()}
    if not place:
        raise node.error("expected x, y or z with a value in mm, for example {z: 280}")
    return place


def _point(node: Node, seam: Seam, place: Mapping[str, float]) -> SeamPoint:
    try:
        return seam.at(place) if place else seam.middle_clear()
    except InputError as error:
        raise (node["at"] if place else node["feature"]).error(error.problem) from None


def _limits(node: Node, method: Method) -> tuple[float, float, float]:
    low, high = _GAP_RANGE_MM if method is Method.GAP else _FLUSH_RANGE_MM
    nominal = node["nominal"].number(low=low, high=high, unit="mm")
    tolerance = node["tolerance"]
    if not tolerance.is_list:
        half = tolerance.number(unit="mm")
        if half <= 0:
            raise tolerance.error(f"a symmetric tolerance is larger than 0 mm, found {half:g}")
        return nominal, nominal - half, nominal + half
    entries = tolerance.entries()
    if len(entries) != 2:
        raise tolerance.error(f"expected one number, or [lower, upper] deviation, found {len(entries)} numbers")
    lower, upper = (entry.number(unit="mm") for entry in entries)
    if lower >= upper:
        raise tolerance.error(
            f"the lower deviation {lower:g} mm is not below the upper one {upper:g} mm; write [lower, upper]"
        )
    return nominal, nominal + lower, nominal + upper


def _when(node: Node, catalogue: VehicleCatalogue) -> dict[str, tuple[str, ...]]:
    when: dict[str, tuple[str, ...]] = {}
    for option, value in node.items():
        if option not in catalogue.options:
            problem = f"{catalogue.model} has no option '{option}'; {allowed_text(option, catalogue.options)}"
            raise node.key_error(option, problem)
        allowed = catalogue.options[option]
        when[option] = tuple(entry.choice(allowed, f"value of option {option}") for entry in value.one_or_more())
        if not when[option]:
            raise value.error(f"expected a value or a list of values; {allowed_text('', allowed)}")
    return when
