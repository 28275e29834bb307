"""Q-DAS ASCII transfer format (AQDEF 5), the quality file that German plants read.

One file is about one vehicle model: a description (``.dfd``: the part, its characteristics, the catalogue) and values
(``.dfx``), or both in one (``.dfq``). Lines end with CR LF. A car is one line: characteristics stand in the order of
their description, parted by 0x0F; the fields of one are parted by 0x14 and never empty:

- a value: K0001 value, K0002 attribute, K0004 time, K0005 event, K0006 batch, K0007 nest, K0008 operator, K0010
  machine, K0011 process parameter, K0012 gauge;
- an attribute (K2004 = 1): K0020 sample size, K0021 errors, 0, then K0002 and so on.

K0008, K0010 and K0012 are numbers of the catalogue, where the operator, the station and the robot stand as 1. Below the
line stand, for each characteristic, K0014 with the VIN, which K0006 is too short for, and K0009 with the reason of a
verdict that is not OK.

NOT_DECIDABLE must not become an OK on the way: such a value is incomplete, K0002 = 255 if there is a number that must
not be used, 256 if there is none; an attribute of this kind has a sample of 0. A characteristic that a car does not
have is incomplete, 256, too.

The description is written in Windows-1252, which is what a reader expects that is told nothing, if that has all its
letters, else in UTF-8 with a byte-order mark; values are ASCII.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from linewalker.factory.quality.inspected import InspectedCar
from linewalker.factory.records.results import CharacteristicResult, EventKind
from linewalker.inspection.verdict import Verdict

FIELD, NEXT, END = "\x14", "\x0f", "\r\n"
VALID, UNUSABLE, NO_VALUE = 0, 255, 256
_ATTRIBUTE = 1
_FIRST = 1
"""Of the catalogue."""
_EVENTS = {None: 0, EventKind.CONTACT: 1, EventKind.STOP: 2, EventKind.FAULT: 3, EventKind.FALL: 4}
"""K0005, the gravest of a car; a plant gives these numbers texts in its own catalogue."""
_DECIMALS = 4
_LONGEST = {"K1001": 30, "K2001": 20, "K2002": 80, "K0009": 255, "K0014": 40}
_WEIGHTS = {"critical": 1, "major": 2, "minor": 3}
"""K2005, class of a characteristic: 1 critical, 2 important (major), 3 less important."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who measured, with what.

    Attributes:
        station: the machine of the catalogue.
        robot: its gauge.
        software: in the description of the gauge.
        operator: the operator of the catalogue.
    """

    station: str
    robot: str
    software: str
    operator: str = "linewalker"


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a file is about.

    Attributes:
        model: the part.
        characteristics: in the order of the values, as planned; values of theirs are not looked at.
        origin: who measured.
        chinese: names in Chinese; else in English.
    """

    model: str
    characteristics: tuple[CharacteristicResult, ...]
    origin: Origin
    chinese: bool = False

    def __post_init__(self) -> None:
        if not self.characteristics:
            raise ValueError("a description has at least one characteristic")


def description(described: Description) -> bytes:
    """The content of a ``.dfd``."""
    lines = [f"K0100 {len(described.characteristics)}"]
    lines += _fields(1, K1001=described.model, K1002=described.model, K1082=described.origin.station)
    for number, characteristic in enumerate(described.characteristics, start=1):
        lines += _characteristic(number, characteristic, described)
    origin = described.origin
    lines += _fields(_FIRST, K4062=origin.station, K4063=origin.station)
    lines += _fields(_FIRST, K4072=origin.robot, K4073=f"{origin.robot}, {origin.software}", K4092=origin.operator)
    text = "".join(line + END for line in lines)
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")


def values(described: Description, cars: Sequence[InspectedCar]) -> bytes:
    """The content of a ``.dfx``: what is added to a file when cars are added."""
    return "".join(_car(described, car) for car in cars).encode("ascii", "replace")


def _fields(index: int, **fields: str | int | float) -> list[str]:
    return [f"{key}/{index} {_cell(key, field)}" for key, field in fields.items()]


def _cell(key: str, field: str | int | float) -> str:
    if isinstance(field, float):
        return f"{field:.{_DECIMALS}f}"
    return _clean(str(field))[: _LONGEST.get(key, 255)] or "0"


def _clean(text: str) -> str:
    """Without what would end a line or a field."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _characteristic(number: int, one: CharacteristicResult, described: Description) -> list[str]:
    name = one.title.zh if described.chinese else one.title.en
    attribute = is_attribute(one)
    lines = _fields(number, K2001=one.id, K2002=name, K2004=_ATTRIBUTE if attribute else 0)
    lines += _fields(number, K2005=_WEIGHTS.get(one.severity, 3))
    if not attribute:
        lines += _fields(number, K2022=_DECIMALS)
        if isinstance(one.nominal, float | int):
            lines += _fields(number, K2101=float(one.nominal))
        if one.lower is not None:
            lines += _fields(number, K2110=float(one.lower))
        if one.upper is not None:
            lines += _fields(number, K2111=float(one.upper))
        lines += _fields(number, K2120=int(one.lower is not None), K2121=int(one.upper is not None))
        lines += _fields(number, K2142=one.unit)
    lines += _fields(number, K2401=described.origin.robot, K2402=f"{described.origin.robot} {one.method}")
    return lines


def is_attribute(one: CharacteristicResult) -> bool:
    """Whether it is good or bad, and has no limits."""
    return one.lower is None and one.upper is None


def _car(described: Description, car: InspectedCar) -> str:
    judged = {entry.id: entry for entry in car.result.characteristics}
    events = [event.kind for event in car.result.events]
    after = [str(max((_EVENTS[kind] for kind in events), default=0)), "0", "0", str(_FIRST), str(_FIRST), "0"]
    pairs = [(planned, judged.get(planned.id)) for planned in described.characteristics]
    cells = [_cells(planned, entry, car) + [*after, str(_FIRST)] for planned, entry in pairs]
    lines = [NEXT.join(FIELD.join(cell) for cell in cells)]
    for number, (_, entry) in enumerate(pairs, start=1):
        if entry is not None and entry.verdict is not Verdict.OK:
            said = f"{entry.verdict.name} {entry.reason.value} {entry.detail}"
            lines += _fields(number, K0009=said.encode("ascii", "replace").decode())
        lines += _fields(number, K0014=car.result.order.vin)
    return "".join(line + END for line in lines)


def _cells(planned: CharacteristicResult, entry: CharacteristicResult | None, car: InspectedCar) -> list[str]:
    """Value, attribute and time of one characteristic."""
    time = f"{local(car.at):%d.%m.%Y/%H:%M:%S}"
    undecided = entry is None or entry.verdict is Verdict.NOT_DECIDABLE
    if is_attribute(planned):
        bad = entry is not None and entry.verdict is Verdict.NOK
        return ["0" if undecided else "1", "1" if bad else "0", "0", str(NO_VALUE if undecided else VALID), time]
    value = None if entry is None else entry.value
    if not isinstance(value, float | int):
        return ["0", str(NO_VALUE), time]
    return [f"{value:.{_DECIMALS}f}", str(UNUSABLE if undecided else VALID), time]


def local(at: datetime.datetime) -> datetime.datetime:
    """Plant time: that of this machine; the format knows no time zone."""
    return at.astimezone()
