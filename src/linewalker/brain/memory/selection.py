"""Which records a question is about: its slots, laid over the history."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from linewalker.brain.language.goal import Slot
from linewalker.brain.language.intentions import SIDES
from linewalker.brain.memory.matching import Members, alone, cars_named, characteristics_meant, sides_of
from linewalker.brain.memory.period import Period, local_day, shifts_since
from linewalker.brain.memory.recorded import History, RecordedCar, RecordedCharacteristic, RecordedShift, Stage
from linewalker.brain.memory.sentence import Sentence, capitalised, not_known
from linewalker.brain.memory.statistic import Statistic, read_statistic
from linewalker.brain.memory.wording import listed, plain, plural
from linewalker.inspection.methods import title_of
from linewalker.inspection.severity import SEVERITIES
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict

Entry = tuple[RecordedCar, RecordedCharacteristic]


def is_judged(car: RecordedCar, entry: RecordedCharacteristic) -> bool:
    """Whether there is a judgement; the car came, and if it is being inspected, the robot was there."""
    return entry.inspected and not (car.stage is Stage.RUNNING and entry.reason is Reason.ABORTED)


_NAMES = {"features": "feature", "ids": "characteristic", "method": "methods", "class": "classes", "vins": "vin"}
"""Slots of other goals, by what they are called here."""
_SLOTS = frozenset({"vin", "verdict", "feature", "characteristic", "side", "shift", "since", "statistic", "by"})
_MORE_SLOTS = frozenset({"methods", "classes", "model", "area"})


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What a question is about.

    Attributes:
        shifts: those looked through; at least one.
        cars: of these shifts, those that were asked about.
        entries: the characteristics of these cars that were asked about, each with its car.
        narrowed: whether not all characteristics of a car were asked about.
        title: what was asked about, to be said before an answer; None if it is everything.
        verdict, statistic, by: as the question says.
        now: when it was asked.
    """

    shifts: tuple[RecordedShift, ...]
    cars: tuple[RecordedCar, ...]
    entries: tuple[Entry, ...] = ()
    narrowed: bool = False
    title: Title | None = None
    verdict: Verdict | None = None
    statistic: Statistic = field(default_factory=Statistic)
    by: str | None = None
    now: datetime.datetime

    @property
    def shift_citations(self) -> tuple[str, ...]:
        """Of the shifts that were looked through."""
        return tuple(shift.citation for shift in self.shifts)

    @property
    def vins(self) -> tuple[str, ...]:
        """Of the cars, each once."""
        return tuple(dict.fromkeys(car.vin for car in self.cars))

    def opening(self) -> tuple[str, str]:
        """``Left side, gap: `` in Chinese and English, to begin a sentence with; empty if all was asked about."""
        return ("", "") if self.title is None else (f"{self.title.zh}：", f"{self.title.en}: ")

    def of_cars(self, keep: Callable[[RecordedCar], bool]) -> Selection:
        """Only some of the cars."""
        cars = tuple(car for car in self.cars if keep(car))
        kept = {id(car) for car in cars}
        return replace(self, cars=cars, entries=tuple(entry for entry in self.entries if id(entry[0]) in kept))


def select(
    slots: Mapping[str, Slot], history: History, now: datetime.datetime, members: Members = alone
) -> Selection | Sentence:
    """What a question is about, or the sentence that says why the records do not know it.

    Args:
        slots: of a goal: ``vin``, ``verdict``, ``feature``, ``characteristic``, ``side``, ``shift``, ``since``,
            ``statistic``, ``by``, ``methods``, ``classes``, ``model``, or a name of an option, such as ``paint``.
        history: all there is.
        now: with a time zone, which says what day it is.
        members: what areas and groups stand for.
    """
    wanted = {_NAMES.get(name, name): _several(slot) for name, slot in slots.items()}
    found = _shifts(wanted, history, now)
    if isinstance(found, Sentence):
        return found
    titles, shifts = found
    cars = tuple(car for shift in shifts for car in shift.cars)
    asked = Selection(shifts=shifts, cars=cars, now=now)
    for step in (_told, _by_options, _by_vin, partial(_by_characteristic, members=members)):
        narrower = step(asked, wanted, titles)
        if isinstance(narrower, Sentence):
            return narrower
        asked = narrower
    zh, en = "，".join(title.zh for title in titles), ", ".join(title.en for title in titles)
    return replace(asked, title=Title(zh=zh, en=capitalised(en)) if titles else None)


