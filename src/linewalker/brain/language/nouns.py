"""What people call parts and panels: groups of them that differ only in left, right, front and rear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linewalker.brain.language.vocabulary import NamedThing, Vocabulary

POSITIONS = ("left", "right", "front", "rear")
AXES = {"left": "lateral", "right": "lateral", "front": "longitudinal", "rear": "longitudinal"}
OPPOSITE = {"left": "right", "right": "left", "front": "rear", "rear": "front"}
_IMPLIED = {"hood": "front", "trunk": "rear", "tailgate": "rear", "head_lamp": "front", "tail_lamp": "rear",
            "fender": "front", "charge_flap": "rear", "lettering": "rear"}  # fmt: skip
_ZH = {"left": "左", "right": "右", "front": "前", "rear": "后"}


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A group of parts and panels.

    Attributes:
        key: its name; in the plural it names all members together.
        members: names in the catalogue, and where on the car each is.
        axes: the axes in which the members differ.
    """

    key: str
    members: Mapping[str, frozenset[str]]

    @property
    def plural(self) -> str:
        """What a slot calls all of them."""
        return self.key if self.key.endswith("s") else f"{self.key}s"

    def at(self, positions: frozenset[str]) -> tuple[str, ...]:
        """The members at a place; a word about an axis a member says nothing about takes none away."""
        return tuple(name for name, own in self.members.items() if not any(OPPOSITE[p] in own for p in positions))


def base_of(name: str) -> str:
    """A name of the catalogue without where it is: ``door`` for ``front_door_left``."""
    return "_".join(word for word in name.split("_") if word not in POSITIONS)


def positions_of(name: str) -> frozenset[str]:
    """Where a part is, by its name in the catalogue."""
    return frozenset(word for word in name.split("_") if word in POSITIONS)


def build_nouns(vocabulary: Vocabulary, words: Mapping[str, Any]) -> tuple[dict[str, Noun], dict[str, tuple[str, ...]]]:
    """The groups of a catalogue by key, and the words for each.

    Args:
        vocabulary: parts and panels.
        words: the file of the parts' words.
    """
    members: dict[str, dict[str, frozenset[str]]] = {}
    wider = [own["words"] for own in words.values() if isinstance(own, dict) and "of" in own]
    claimed = {word for phrases in wider for word in phrases}
    said: dict[str, list[str]] = {}
    for thing in (*vocabulary.parts, *vocabulary.panels):
        key = _group_of(thing, words)
        where = positions_of(thing.name) | ({_IMPLIED[key]} if key in _IMPLIED else set())
        members.setdefault(key, {}).setdefault(thing.name, frozenset(where))
        own = words.get(key, ()) if isinstance(words.get(key), list) else ()
        said.setdefault(key, [*own]).extend(
            word for word in (*_bare_titles(thing), *thing.words) if word not in claimed
        )
    for key, entry in words.items():
        if isinstance(entry, dict) and "of" in entry:
            both = {n: w for part in entry["of"] for n, w in (members.get(part) or _single(part, members)).items()}
            if both:
                members[key], said[key] = both, list(entry["words"])
    nouns = {key: Noun(key=key, members=where) for key, where in members.items()}
    return nouns, {key: tuple(dict.fromkeys(texts)) for key, texts in said.items()}


def _group_of(thing: NamedThing, words: Mapping[str, Any]) -> str:
    base = base_of(thing.name)
    if base in words:
        return base
    titles = _bare_titles(thing)
    for key, own in words.items():
        if isinstance(own, list) and not key.startswith("_") and any(title in own for title in titles):
            return key
    return base


def _single(name: str, members: Mapping[str, Mapping[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    return {n: where for group in members.values() for n, where in group.items() if n == name}


def _bare_titles(thing: NamedThing) -> tuple[str, str]:
    """Both titles without where the thing is."""
    where = positions_of(thing.name)
    en = " ".join(word for word in thing.title.en.lower().split() if word not in where)
    zh = thing.title.zh
    while zh and zh[0] in (_ZH[p] for p in where):
        zh = zh[1:]
    return zh or thing.title.zh, en or thing.title.en.lower()


def alternatives_of(sides: Sequence[tuple[str, bool]]) -> list[frozenset[str]]:
    """Places on the car out of sides in a row: left, front, rear are the left front and the left rear.

    Args:
        sides: each with whether ``and`` stands before it.
    """
    rows: list[dict[str, str]] = []
    current: dict[str, str] = {}
    for side, apart in sides:
        axis = AXES[side]
        if current and (apart or current.get(axis, side) != side):
            rows.append(current)
            current = {}
        current[axis] = side
    if current:
        rows.append(current)
    for i in range(1, len(rows)):
        rows[i] = {**rows[i - 1], **rows[i]} if len(rows[i]) < len(rows[i - 1]) else rows[i]
    for i in range(len(rows) - 2, -1, -1):
        rows[i] = {**rows[i + 1], **rows[i]} if len(rows[i]) < len(rows[i + 1]) else rows[i]
    return list(dict.fromkeys(frozenset(row.values()) for row in rows))


def placed(own: frozenset[str], where: frozenset[str]) -> frozenset[str]:
    """frozenset[str] with those of the axes that nothing was said about."""
    return own | {p for p in where if AXES[p] not in {AXES[o] for o in own}}


def moved(own: frozenset[str], where: frozenset[str]) -> frozenset[str]:
    """frozenset[str] with those of the axes that are said anew in their place."""
    return where | {p for p in own if AXES[p] not in {AXES[w] for w in where}}
