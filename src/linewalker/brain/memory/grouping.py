"""Records put together by what they have in common: a side, a model, a shift, a day, an option."""

from __future__ import annotations

from linewalker.brain.language.intentions import SIDES
from linewalker.brain.memory.matching import sides_of
from linewalker.brain.memory.period import local_day
from linewalker.brain.memory.recorded import RecordedCar, RecordedCharacteristic
from linewalker.brain.memory.selection import Entry, Selection
from linewalker.brain.memory.sentence import Sentence, not_known
from linewalker.inspection.methods import title_of
from linewalker.inspection.severity import SEVERITIES
from linewalker.inspection.title import Title

Group = tuple[Title, list[Entry]]

_SYNONYMS = {
    "car": "vin",
    "cars": "vin",
    "vehicle": "vin",
    "id": "characteristic",
    "severity": "class",
    "classes": "class",
    "methods": "method",
    "sides": "side",
    "models": "model",
    "shifts": "shift",
    "features": "feature",
    "seam": "feature",
    "days": "day",
    "date": "day",
}
WAYS = ("side", "model", "shift", "day", "vin", "characteristic", "feature", "class", "method", "reason")
"""Besides the names of options."""


def groups_of(asked: Selection, by: str) -> list[Group] | Sentence:
    """The characteristics that were asked about, in groups, or why that can not be.

    Sides are left and right where there are both; what is on neither is left out. Else they are front and rear as well.
    """
    way = _SYNONYMS.get(by.strip().lower(), by.strip().lower())
    options = {option for car in asked.cars for option in car.options}
    if way not in WAYS and way not in options:
        there = ", ".join([*WAYS, *sorted(options)])
        return not_known(
            f"不能按“{by}”分；可以按 {there}",
            f"records can not be told apart by '{by}'; they can by {there}",
            asked.shift_citations,
        )
    grouped: dict[Title, list[Entry]] = {}
    for car, entry in asked.entries:
        title = _group(asked, car, entry, way)
        if title is not None:
            grouped.setdefault(title, []).append((car, entry))
    if {SIDES["left"], SIDES["right"]} <= grouped.keys():
        return [(SIDES[side], grouped[SIDES[side]]) for side in ("left", "right")]
    return list(grouped.items())


def _group(asked: Selection, car: RecordedCar, entry: RecordedCharacteristic, way: str) -> Title | None:
    if way == "side":
        sides = sides_of(entry)
        return next((SIDES[side] for side in SIDES if side in sides), None)
    if way == "day":
        shift = next(shift for shift in asked.shifts if shift.citation == car.shift)
        return _same(local_day(shift, asked.now).isoformat())
    if way == "class":
        return SEVERITIES.get(entry.severity, _same(entry.severity))
    if way == "method":
        return title_of(entry.method)
    if way == "reason":
        return entry.reason.title
    if way == "characteristic":
        return Title(zh=f"{entry.id}（{entry.title.zh}）", en=f"{entry.id} ({entry.title.en})")
    names = {"model": car.model, "shift": car.shift, "vin": f"VIN {car.vin}", "feature": entry.feature}
    name = names[way] if way in names else car.options.get(way)
    return None if name is None else _same(name)


def _same(name: str) -> Title:
    return Title(zh=name, en=name)