def _several(slot: Slot) -> tuple[str, ...]:
    return tuple(str(entry) for entry in slot) if isinstance(slot, tuple | list) else (str(slot),)


Wanted = Mapping[str, tuple[str, ...]]


def _shifts(
    wanted: Wanted, history: History, now: datetime.datetime
) -> tuple[list[Title], tuple[RecordedShift, ...]] | Sentence:
    titles, shifts = [], history.shifts
    for text in wanted.get("since", ()):
        period = shifts_since(text, shifts, now)
        if period is None:
            return not_known(f"“{text}”不是可查的时间", f"'{text}' is no time that records go by", _all(history))
        if not period.shifts:
            return _no_shift(period, history, now)
        titles.append(period.title)
        shifts = period.shifts
    if names := wanted.get("shift"):
        chosen = tuple(shift for shift in shifts if any(_is_shift(shift, name, shifts) for name in names))
        if not chosen:
            there = listed(plain(f"{shift.citation} ({shift.shift})" for shift in history.shifts))
            named = ", ".join(names)
            return not_known(
                f"没有班次“{named}”；有 {there.zh}", f"there is no shift '{named}'; there are {there.en}", _all(history)
            )
        shifts = chosen
        taken = listed(plain(shift.citation for shift in shifts))
        titles.append(Title(zh=f"班次 {taken.zh}", en=f"shift {taken.en}"))
    return titles, shifts


def _is_shift(shift: RecordedShift, name: str, shifts: tuple[RecordedShift, ...]) -> bool:
    if name in ("current", "this"):
        return shift is shifts[-1]
    if name in ("last", "previous"):
        under_way = any(car.stage in (Stage.EXPECTED, Stage.RUNNING) for car in shifts[-1].cars)
        return shift in shifts[-2:][:1] if under_way or name == "previous" else shift is shifts[-1]
    folder, _, number = shift.citation.rpartition(":")
    stem = shift.shift.rpartition(".")[0]
    return name.casefold() in (text.casefold() for text in (shift.citation, folder, number, shift.shift, stem))


def _no_shift(period: Period, history: History, now: datetime.datetime) -> Sentence:
    newest = history.shifts[-1]
    day = local_day(newest, now).isoformat()
    return not_known(
        f"{period.title.zh}没有班次；最近的是 {newest.citation}，{day}",
        f"no shift was opened {period.title.en}; the newest is {newest.citation}, of {day}",
        [newest.citation],
    )


def _all(history: History) -> list[str]:
    return [shift.citation for shift in history.shifts]


def _told(asked: Selection, wanted: Wanted, _titles: list[Title]) -> Selection | Sentence:
    """What is said besides names: verdict, statistic, by."""
    verdict = None
    if texts := wanted.get("verdict"):
        name = texts[0].upper().replace(" ", "_")
        if name not in Verdict.__members__:
            return not_known(f"没有“{texts[0]}”这种判定", f"there is no verdict '{texts[0]}'", asked.shift_citations)
        verdict = Verdict[name]
    statistic = read_statistic(" ".join(wanted.get("statistic", ())))
    if statistic is None:
        name = " ".join(wanted["statistic"])
        return not_known(f"记录中没有“{name}”", f"the records hold no '{name}'", asked.shift_citations)
    return replace(asked, verdict=verdict, statistic=statistic, by=next(iter(wanted.get("by", ())), None))


def _by_options(asked: Selection, wanted: Wanted, titles: list[Title]) -> Selection | Sentence:
    options = {option for car in asked.cars for option in car.options}
    for name, values in wanted.items():
        if name in _SLOTS or (name in _MORE_SLOTS and name != "model"):
            continue
        if name != "model" and name not in options:
            return not_known(f"记录中没有“{name}”", f"the records hold no '{name}'", asked.shift_citations)
        narrower = asked.of_cars(
            lambda car, name=name, values=values: (  # type: ignore[misc]
                (car.model if name == "model" else car.options.get(name)) in values
            )
        )
        if not narrower.cars:
            text = "/".join(values)
            return not_known(f"没有 {name}={text} 的车", f"there is no car with {name}={text}", asked.shift_citations)
        asked = narrower
        value = "/".join(values)
        titles.append(Title(zh=f"{name}={value} 的车", en=f"cars with {name}={value}"))
    return asked


