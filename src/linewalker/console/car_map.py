"""A car's verdicts on a drawing of it: SVG, a mark for every place that was looked at, a link to what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from markupsafe import Markup, escape

from linewalker.console.verdict_style import WORDS
from linewalker.errors import InputError
from linewalker.factory.records.results import CarResult, CharacteristicResult
from linewalker.geometry import Array
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Verdict
from linewalker.station.motion.motion_file import documents_in, motion_files
from linewalker.station.run_folder import MOTION
from linewalker.station.shapes.car_drawing import CarDrawing, View, car_drawing

SIDE_TITLES = {
    "left": Title(zh="左侧", en="left"),
    "top": Title(zh="俯视", en="from above"),
    "right": Title(zh="右侧", en="right"),
    "front": Title(zh="前", en="front"),
    "rear": Title(zh="后", en="rear"),
}
_WORST_FIRST = (Verdict.NOK, Verdict.NOT_DECIDABLE, Verdict.OK)
_MARK_MM, _EDGE_MM = 62.0, 90.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where on a car a characteristic is: point (mm) and outward normal in V."""

    p_V_mm: Array
    normal: Array


Places = Mapping[str, Place]
"""By the id of the characteristic."""


def places_of(folder: Path, run: int) -> dict[int, Places]:
    """Sequence of a car -> its places, as the robot's motion has them; only cars of one run, the last attempt of each.

    Args:
        folder: of the run.
        run: its number in the records.
    """
    found: dict[int, Places] = {}
    for file in motion_files(folder / MOTION):
        ours = False
        for document in documents_in(file):
            if "what" not in document:
                ours = document.get("run") == run
            elif ours and document["what"] == "car":
                found[document["sequence"]] = {
                    name: Place(p_V_mm=1e3 * np.array(place["p"]), normal=np.array(place["n"]))
                    for name, place in document["places"].items()
                }
    return found


class CarMaps:
    """Draws the maps of a report; a model's shape is in the page once.

    Args:
        places: of the cars, by sequence.
    """

    def __init__(self, places: Mapping[int, Places]):
        self._places = places
        self._drawings: dict[str, CarDrawing | None] = {}

    def shapes(self, cars: Sequence[CarResult]) -> Markup:
        """The shapes of all models that a car with places has: what the maps are drawn of."""
        models = dict.fromkeys(car.order.model for car in cars if self._places.get(car.order.sequence))
        symbols = (
            _symbol(f"{self._id(model)}-{side}", view, drawing)
            for model in models
            if (drawing := self._drawing(model)) is not None
            for side, view in drawing.views.items()
        )
        return Markup(f'<svg class="shapes" aria-hidden="true"><defs>{"".join(symbols)}</defs></svg>')

    def views(self, car: CarResult) -> Iterator[tuple[str, Title, Markup]]:
        """Side, its title, and the drawing; none where nobody knows the model or the places."""
        places = self._places.get(car.order.sequence, {})
        drawing = self._drawing(car.order.model) if places else None
        if drawing is None:
            return
        paint = drawing.paints.get(car.order.options.get("paint", ""), drawing.colours["paint"])
        marks = _marks(car, places, drawing)
        for side, title in SIDE_TITLES.items():
            view = drawing.views[side]
            shape = f'<use href="#{self._id(car.order.model)}-{side}" style="--paint:{_hex(paint)}"/>'
            yield (
                side,
                title,
                Markup(
                    f'<svg class="map" viewBox="{_box(view)}" role="img"><title>{escape(title.zh)} {escape(title.en)}'
                    f"</title>{shape}{''.join(marks[side])}</svg>"
                ),
            )

    def _drawing(self, model: str) -> CarDrawing | None:
        if model not in self._drawings:
            try:
                self._drawings[model] = car_drawing(model)
            except InputError:  # a model that this machine does not have
                self._drawings[model] = None
        return self._drawings[model]

    def _id(self, model: str) -> str:
        return f"shape-{list(self._drawings).index(model)}"


def row_id(car: CarResult, number: int) -> str:
    """Where in the page a car's characteristic stands, by its number in the plan's order."""
    return f"row-{car.order.sequence}-{number}"


def _marks(car: CarResult, places: Places, drawing: CarDrawing) -> dict[str, list[str]]:
    """By side: one mark for all that was judged at one place, the gravest last, so that it lies on top."""
    spots: dict[tuple[float, ...], list[int]] = {}
    for number, entry in enumerate(car.characteristics):
        if entry.id in places and entry.inspected:
            spots.setdefault(tuple(np.round(places[entry.id].p_V_mm, 0)), []).append(number)
    marks: dict[str, list[tuple[int, str]]] = {side: [] for side in drawing.views}
    for numbers in spots.values():
        numbers.sort(key=lambda number: _WORST_FIRST.index(car.characteristics[number].verdict))
        place = places[car.characteristics[numbers[0]].id]
        side = min(drawing.views, key=lambda side: float(place.normal @ drawing.views[side].into))
        x, y = drawing.views[side].on_paper(place.p_V_mm)
        worst = car.characteristics[numbers[0]].verdict
        told = "; ".join(_told(car.characteristics[number]) for number in numbers)
        mark = (
            f'<a href="#{row_id(car, numbers[0])}" class="{worst.name.lower()}"><title>{escape(told)}</title>'
            f"{_shape(worst, float(x), float(y))}</a>"
        )
        marks[side].append((-_WORST_FIRST.index(worst), mark))
    return {side: [mark for _, mark in sorted(found)] for side, found in marks.items()}


def _told(entry: CharacteristicResult) -> str:
    zh, en = WORDS[entry.verdict]
    return f"{entry.id}: {zh} {en}"


def _shape(verdict: Verdict, x: float, y: float) -> str:
    """A disc if OK, a square if NOK, a diamond if not decidable: also without colour."""
    r = _MARK_MM
    if verdict is Verdict.OK:
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{0.75 * r:.0f}"/>'
    if verdict is Verdict.NOK:
        sign = f'<path class="sign" d="M{x - r / 2:.0f} {y - r / 2:.0f}l{r:.0f} {r:.0f}m0 {-r:.0f}l{-r:.0f} {r:.0f}"/>'
        return f'<rect x="{x - r:.0f}" y="{y - r:.0f}" width="{2 * r:.0f}" height="{2 * r:.0f}" rx="14"/>{sign}'
    k = 1.3 * r
    return f'<path d="M{x:.0f} {y - k:.0f}l{k:.0f} {k:.0f}l{-k:.0f} {k:.0f}l{-k:.0f} {-k:.0f}z"/>'


def _symbol(name: str, view: View, drawing: CarDrawing) -> str:
    paths = (
        f'<path d="{path}" fill="{_fill(material, drawing)}" fill-rule="evenodd"/>' for material, path in view.areas
    )
    return f'<g id="{name}">{"".join(paths)}<path class="seams" d="{view.seams}"/></g>'


def _fill(material: str, drawing: CarDrawing) -> str:
    if material == "":
        return "#20262c"
    return "var(--paint)" if material == "paint" else _hex(drawing.colours[material])


def _box(view: View) -> str:
    left, top, width, height = view.box_mm
    return f"{left - _EDGE_MM:.0f} {top - _EDGE_MM:.0f} {width + 2 * _EDGE_MM:.0f} {height + 2 * _EDGE_MM:.0f}"


def _hex(rgb: Sequence[float]) -> str:
    """``#rrggbb``, lifted towards paper: a drawing, not a photograph."""
    return "#" + "".join(f"{round(255 * (0.22 + 0.78 * min(max(share, 0.0), 1.0))):02x}" for share in rgb[:3])
