"""All phrases an order may be made of, and what they mean: the field's words, names of cars, plan and packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linewalker.brain.language.atoms import phrase_key
from linewalker.brain.language.nouns import POSITIONS, Noun, build_nouns, positions_of
from linewalker.brain.language.spelling import is_han, read_words, simplified, sounds, spell
from linewalker.brain.language.vocabulary import (
    NamedSeam,
    Pack,
    PlannedCharacteristic,
    SkillWords,
    SlotWords,
    Vocabulary,
)
from linewalker.inspection.title import Title

Meanings = dict[str, Any]
"""What a phrase may mean: kinds (a side, a verb, a word that changes nothing), each with its value."""

_DOUBLED = ("scan", "stop", "get", "step", "begin", "run", "put", "plan", "snap", "skip", "omit", "bar")


@dataclass(frozen=True)
class NounWord:
    """A noun as it was said: its group, and whether it said one, many, or left that open as Chinese does."""

    key: str
    number: str


class Lexicon:
    """Phrases and what they mean.

    Args:
        vocabulary: what the plant has, and the packs.
        words: words of the plant's own, by kind and value as in the files of words; they are added to ours.
    """

    def __init__(self, vocabulary: Vocabulary, words: Mapping[str, Mapping[str, Iterable[str]]] | None = None):
        self.vocabulary = vocabulary
        self.planned: dict[str, PlannedCharacteristic] = {item.id: item for item in vocabulary.planned}
        self.seams: dict[str, NamedSeam] = {seam.name: seam for seam in vocabulary.seams}
        self.panels = frozenset(panel.name for panel in vocabulary.panels)
        self.parts = frozenset(part.name for part in vocabulary.parts)
        self.areas = {area.name: area for area in vocabulary.areas}
        self.things = {thing.name: thing for pack in vocabulary.packs for thing in pack.things}
        self.places = {place.name: place for pack in vocabulary.packs for place in pack.places}
        self._phrases: dict[tuple[str, ...], Meanings] = {}
        parts = read_words("parts")
        self.nouns, said = build_nouns(vocabulary, parts)
        self.skills = skills_with(vocabulary.packs)
        self._add_grammar(words or {})
        self._add_packs()
        self._add_areas()
        self._add_nouns(said, parts)
        self._add_names()
        for name, phrases in (words or {}).get("name", {}).items():
            for phrase in phrases:
                self._phrases.pop(_key(phrase), None)  # the plant's word goes before ours
                self._add(phrase, "name", name)
        self._starting: dict[tuple[str, ...], list[tuple[tuple[str, ...], Meanings]]] = {}
        for key, meanings in self._phrases.items():
            self._starting.setdefault(key[:2], []).append((key, meanings))

    # ------------------------------------------------------------------------------------------------ what is asked
    def starting(self, atom: str, following: str = "") -> list[tuple[tuple[str, ...], Meanings]]:
        """Phrases of this atom alone, and those that begin with it and the one that follows it."""
        return [*self._starting.get((atom,), ()), *self._starting.get((atom, following), ())]

    def meanings(self, phrase: str) -> Meanings:
        """What a phrase means; empty if it is none."""
        return self._phrases.get(_key(phrase), {})

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that are not Chinese."""
        return frozenset(
            atom for key in self._phrases for atom in key if "a" <= atom[0] <= "z" and not atom[-1].isdigit()
        )

    @cached_property
    def order_words(self) -> frozenset[str]:
        """Those of them an order is made of, without what is only refused."""
        return frozenset(atom for key in self.order_phrases for atom in key)

    @cached_property
    def order_phrases(self) -> tuple[tuple[str, ...], ...]:
        """The phrases an order is made of, as atoms, without what is only refused."""
        refused = set(read_words("refusals")) | {"absent"}
        return tuple(key for key, m in self._phrases.items() if not set(m) <= refused)

    @cached_property
    def characters(self) -> frozenset[str]:
        """All Chinese characters that stand for a place on the car or for a part of it."""
        wanted = ("side", "noun")
        singles = (key[0] for key, m in self._phrases.items() if len(key) == 1 and any(kind in m for kind in wanted))
        return frozenset(c for c in singles if is_han(c[0]))

    @cached_property
    def by_sound(self) -> dict[tuple[int, ...], list[tuple[tuple[str, ...], Meanings]]]:
        """Chinese phrases of two to six characters by how they sound."""
        found: dict[tuple[int, ...], list[tuple[tuple[str, ...], Meanings]]] = {}
        table = sounds()
        for key, meanings in self._phrases.items():
            if 2 <= len(key) <= 6 and all(c in table for c in key):
                found.setdefault(tuple(table[c] for c in key), []).append((key, meanings))
        return found

    def phrases(self, *kinds: str) -> Iterator[tuple[str, ...]]:
        """The phrases that may mean one of these kinds, as atoms; all of them if none is named."""
        return (key for key, m in self._phrases.items() if not kinds or not m.keys().isdisjoint(kinds))

    def said(self, noun: str) -> tuple[str, ...]:
        """What people say for a noun, in both languages, the usual words first."""
        return self._said[noun]

    @cached_property
    def titles(self) -> dict[str, Title]:
        """What people call everything that has a name."""
        v = self.vocabulary
        named: dict[str, Title] = {t.name: t.title for t in (*v.panels, *v.parts, *v.seams, *self.places.values())}
        named.update({thing.name: thing.title for thing in (*self.things.values(), *self.areas.values())})
        named.update({item.id: item.title for item in v.planned})
        named.update({noun.plural: _plural_title(noun, self._said) for noun in self.nouns.values()})
        return named

    def members(self, name: str) -> tuple[str, ...]:
        """The names of catalogue and plan that a name in a slot stands for: itself, or all of a group or an area."""
        if name in self.areas:
            return tuple(one for member in self.areas[name].members for one in self.members(member))
        for noun in self.nouns.values():
            if noun.plural == name:
                return tuple(noun.members)
        return (name,)

    def selected(self, names: Iterable[str]) -> frozenset[str]:
        """The features of catalogue and plan that names, ids, panels, groups, sides, methods and classes select."""
        found: set[str] = set()
        for name in names:
            for member in self.members(name):
                if member in self.planned:
                    found.add(self.planned[member].feature)
                found |= {s for s in (*self.seams, *self.parts) if member == s or member in s.split("/")}
                found |= {c.feature for c in self.vocabulary.planned if member in (c.method, c.severity)}
                found |= {s for s in (*self.seams, *self.parts) if member in where_is(s)}
        return frozenset(found)

    def seam_of(self, one: str, other: str) -> str | None:
        """The seam between two panels, if there is one."""
        return self._by_panels.get(frozenset((one, other)))

    def seams_at(self, panel: str) -> tuple[str, ...]:
        """The seams of a panel: those the plan measures, or all if it measures none of them."""
        all_of_it = tuple(s.name for s in self.vocabulary.seams if panel in (s.master, s.slave))
        return tuple(name for name in all_of_it if name in self.planned_features) or all_of_it

    @cached_property
    def planned_features(self) -> frozenset[str]:
        """What the plan inspects."""
        return frozenset(item.feature for item in self.vocabulary.planned)

    @cached_property
    def _by_panels(self) -> dict[frozenset[str], str]:
        return {frozenset((s.master, s.slave)): s.name for s in self.vocabulary.seams}

    # ------------------------------------------------------------------------------------------------- how it is made
    def _add(self, phrase: str, kind: str, value: Any) -> None:
        key = _key(phrase)
        if key:
            self._phrases.setdefault(key, {}).setdefault(kind, value)

    def _add_grammar(self, own: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        for name in ("grammar", "questions", "records"):
            for kind, values in read_words(name).items():
                for value, phrases in values.items():
                    for phrase in (*phrases, *own.get(kind, {}).get(value, ())):
                        self._add(phrase, kind, value)
                        if kind in ("method", "class"):
                            self._add(_plural(phrase), kind, value)
        for kind, phrases in read_words("refusals").items():
            for phrase in phrases:
                self._add(phrase, kind, phrase)
        ours = read_words("skills")
        for skill in sorted(
            self.skills.values(), key=lambda skill: skill.name in ours
        ):  # a pack's verbs go before ours
            for verb in skill.verbs:
                for form in (verb, *_going(verb)):
                    self._add(form, "verb", skill.name)
                if (done := _done(verb)) and skill.name == "inspect":
                    self._add(done, "participle", skill.name)
        for name, title in self.vocabulary.methods.items():
            self._add(title.zh, "method", name)
            self._add(title.en, "method", name)

    def _add_nouns(self, said: Mapping[str, tuple[str, ...]], words: Mapping[str, Any]) -> None:
        self._said = said
        for key, phrases in said.items():
            for phrase in phrases:
                if any(is_han(c) for c in phrase):
                    self._add(phrase, "noun", NounWord(key, "open"))
                else:
                    self._add(phrase, "noun", NounWord(key, "one"))
                    self._add(_plural(phrase), "noun", NounWord(key, "many"))
        for name, phrases in words["_titled"].items():
            if name in self.parts:
                for phrase in phrases:
                    self._add(phrase, "name", name)
        for key, phrases in words.items():
            if key == "_absent" or (isinstance(phrases, list) and key not in self.nouns):
                for phrase in phrases:
                    self._add_absent(phrase)

    def _add_absent(self, phrase: str) -> None:
        for form in (phrase, _plural(phrase)):
            if not {"noun", "place", "thing"} & self.meanings(form).keys():  # a fair has a door, if no car
                self._add(form, "absent", phrase)

    def _add_packs(self) -> None:
        for place in self.places.values():
            for text in (place.name, place.title.zh, place.title.en, *place.words):
                self._add(text, "place", place.name)
        for thing in self.things.values():
            for text in (thing.name, thing.title.zh, thing.title.en, *thing.words):
                self._add(text, "thing", thing.name)
                if not any(is_han(c) for c in text):
                    self._add(_plural(text), "thing", thing.name)

    def _add_areas(self) -> None:
        """The plant's own words for a region go before ours: four doors and two lids are no four doors."""
        for area in self.areas.values():
            for text in (area.name, area.title.zh, area.title.en, *area.words):
                self._phrases.pop(_key(text), None)
                self._add(text, "area", area.name)

    def _add_names(self) -> None:
        for name, values in self.vocabulary.built.items():
            for value in values:
                for text in (value, _plural(value), f"{name} {value}"):
                    self._add(text, "built", (name, value))
        prefixes: dict[str, list[str]] = {}
        for item in self.planned.values():
            self._add(item.id, "ids", (item.id,))
            prefixes.setdefault(item.id.split("-")[0], []).append(item.id)
        for prefix, ids in prefixes.items():
            self._add(prefix, "ids", tuple(ids))
        for seam in self.seams:
            self._add(seam, "name", seam)
        for name in (*self.parts, *self.panels):
            if not positions_of(name) and "noun" not in self.meanings(name):
                self._add(name, "name", name)


def _key(phrase: str) -> tuple[str, ...]:
    """The atoms of a phrase; of thousands of plain ones, quickly."""
    if phrase.isascii() and phrase.islower() and phrase.replace(" ", "").isalpha():
        return tuple(phrase.split())
    if all(is_han(c) for c in phrase) and simplified().keys().isdisjoint(phrase):
        return tuple(phrase)
    return phrase_key(spell(phrase).text)


def skills_with(packs: Iterable[Pack]) -> dict[str, SkillWords]:
    """Ours and the packs', by name; a pack may add to one of ours."""
    skills: dict[str, SkillWords] = {}
    for name, entry in read_words("skills").items():
        slots = {
            slot: SlotWords(role=s["role"], required="required" in s) for slot, s in entry.get("slots", {}).items()
        }
        title = Title(zh=entry["title"]["zh"], en=entry["title"]["en"])
        skills[name] = SkillWords(name=name, title=title, verbs=tuple(entry["verbs"]), slots=slots)
    for pack in packs:
        for skill in pack.skills:
            ours = skills.get(skill.name)
            if ours is None:
                skills[skill.name] = skill
            else:
                slots = {**ours.slots, **skill.slots}
                verbs = (*ours.verbs, *skill.verbs)
                skills[skill.name] = SkillWords(name=ours.name, title=ours.title, verbs=verbs, slots=slots)
    return skills


def _going(verb: str) -> tuple[str, ...]:
    """``measuring`` for ``measure``."""
    first, _, rest = verb.partition(" ")
    if is_han(first[0]) or not first.isalpha() or first.endswith("ing"):
        return ()
    if first.endswith("e") and not first.endswith(("ee", "be")):
        stem = first[:-1]
    else:
        stem = first + first[-1] if first in _DOUBLED else first
    return (f"{stem}ing {rest}".strip(),)


def _done(verb: str) -> str:
    """``measured`` for ``measure``; nothing for a verb of several words."""
    if not verb.isascii() or not verb.isalpha():
        return ""
    if verb.endswith("e"):
        return f"{verb}d"
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    return f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{stem}ed"


def _plural(phrase: str) -> str:
    """``doors`` for ``door``, ``boot lids`` for ``boot lid``; as it is if it is one already."""
    if any(is_han(c) for c in phrase) or phrase.endswith("s"):
        return phrase
    if phrase.endswith(("x", "ch", "sh")):
        return f"{phrase}es"
    return f"{phrase[:-1]}ies" if phrase.endswith("y") and phrase[-2:-1] not in "aeiou" else f"{phrase}s"


def _plural_title(noun: Noun, said: Mapping[str, tuple[str, ...]]) -> Title:
    words = said[noun.key]
    zh = next((w for w in words if is_han(w[0])), noun.key)
    en = next((w for w in words if not is_han(w[0])), noun.key)
    return Title(zh=zh, en=_plural(en))


def where_found(item: PlannedCharacteristic) -> frozenset[str]:
    """Left, right, front or rear in the name of what a characteristic is of, or in its own title."""
    said = item.title.en.lower().replace(",", " ").split()
    return where_is(item.feature) | {place for place in POSITIONS if place in said}


def where_is(name: str) -> frozenset[str]:
    """Left, right, front or rear in the name of a seam or part."""
    return frozenset(p for part in name.split("/") for p in positions_of(part))
