"""The inspection plan: which characteristics of which model are inspected, how, and what is allowed.

A YAML file; docs/inspection-plan.md describes it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from linewalker.errors import InputError
from linewalker.inspection.area import Area, read_areas, read_title
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.methods import METHODS
from linewalker.inspection.severity import Decision, Severity
from linewalker.plantfile import Node, PlantFile, allowed_text

_EVERYWHERE = ("id", "name", "method", "feature", "class")
_KEYS_OF_OURS = ("unit", "tolerance", "nominal", "at")
"""What people know from gap and flush and may write for another method."""
_RESERVED = ("left", "right", "front", "rear", "home", *(severity.value for severity in Severity), *METHODS)


@dataclass(frozen=True, kw_only=True, eq=False)
class InspectionPlan:
    """All characteristics, by model, in the order of the file; and areas, by name."""

    file: Path
    models: Mapping[str, tuple[Characteristic, ...]]
    areas: Mapping[str, Area] = field(default_factory=dict)

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
    top.expect_keys(["models"], ["name", "areas", "decision"])
    if "name" in top:
        top["name"].text()
    decisions = _decisions(top)
    models: dict[str, tuple[Characteristic, ...]] = {}
    for model, node in top["models"].items():
        if model not in catalogues:
            raise top["models"].key_error(model, f"unknown model '{model}'; {allowed_text(model, catalogues)}")
        node.expect_keys(["characteristics"])
        models[model] = _characteristics(node["characteristics"], catalogues[model], decisions)
    if not models:
        raise top["models"].error(f"no model is planned; {allowed_text('', catalogues)}")
    areas = read_areas(top)
    _expect_known(top, areas, _names_in(models, catalogues))
    return InspectionPlan(file=Path(path), models=models, areas=areas)


def _names_in(
    models: Mapping[str, tuple[Characteristic, ...]], catalogues: Mapping[str, VehicleCatalogue]
) -> frozenset[str]:
    """Ids of the plan, and seams, parts and panels of its models."""
    ids = {characteristic.id for planned in models.values() for characteristic in planned}
    planned = [catalogues[model] for model in models]
    return frozenset(ids.union(*((*one.seams, *one.parts, *one.panels) for one in planned)))


def _expect_known(top: Node, areas: Mapping[str, Area], names: Collection[str]) -> None:
    for name, area in areas.items():
        node = top["areas"]
        if name in (*names, *_RESERVED):
            raise node.key_error(name, f"'{name}' has a meaning already; give the area another name")
        for entry in area.contains:
            if entry not in names:
                raise node[name]["contains"].error(f"there is no '{entry}'; {allowed_text(entry, names)}")


def _decisions(top: Node) -> dict[Severity, Decision]:
    """What OK takes in each class: one word for all, or a word for some; simple where nothing is said."""
    words = [decision.value for decision in Decision]
    if "decision" not in top:
        return dict.fromkeys(Severity, Decision.SIMPLE)
    node = top["decision"]
    if not node.is_mapping:
        return dict.fromkeys(Severity, Decision(node.choice(words, "decision")))
    node.expect_keys([], [severity.value for severity in Severity])
    said = {Severity(name): Decision(entry.choice(words, "decision")) for name, entry in node.items()}
    return dict.fromkeys(Severity, Decision.SIMPLE) | said


def _characteristics(
    node: Node, catalogue: VehicleCatalogue, decisions: Mapping[Severity, Decision]
) -> tuple[Characteristic, ...]:
    found: dict[str, Characteristic] = {}
    lines: dict[str, int] = {}
    for entry in node.entries():
        characteristic = _characteristic(entry, catalogue, decisions)
        if characteristic.id in found:
            raise entry["id"].error(
                f"the id '{characteristic.id}' stands twice, first in line {lines[characteristic.id]}"
            )
        found[characteristic.id], lines[characteristic.id] = characteristic, entry["id"].line
    if not found:
        raise node.error("no characteristic is planned for this model")
    return tuple(found.values())


def _characteristic(node: Node, catalogue: VehicleCatalogue, decisions: Mapping[Severity, Decision]) -> Characteristic:
    method = node["method"].choice(METHODS, "method")
    _expect_keys(node, method)
    question = METHODS[method].read(node, catalogue)
    severity = Severity(node["class"].choice([s.value for s in Severity], "class"))
    return Characteristic(
        id=node["id"].text(),
        title=read_title(node["name"]),
        method=method,
        severity=severity,
        feature=node["feature"].text(),
        question=question,
        when=_when(node["when"], catalogue) if "when" in node else {},
        decision=decisions[severity],
    )


def _expect_keys(node: Node, method: str) -> None:
    own = (*METHODS[method].required, *METHODS[method].optional)
    for key in _KEYS_OF_OURS:
        if key in node and key not in own:
            raise node.key_error(key, f"a characteristic of method {method} has no {key}; take the key out")
    node.expect_keys([*_EVERYWHERE, *METHODS[method].required], [*METHODS[method].optional, "when"])


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
