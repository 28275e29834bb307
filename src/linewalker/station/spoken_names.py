"""What an order can speak of at a station: the names of its plan and of the cars in it. Nothing is built for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.vocabulary import (
    NamedArea,
    NamedSeam,
    NamedThing,
    Pack,
    PlannedCharacteristic,
    Vocabulary,
)
from linewalker.brain.memory.recorded import History, RecordedCar, RecordedCharacteristic
from linewalker.inspection.area import read_areas
from linewalker.inspection.title import Title
from linewalker.plantfile import Node, PlantFile, allowed_text
from linewalker.vehicle.drawn_names import DrawnNames, Titles, drawn_names
from linewalker.vehicle.library import model_names

EXAMPLE_PLAN = next((p for p in [Path(__file__).parents[3] / "examples" / "plan.yaml"] if p.is_file()), None)
"""The plan of the example, where the package lies in a clone; None where it was installed without one."""


def plan_spoken_of(plan: Path | None, history: History | None) -> Path | None:
    """The plan whose names orders are read with.

    Args:
        plan: that which was given. None: the example's, where nothing is on record or a shift was worked by it.
        history: what is on record.
    """
    if plan is not None or EXAMPLE_PLAN is None:
        return plan
    worked_by = {shift.plan_sha256 for shift in history.shifts} if history is not None else set()
    return (
        EXAMPLE_PLAN if history is None or hashlib.sha256(EXAMPLE_PLAN.read_bytes()).hexdigest() in worked_by else None
    )


def lexicon_of(
    plan: Path | None, packs: Sequence[Pack] = (), history: History | None = None, words: Path | None = None
) -> Lexicon:
    """The words orders are read with at a station that works by a plan.

    Args:
        plan: the inspection plan; only names are taken from it, `read_plan` checks the rest before anything moves.
            None: the names of all cars there are, and no ids.
        packs: of other fields.
        history: of shifts that were worked, maybe by other plans; their names are understood too.
        words: a file of the plant's own words, see `own_words`.

    Raises:
        InputError: the file is no plan, or names a model there is none of; or words are for nothing there is.
    """
    vocabulary = vocabulary_of(plan, packs, history)
    return Lexicon(vocabulary, None if words is None else own_words(words, vocabulary))


def own_words(path: Path, vocabulary: Vocabulary) -> dict[str, dict[str, tuple[str, ...]]]:
    """What a plant calls things: a YAML file ``{features: {hood/front_bumper: [nose seam]}, methods: {gap: [slot]}}``.

    Args:
        path: of the file.
        vocabulary: what there is to have a name.

    Raises:
        InputError: names the key that stands for nothing here.
    """
    top = PlantFile.read(path)
    top.expect_keys([], ["features", "methods"])
    features = {t.name for t in (*vocabulary.seams, *vocabulary.parts)}
    methods = {item.method for item in vocabulary.planned} | {"gap", "flush", "presence", "variant"}
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, kind, known in (("features", "name", features), ("methods", "method", methods)):
        for name, node in top[key].items() if key in top else ():
            if name not in known:
                raise top[key].key_error(name, f"there is no '{name}' here; {allowed_text(name, known)}")
            found.setdefault(kind, {})[name] = tuple(entry.text() for entry in node.one_or_more())
    return found


def vocabulary_of(plan: Path | None, packs: Sequence[Pack] = (), history: History | None = None) -> Vocabulary:
    """The names of a plan and its models, and of what is on record, as data for the brain."""
    areas, models = {}, {}
    if plan is not None:
        whole = PlantFile.read(plan)
        areas, models = read_areas(whole), dict((top := whole["models"]).items())
    worked = [car for shift in history.shifts for car in shift.cars] if history is not None else []
    names = [*(_model(name, top) for name in models), *(car.model for car in worked if car.model in model_names())]
    drawn = [drawn_names(name) for name in dict.fromkeys(names)] or [drawn_names(name) for name in model_names()]
    planned = [_characteristic(entry) for model in models.values() for entry in model["characteristics"].entries()]
    recorded = {(e.id, e.feature): _recorded(e) for car in worked for e in car.characteristics}
    drawn.append(_recorded_names({feature for _, feature in recorded}))
    return Vocabulary(
        seams=tuple(_seam(name, titles) for name, titles in _merged(drawn, "seams")),
        parts=tuple(NamedThing(name=name, title=_title(titles)) for name, titles in _merged(drawn, "parts")),
        panels=tuple(NamedThing(name=name, title=_title(titles)) for name, titles in _merged(drawn, "panels")),
        planned=tuple(({(c.id, c.feature): c for c in planned} | recorded).values()),
        areas=tuple(
            NamedArea(name=name, title=area.title, words=area.words, members=area.contains)
            for name, area in areas.items()
        ),
        packs=tuple(packs),
        built=_built(worked),
    )


def _built(cars: Iterable[RecordedCar]) -> dict[str, tuple[str, ...]]:
    """The models and the values of options of cars on record; what is not there is no name."""
    found: dict[str, dict[str, None]] = {}
    for car in cars:
        for name, value in {"model": car.model, **car.options}.items():
            if value not in ("none", "standard"):
                found.setdefault(name, {})[value] = None
    return {name: tuple(values) for name, values in found.items()}


def _model(name: str, models: Node) -> str:
    if name not in model_names():
        raise models.key_error(name, f"unknown model '{name}'; there are {', '.join(model_names())}")
    return name


def _characteristic(node: Node) -> PlannedCharacteristic:
    title = node["name"]
    return PlannedCharacteristic(
        id=node["id"].text(),
        title=Title(zh=title["zh"].text(), en=title["en"].text()),
        feature=node["feature"].text(),
        method=node["method"].text(),
        severity=node["class"].text(),
    )


def _recorded(entry: RecordedCharacteristic) -> PlannedCharacteristic:
    return PlannedCharacteristic(
        id=entry.id, title=entry.title, feature=entry.feature, method=entry.method, severity=entry.severity
    )


def _recorded_names(features: Iterable[str]) -> DrawnNames:
    """What features on record are called if there is no drawing that has them: by their names."""
    parts = {name for name in features if "/" not in name}
    seams = {name for name in features if "/" in name}
    panels = {panel for name in seams for panel in name.split("/")}
    return DrawnNames(
        **{
            kind: {name: (words, words) for name in sorted(names) for words in [name.replace("_", " ")]}
            for kind, names in (("seams", seams), ("parts", parts), ("panels", panels))
        }
    )


def _merged(drawn: Iterable[DrawnNames], kind: str) -> Iterable[tuple[str, Titles]]:
    """Each name once, with the title of the first model that has it."""
    names: dict[str, Titles] = {}
    for model in drawn:
        for name, titles in getattr(model, kind).items():
            names.setdefault(name, titles)
    return names.items()


def _seam(name: str, titles: Titles) -> NamedSeam:
    master, _, slave = name.partition("/")
    return NamedSeam(name=name, title=_title(titles), master=master, slave=slave)


def _title(titles: Titles) -> Title:
    return Title(zh=titles[0], en=titles[1])
