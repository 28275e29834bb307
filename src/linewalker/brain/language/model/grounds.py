"""What goals have to rest on: their names and numbers are said by the order, and none of the order's is passed over.

A model may find out what an order means that the grammar does not; it may not add a word to it, nor leave one out.
Whatever it was told by anybody else is therefore of no use to whoever told it.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from linewalker.brain.language.features import Features, Unresolved
from linewalker.brain.language.goal import Goal
from linewalker.brain.language.goal_slots import GOALS
from linewalker.brain.language.interpretation import Because, Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.stop_order import says_stop
from linewalker.brain.language.wish import Item, Things, Wish
from linewalker.inspection.title import Title

_INSPECTING = ("inspect", "look")
_NAMING = ("features", "ids", "area", "part", "place", "places", "feature", "characteristic")
_COUNTED = ("times", "within_s", "seconds", "x_m", "y_m", "yaw_deg", "visitors")
_TELLING = ("verdict", "shift", "since", "statistic", "by")  # they choose what is told, and move nothing


class GroundedReading:
    """The offline reading, and what goals of somebody else have to rest on.

    Args:
        lexicon: the words there are.
    """

    def __init__(self, lexicon: Lexicon):
        self._lexicon, self._reader, self._features = lexicon, OrderReader(lexicon), Features(lexicon)

    def read(self, order: str, after: Sequence[str] = ()) -> Interpretation:
        """What an order means after the earlier ones of its dialogue."""
        return self._reader.read(order, after)

    def stops(self, order: str) -> bool:
        """Whether it is to stop."""
        return says_stop(order)

    def interpretation(self, language: str, goals: Sequence[Goal]) -> Interpretation:
        """Goals that are clear, and how they are said back."""
        return self._reader.interpretation(language, goals)

    def objection(self, order: str, after: Sequence[str], goals: Sequence[Goal]) -> Because | None:
        """Which slot no word says, or which word is in no slot; None: neither."""
        try:
            said = self._reader.wishes(order)
        except Trouble as trouble:
            return trouble.because
        if any(wish.absent or "twice_negated" in wish.marks for wish in said):
            return _passed_over(", ".join(word for wish in said for word in wish.absent) or order)
        unclear = self._unclear(said)
        if unclear is not None:
            return unclear
        earlier = [wish for text in after for wish in self._wishes(text)]
        text = "\n".join((order, *after))
        for goal in goals:
            unsaid = self._unsaid(goal, said, earlier, text)
            if unsaid is not None:
                return _not_in_order(unsaid)
        if not any(goal.skill not in GOALS or GOALS[goal.skill].moves for goal in goals):
            return None
        missed = self._missed(said, goals)
        if missed is not None:
            return _passed_over(missed)
        return self._misplaced(said, goals)

    def same(self, one: Sequence[Goal], other: Sequence[Goal]) -> bool:
        """Whether two readings come to the same: equal goals, or equal choices out of the plan."""
        return [self._meaning(goal) for goal in one] == [self._meaning(goal) for goal in other]

    def _unclear(self, said: Sequence[Wish]) -> Because | None:
        """Of several things that would do nobody chooses but who gave the order."""
        for wish in said:
            if wish.skill in ("", *_INSPECTING):
                try:
                    self._features.find(wish.things.items, wish.things.wanted, between=wish.things.between)
                except Unresolved as problem:
                    return Trouble(code=problem.code, what=problem.what, choices=self._titles(problem.choices)).because
        return None

    def _titles(self, names: Sequence[str]) -> list[Title]:
        return [self._lexicon.titles.get(name, Title(zh=name, en=name)) for name in names]

    # ------------------------------------------------------------------ what a goal has that nobody said
    def _unsaid(self, goal: Goal, said: Sequence[Wish], earlier: Sequence[Wish], text: str) -> str | None:
        if not self._skill_said(goal, said, earlier):
            return goal.skill
        wishes = [*said, *earlier]
        for name, value in goal.slots.items():
            for entry in value if isinstance(value, tuple) else (value,):
                if not self._slot_said(name, entry, wishes, text):
                    return f"{name}={entry}"
        return None

    def _skill_said(self, goal: Goal, said: Sequence[Wish], earlier: Sequence[Wish]) -> bool:
        """Whether a verb asks for it; without any verb, whether what is named can only be for that."""
        if not GOALS.get(goal.skill, GOALS["home"]).moves and goal.skill not in ("say", "pause"):
            return True
        verbs = {wish.skill for wish in said if wish.skill}
        if not verbs:
            again = any(wish.marks & {"again", "also", "pronoun", "one", "other", "rest"} for wish in said)
            verbs = {wish.skill for wish in earlier if wish.skill} if again else set()
        if verbs:
            return goal.skill in verbs or (goal.skill in _INSPECTING and bool(verbs & set(_INSPECTING)))
        things = [wish.things for wish in said if wish.things]
        if goal.skill in _INSPECTING:
            return bool(things) or any(wish.without or "within_s" in wish.facts for wish in said)
        return goal.skill == "go_to" and any(one.places for one in things)

    def _slot_said(self, name: str, value: Any, wishes: Sequence[Wish], text: str) -> bool:
        things = [wish.things for wish in wishes]
        if name in _TELLING:
            return True
        if name == "except":
            return any(value in self._names(wish.without) for wish in wishes)
        if name in _NAMING:
            return any(value in self._names(one) for one in things)
        if name == "side":
            return any(value in positions for one in things for positions in _positions(one))
        if name in ("methods", "classes"):
            return any(value in (one.wanted if name == "methods" else one.classes) for one in things)
        if name in _COUNTED:
            return any(math.isclose(float(value), number) for number in _numbers(wishes))
        if name == "vin":
            return any(str(wish.facts.get("vin", "")).endswith(str(value)) for wish in wishes if "vin" in wish.facts)
        return str(value).casefold() in text.casefold()

    # ------------------------------------------------------------------ what was said and is in no goal
    def _missed(self, said: Sequence[Wish], goals: Sequence[Goal]) -> str | None:
        slots = [(name, entry) for goal in goals for name, value in goal.slots.items() for entry in _listed(value)]
        named = {entry for name, entry in slots if name not in ("except", *_COUNTED)}
        named |= {self._lexicon.planned[entry].feature for entry in named if entry in self._lexicon.planned}
        methods = {self._lexicon.planned[entry].method for entry in named if entry in self._lexicon.planned} | named
        classes = {self._lexicon.planned[entry].severity for entry in named if entry in self._lexicon.planned} | named
        left_out = {entry for name, entry in slots if name == "except"}
        features = any(name in _NAMING for name, _ in slots)
        restricted = [any(name == one for name, _ in slots) for one in ("methods", "classes")]
        numbers = [float(entry) for name, entry in slots if name in _COUNTED]
        skills = {goal.skill for goal in goals}
        for wish in said:
            if (
                wish.skill
                and wish.skill not in skills
                and not (wish.skill in _INSPECTING and skills & set(_INSPECTING))
            ):
                return wish.skill
            for item in wish.things.items:
                if not named & self._names_of(item):
                    return _said(item)
            for item in wish.without.items:
                if not left_out & self._names_of(item) and not (features and not named & self._names_of(item)):
                    return _said(item)
            for positions in wish.things.sides:
                if not all(any(side in str(entry) for entry in named) for side in positions):
                    return ", ".join(positions)
            restricting = [(m, methods) for m in wish.things.wanted] + [(c, classes) for c in wish.things.classes]
            restricting += [(w, left_out) for w in wish.without.wanted if not restricted[0] or w in methods]
            restricting += [(w, left_out) for w in wish.without.classes if not restricted[1] or w in classes]
            restricting += [(p, named) for p in wish.things.places]
            for word, where in restricting:
                if word not in where:
                    return word
            for number in _numbers([wish]):
                if not any(math.isclose(number, one) for one in numbers):
                    return f"{number:g}"
        return None

    def _misplaced(self, said: Sequence[Wish], goals: Sequence[Goal]) -> Because | None:
        """Steps are done as often, and in the order, in which they were said."""
        for goal in goals:
            alike = sum(self._meaning(goal) == self._meaning(other) for other in goals)
            if alike > max(1, sum(_kind(wish.skill) == _kind(goal.skill) for wish in said)):
                return _not_in_order(f"{goal.skill} x {alike}")
        left = iter([_kind(goal.skill) for goal in goals])
        if all(_kind(wish.skill) in left for wish in said if wish.skill):
            return None
        title = Title(zh="目标的先后与命令不同", en="the goals are in another order than they were said in")
        return Because(code="other_order", title=title)

    # ------------------------------------------------------------------ names
    def _names(self, things: Things) -> set[str]:
        """Everything that may be meant by what was named."""
        found = {name for item in things.items for name in self._names_of(item)}
        found |= {side for positions in things.sides for side in positions}
        return found | {*things.places, *things.wanted, *things.classes}

    def _names_of(self, item: Item) -> set[str]:
        if item.area:
            return {item.area, *self._lexicon.members(item.area), *item.positions}
        names: set[str] = {name for name in (item.name, item.thing) if name}
        with contextlib.suppress(Unresolved):
            names |= set(self._features.names(item, every=True)) if item.name or item.noun or item.thing else set()
        if item.noun and not item.positions:
            names.add(self._lexicon.nouns[item.noun].plural)
        names |= {seam.name for seam in self._lexicon.vocabulary.seams if {seam.master, seam.slave} & names}
        names |= {self._lexicon.planned[entry].feature for entry in item.ids} | set(item.ids)
        return names | {one.id for one in self._lexicon.vocabulary.planned if one.feature in names and not item.ids}

    def _wishes(self, order: str) -> list[Wish]:
        """The steps of an earlier order; none where it was none."""
        try:
            return self._reader.wishes(order)
        except Trouble:
            return []

    def _meaning(self, goal: Goal) -> tuple[str, frozenset[Any]]:
        slots = goal.slots
        if goal.skill != "inspect" or not {"features", "ids"} & slots.keys():
            return goal.skill, frozenset((name, frozenset(_listed(value))) for name, value in slots.items())
        chosen = [
            one.id
            for one in self._lexicon.vocabulary.planned
            if (one.id in _listed(slots.get("ids", ())) or one.feature in _listed(slots.get("features", ())))
            and (one.method in _listed(slots.get("methods", ())) or "methods" not in slots)
            and (one.severity in _listed(slots.get("classes", ())) or "classes" not in slots)
        ]
        kept = ("side", "area", "except", "times", "within_s", "vin")
        rest = [(name, frozenset(_listed(slots[name]))) for name in kept if name in slots]
        return goal.skill, frozenset([*rest, ("chosen", frozenset(chosen))])


def _positions(things: Things) -> Iterable[frozenset[str]]:
    yield from things.sides
    yield from (item.positions for item in things.items)


def _numbers(wishes: Sequence[Wish]) -> Iterator[float]:
    """How often, how quickly, how long and where, in the units of slots."""
    for wish in wishes:
        for name in ("times", "within_s", "duration_s", "count"):
            value = wish.facts.get(name)
            if isinstance(value, int | float):
                yield float(value)
        coordinates = wish.facts.get("coordinates")
        for coordinate in coordinates if isinstance(coordinates, tuple) else ():
            yield float(coordinate[1])


def _kind(skill: str) -> str:
    """Checking and looking are asked for in the same words."""
    return "inspect" if skill in _INSPECTING else skill


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _said(item: Item) -> str:
    return " ".join((*sorted(item.positions), item.noun or item.name or item.thing or ", ".join(item.ids)))


def _not_in_order(what: str) -> Because:
    title = Title(zh=f"命令里没有说到 {what}，因此不采用", en=f"no word of the order says {what}, so it does not count")
    return Because(code="not_in_order", title=title)


def _passed_over(what: str) -> Because:
    title = Title(zh=f"命令里说了 {what}，目标里却没有", en=f"the order says {what}, which is in no goal")
    return Because(code="passed_over", title=title)
