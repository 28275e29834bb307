"""Whether a goal is the goal that was wanted, however it is written.

``features: [front_door_left/rear_door_left], methods: [gap]`` and ``ids: [L2-gap]`` are the same goal: what is named of
the plan is compared by the ids it stands for. What is not named (a side, classes) is compared as it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks.brain.corpus import Order, Reading, Wanted
from linewalker.brain.memory.statistic import Quantity, read_statistic

_NAMES = frozenset({"place", "places", "part", "feature", "characteristic"})
"""Slots of names of the plan."""
_SHIFTS = dict.fromkeys(("shift", "this shift", "this", "current"), "current")
_SHIFTS |= dict.fromkeys(("last shift", "last", "previous", "previous shift"), "last")
SIDES = frozenset({"left", "right", "front", "rear"})


@dataclass(kw_only=True)
class Item:
    """A characteristic of the plan; models that share an id share the item.

    Attributes:
        method, kind: how it is measured, and its class.
        sides: on which it lies, as far as names and coordinates say so.
        features: seams and parts it stands for.
    """

    method: str
    kind: str
    sides: set[str] = field(default_factory=set)
    features: set[str] = field(default_factory=set)

    def stands_for(self, name: str) -> bool:
        """Whether a seam, part, panel, group of them, class or method has it: ``hood``, ``wheels``, ``minor``."""
        if "/" in name:
            return bool({name, "/".join(reversed(name.split("/")))} & self.features)
        if name in (self.method, self.kind):
            return True
        panels = {panel for feature in self.features for panel in feature.split("/")}
        return any(f"_{name.removesuffix('s')}_" in f"_{panel}_" for panel in panels)


class Goals:
    """Brings goals into the one form in which they can be compared."""

    def __init__(self, plan: Path) -> None:
        self.items = dict[str, Item]()
        for model in yaml.safe_load(plan.read_text(encoding="utf-8"))["models"].values():
            for entry in model["characteristics"]:
                item = self.items.setdefault(entry["id"], Item(method=entry["method"], kind=entry["class"]))
                item.features.add(entry["feature"])
                item.sides |= SIDES & set(entry["feature"].replace("/", "_").split("_"))
                y = entry.get("at", {}).get("y", 0)
                item.sides |= {"left"} if y < 0 else {"right"} if y > 0 else set()

    def right(self, order: Order, document: Mapping[str, Any]) -> bool:
        """Whether an interpretation (``linewalker ask --json``) is one of the readings that are right."""
        return any(self._agrees(reading, document) for reading in order.right)

    def _agrees(self, reading: Reading, document: Mapping[str, Any]) -> bool:
        if document["outcome"] != reading.outcome:
            return False
        if reading.outcome == "refuse":
            return reading.code in ("", (document["reason"] or {}).get("code"))
        if reading.outcome == "ask":
            return True
        got = document["goals"]
        return len(got) == len(reading.goals) and all(map(self._is, reading.goals, got))

    def _is(self, wanted: Wanted, got: Mapping[str, Any]) -> bool:
        form = self.form(got["skill"], got["slots"])
        return any(form == self.form(wanted.skill, slots) for slots in wanted.writings())

    def form(self, skill: str, slots: Mapping[str, Any]) -> tuple[str, dict[str, object]]:
        """Skill and slots, equal for equal goals."""
        if skill == "inspect":
            return skill, self._inspect(slots)
        form = {name: self._value(name, value) for name, value in slots.items()}
        if skill == "results":
            form |= self._asked(slots)
        return skill, form

    def named(self, names: Iterable[str]) -> frozenset[str]:
        """Ids of what names (classes and methods too) stand for; sides and what is not in the plan for themselves."""
        ids = set[str]()
        for name in names:
            found = {id_ for id_, item in self.items.items() if item.stands_for(name)}
            ids |= {name} if name in SIDES or name in self.items or not found else found
        return frozenset(ids)

    def _inspect(self, slots: Mapping[str, Any]) -> dict[str, object]:
        form: dict[str, object] = {
            name: self._value(name, slots[name]) for name in ("within_s", "vin") if name in slots
        }
        form["times"] = float(slots.get("times", 1))
        side, area = slots.get("side"), slots.get("area")
        if area in SIDES and side is None:
            side, area = area, None
        narrowing = {name: frozenset(slots.get(name, ())) for name in ("classes", "methods")}
        names = [*slots.get("features", ()), *slots.get("ids", ()), *([area] if area else [])]
        spared = self.named(slots.get("except", ()))
        if names:
            chosen = self.named(names) - spared
            return form | {"ids": frozenset(self._narrowed(chosen, side, **narrowing))}
        # "not the wheels" of the right side is "not the rear right wheel", and of the gaps it is nothing
        left_out = spared & self._narrowed(self.items, side, **narrowing) | (set() if side else spared & SIDES)
        return form | narrowing | {"side": side, "except": left_out}

    def _asked(self, slots: Mapping[str, Any]) -> dict[str, object]:
        """Of a question: ``mean gap`` of a seam is the mean of its gap; ``since: shift`` is the shift under way."""
        form = dict[str, object]()
        statistic = read_statistic(str(slots.get("statistic", "")))
        if statistic is not None:
            quantity = None if statistic.quantity is Quantity.VALUE else statistic.quantity
            form["statistic"] = (quantity, statistic.aggregate)
            if "feature" in slots:
                named = self.named([slots["feature"]] if isinstance(slots["feature"], str) else slots["feature"])
                form["feature"] = self._narrowed(named, None, methods=frozenset(statistic.methods))
        period, shift = (_word(slots.get(name, "")) for name in ("since", "shift"))
        if period in _SHIFTS:
            period, shift = "", period
        return form | {"since": period, "shift": _SHIFTS.get(shift, shift)}

    def _narrowed(
        self,
        ids: Iterable[str],
        side: str | None,
        *,
        classes: frozenset[str] = frozenset(),
        methods: frozenset[str] = frozenset(),
    ) -> set[str]:
        kept = set[str]()
        for id_ in ids:
            item = self.items.get(id_)
            if item is None:  # not in the plan: told apart by how it is to be measured
                kept.add(" ".join([id_, *sorted(methods)]))
            elif (
                (not side or side in item.sides)
                and (not classes or item.kind in classes)
                and (not methods or item.method in methods)
            ):
                kept.add(id_)
        return kept

    def _value(self, name: str, value: Any) -> object:
        if name in _NAMES:
            each = [self.named([str(place)]) for place in ([value] if isinstance(value, str) else value)]
            return tuple(each) if name == "places" else frozenset().union(*each)
        numeric = isinstance(value, int | float) and name not in ("vin", "visitors")
        return round(float(value), 6) if numeric else _word(value)


def _word(value: object) -> str:
    return " ".join(str(value).casefold().replace("_", " ").strip(" \"'“”‘’「」.!?。！？").split())
