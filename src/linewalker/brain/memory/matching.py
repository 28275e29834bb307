"""Whether a record is what a name in a question means: cars by their VIN, characteristics by feature and side.

Names are matched as strictly as they can be: what fits exactly leaves out what fits partly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from linewalker.brain.memory.recorded import RecordedCar, RecordedCharacteristic

Members = Callable[[str], tuple[str, ...]]
"""The names that the name of an area of the plan, or of a group of parts, stands for; of any other name, itself."""

_WORDS = re.compile(r"[0-9a-z]+|[^\x00-\x7f]+")
_SIDES_ZH = {"left": "左", "right": "右"}
_POSITIONS = frozenset({"left", "right", "front", "rear"})
_ENDS = {"front": "front", "rear": "rear", "hood": "front", "trunk": "rear", "tailgate": "rear"}


def cars_named(name: str, cars: Sequence[RecordedCar]) -> tuple[RecordedCar, ...]:
    """Cars whose VIN is this, else ends in it, else has it in it; ``#3`` is the car with sequence 3.

    Several cars of one VIN are one car in several shifts; several VINs are a name that is ambiguous.
    """
    wanted = re.sub(r"[\s-]", "", name).upper()
    if not wanted:
        return ()
    if wanted.startswith("#") and wanted[1:].isdigit():
        return tuple(car for car in cars if car.sequence == int(wanted[1:]))
    tests: tuple[Callable[[str], bool], ...] = (
        lambda vin: vin == wanted,
        lambda vin: vin.endswith(wanted),
        lambda vin: wanted in vin,
    )
    for test in tests:
        if found := tuple(car for car in cars if test(car.vin.upper())):
            return found
    return ()


def alone(name: str) -> tuple[str, ...]:
    """Of whoever knows no areas: every name stands for itself."""
    return (name,)


def characteristics_meant(
    name: str, entries: Iterable[RecordedCharacteristic], members: Members
) -> frozenset[tuple[str, str]]:
    """`characteristics_named`, or those of all that the name stands for: an area of the plan, a group of parts."""
    known = list(entries)
    of_members = (characteristics_named(one, known) for one in members(name) if one != name)
    return characteristics_named(name, known) or frozenset().union(*of_members)


def characteristics_named(name: str, entries: Iterable[RecordedCharacteristic]) -> frozenset[tuple[str, str]]:
    """The characteristics a name means, as pairs of id and feature.

    It is an id; a feature; a part of the feature, or a method; a kind of part, such as ``left doors``; a name in either
    language; or words out of all of these, such as ``hood gap``.
    """
    wanted = name.strip().casefold()
    parts, words = frozenset(wanted.replace(" ", "_").split("/")), _words(wanted)
    known = list({(entry.id, entry.feature): entry for entry in entries}.values())
    tests: tuple[Callable[[RecordedCharacteristic], bool], ...] = (
        lambda entry: entry.id.casefold() == wanted,
        lambda entry: frozenset(entry.feature.casefold().split("/")) == parts,
        lambda entry: entry.method.casefold() == wanted or parts <= frozenset(entry.feature.casefold().split("/")),
        lambda entry: any(_is_such(words, part) for part in entry.feature.casefold().split("/")),
        lambda entry: wanted in (entry.title.zh.casefold(), entry.title.en.casefold()),
        lambda entry: words <= _words_of(entry) or (not wanted.isascii() and wanted in entry.title.zh.casefold()),
    )
    for test in tests if words else ():
        if found := frozenset((entry.id, entry.feature) for entry in known if test(entry)):
            return found
    return frozenset()


def sides_of(entry: RecordedCharacteristic) -> Collection[str]:
    """On which sides of the car a characteristic is: ``left``, ``right``, ``front``, ``rear``.

    As its feature says, else as its names do: ``trunk/rear_bumper`` is at the rear, and, if it is called ``trunk to
    rear bumper, left``, on the left. A front door is on its side of the car, not at its front.
    """
    of_feature, of_title = _words(entry.feature.casefold()), _words(entry.title.en.casefold())
    for words in (of_feature, of_title):
        if across := {side for side in _SIDES_ZH if side in words}:
            break
    across = across or {side for side, zh in _SIDES_ZH.items() if zh in entry.title.zh}
    if of_feature & {"left", "right"}:
        return across
    return across | {_ENDS[word] for word in of_feature if word in _ENDS}


def _is_such(words: frozenset[str], part: str) -> bool:
    """Whether a part is of a kind, and where it is said to be: ``front_door_left`` is a door, a left one, no handle."""
    own = _words(part)
    return words - _POSITIONS == own - _POSITIONS and words <= own


def _words(text: str) -> frozenset[str]:
    """Words without the s of a plural."""
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in _WORDS.findall(text))


def _words_of(entry: RecordedCharacteristic) -> frozenset[str]:
    return _words(" ".join((entry.id, entry.feature, entry.method, entry.severity, entry.title.en)).casefold())