def _by_vin(asked: Selection, wanted: Wanted, titles: list[Title]) -> Selection | Sentence:
    names = wanted.get("vin", ())
    chosen: set[str] = set()
    for name in names:
        found = cars_named(name, asked.cars)
        vins = list(dict.fromkeys(car.vin for car in found))
        if not vins:
            count = len(asked.cars)
            return not_known(
                f"没有“{name}”这台车（共查 {count} 台）",
                f"no car on record is '{name}' ({plural(count, 'car')} looked through)",
                asked.shift_citations,
            )
        if len(vins) > 1:
            which = listed(plain(vins))
            return not_known(
                f"“{name}”对应多台车：{which.zh}；请说明是哪一台",
                f"which car '{name}' is, for there are {which.en}; say which",
                (cited for car in found for cited in car.citations),
            )
        chosen.update(vins)
    if not names:
        return asked
    titles.append(listed(plain(f"VIN {vin}" for vin in sorted(chosen))))
    return asked.of_cars(lambda car: car.vin in chosen)


def _by_characteristic(
    asked: Selection, wanted: Wanted, titles: list[Title], *, members: Members
) -> Selection | Sentence:
    everything = [entry for car in asked.cars for entry in car.characteristics]
    said = [name for slot in ("feature", "characteristic", "area") for name in wanted.get(slot, ())]
    names, sides = [name for name in said if name not in SIDES], [name for name in said if name in SIDES]
    sides += wanted.get("side", ())
    methods = dict.fromkeys((*wanted.get("methods", ()), *asked.statistic.methods))
    classes = dict.fromkeys((*wanted.get("classes", ()), *asked.statistic.classes))
    found = [characteristics_meant(name, everything, members) for name in names]
    for name, those in zip(names, found):
        if not those:
            return _no_such(name, asked, everything)
    titles += [SIDES.get(side, Title(zh=side, en=side)) for side in sides]
    titles += [title_of(method) for method in methods]
    titles += [SEVERITIES.get(severity, Title(zh=severity, en=severity)) for severity in classes]
    if names:
        titles.append(listed([_called(name, everything, those) for name, those in zip(names, found)]))
    meant = frozenset().union(*found)

    def keep(entry: RecordedCharacteristic) -> bool:
        return (
            (not names or (entry.id, entry.feature) in meant)
            and (not sides or any(side in sides_of(entry) for side in sides))
            and (not methods or entry.method in methods)
            and (not classes or entry.severity in classes)
        )

    kept = tuple((car, entry) for car in asked.cars for entry in car.characteristics if keep(entry))
    narrowed = bool(names or sides or methods or classes)
    if narrowed and not kept:
        nothing = listed(titles)
        return not_known(
            f"没有“{nothing.zh}”的检测项", f"there is no characteristic '{nothing.en}'", asked.shift_citations
        )
    return replace(asked, entries=kept, narrowed=narrowed)


def _called(name: str, entries: list[RecordedCharacteristic], meant: frozenset[tuple[str, str]]) -> Title:
    """What the records call what was asked about, if it is a single characteristic; else the words of the question."""
    found = {(entry.id, entry.title) for entry in entries if (entry.id, entry.feature) in meant}
    if len(found) == 1:
        [(identity, title)] = found
        return Title(zh=f"{identity}（{title.zh}）", en=f"{identity} ({title.en})")
    return Title(zh=f"“{name}”", en=f"'{name}'")


def _no_such(name: str, asked: Selection, entries: list[RecordedCharacteristic]) -> Sentence:
    there = listed(plain(dict.fromkeys(entry.feature for entry in entries)))
    return not_known(
        f"没有“{name}”的记录；有 {there.zh}",
        f"nothing is on record of '{name}'; there are {there.en}",
        asked.shift_citations,
    )
