"""From a wish to the goals in it: what is to be done, with names of catalogue and plan, or why that is not clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from linewalker.brain.language.features import Features, Found, Unresolved
from linewalker.brain.language.goal import Goal, Slot
from linewalker.brain.language.lexicon import Lexicon, where_found, where_is
from linewalker.brain.language.nouns import AXES, OPPOSITE
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.vocabulary import SlotWords
from linewalker.brain.language.wish import Item, Things, Wish
from linewalker.inspection.title import Title

SIDES = {
    "left": Title(zh="左侧", en="left side"),
    "right": Title(zh="右侧", en="right side"),
    "front": Title(zh="车头", en="front"),
    "rear": Title(zh="车尾", en="rear"),
}
_LONGEST_S, _MOST_TIMES = 24 * 3600.0, 100


class Intentions:
    """Makes goals of wishes.

    Args:
        lexicon: with catalogue, plan and packs.
    """

    def __init__(self, lexicon: Lexicon):
        self._lexicon = lexicon
        self._features = Features(lexicon)

    def goals(self, wish: Wish) -> list[Goal]:
        """The goals of one wish, in order.

        Raises:
            Trouble: it can not be taken as it is.
        """
        if wish.absent:
            raise Trouble(code="no_such_part", what=wish.absent[0], choices=self.available(), refused=True)
        if not wish.skill:
            raise Trouble(code="nothing_said")
        try:
            if wish.skill == "go_to":
                return self._go_to(wish)
            if wish.skill in ("home", "stop", "pause", "resume"):
                return self._bare(wish)
            if wish.skill == "look":
                return self._look(wish)
            if wish.skill == "inspect":
                return self._inspect(wish)
            return self._by_roles(wish)
        except Unresolved as problem:
            titles = [self._title(name) for name in problem.choices] or self.available()
            refused = problem.code == "no_such_part"
            panels = bool(problem.choices) and set(problem.choices) <= self._lexicon.panels - self._lexicon.parts
            open_how = problem.code == "which" and panels and wish.skill == "inspect" and not wish.things.wanted
            raise Trouble(
                code="which_and_how" if open_how else problem.code, what=problem.what, choices=titles, refused=refused
            ) from None

    def feature(self, wish: Wish) -> str | None:
        """The one feature or id a question is about; None if it is about no part.

        Raises:
            Trouble: there is no such part.
        """
        things = wish.things
        if not things.items:
            return None
        if things.items[0].area:
            return things.items[0].area
        if wish.absent:
            raise Trouble(code="no_such_part", what=wish.absent[0], choices=self.available(), refused=True)
        item = things.items[0]
        try:
            if len(things.items) == 1 and item.noun and not things.wanted:
                names = self._features.names(item, every=True)
                if len(names) == 1 and names[0] in self._lexicon.panels and names[0] not in self._lexicon.parts:
                    seams = self._lexicon.seams_at(names[0])
                    return seams[0] if len(seams) == 1 else names[0]
                return names[0] if len(names) == 1 else self._lexicon.nouns[item.noun].plural
            found = self._features.find(things.items, things.wanted, between=things.between)
        except Unresolved as problem:
            if problem.code == "which" and item.noun:
                return self._lexicon.nouns[item.noun].plural
            choices = [self._title(name) for name in problem.choices] or self.available()
            raise Trouble(
                code=problem.code, what=problem.what, choices=choices, refused=problem.code != "which"
            ) from None
        return self._one_of(found.features, found.ids, things)

    def methods_besides(self, feature: str, methods: Sequence[str]) -> tuple[str, ...]:
        """The methods a question is about, where its feature is measured in others as well: gaps of the closures."""
        of_it = [c for c in self._lexicon.vocabulary.planned if c.feature in self._lexicon.selected((feature,))]
        measured = (
            {self._lexicon.planned[feature].method} if feature in self._lexicon.planned else {c.method for c in of_it}
        )
        return tuple(methods) if measured - {*methods} else ()

    # -------------------------------------------------------------------------------------------------------- inside
    def _one_of(self, features: Sequence[str], ids: Sequence[str], things: Things) -> str:
        if ids:
            return ids[0] if len(ids) == 1 else self._lexicon.planned[ids[0]].feature
        planned = [
            c.id for c in self._lexicon.vocabulary.planned if c.feature in features and c.method in things.methods
        ]
        if len(features) == 1:
            return planned[0] if len(planned) == 1 else features[0]
        item = things.items[0]
        names = self._features.names(item, every=True)
        return names[0] if len(names) == 1 else self._lexicon.nouns[item.noun].plural

    def _inspect(self, wish: Wish) -> list[Goal]:
        things = wish.things
        if "hurried" in wish.marks and "duration_s" in wish.facts:
            facts = {**wish.facts, "within_s": wish.facts["duration_s"]}
            facts.pop("duration_s")
            wish = replace(wish, facts=facts)
        self._refuse_leftover(wish, ("within_s", "times", "vin"))
        areas, named = [i for i in things.items if i.area], tuple(i for i in things.items if not i.area)
        if things.items and things.sides and not things.listed:
            raise Trouble(code="side_or_part")
        restricted = bool(
            things.methods
            or things.classes
            or wish.without
            or "rest" in wish.marks
            or {"within_s", "vin"} & set(wish.facts)
        )
        if "forbidden" in wish.marks and wish.without and not things and "rest" not in wish.marks:
            raise Trouble(code="twice_negated")  # don't check the hood: what else is to be done was not said
        if not things and not restricted:
            raise Trouble(code="what_to_inspect", choices=self.available())
        if things.listed and things.classes and things.sides and not things.items:
            raise Trouble(code="side_or_part")  # the critical ones and the rear
        found = self._features.find(named, things.wanted, between=things.between)
        if all(item.positions and not side <= item.positions for side in wish.without.sides for item in named):
            sides = wish.without.sides * (not named)  # the front left wheel, not the rear right
            wish = replace(wish, without=replace(wish.without, sides=sides))
        if named and without_sides(wish.without):
            found = self._elsewhere(found, wish.without)
            wish = replace(wish, without=Things())
        regions = [area.area for area in areas]
        common = self._restrictions(wish, self._lexicon.selected((*found.features, *found.ids, *regions)))
        goals = []
        if named:
            slots: dict[str, Slot] = {}
            if found.features:
                slots["features"] = found.features
            if found.ids:
                slots["ids"] = found.ids
                if not found.features:
                    common = {k: v for k, v in common.items() if k != "methods"}
            goals.append(Goal(skill="inspect", slots={**slots, **common}))
        for area in areas:
            where: dict[str, Slot] = {"side": self._side(area.positions)} if area.positions else {}
            goals.append(Goal(skill="inspect", slots={**where, "area": area.area, **common}))
        for side in things.sides:
            goals.append(Goal(skill="inspect", slots={"side": self._side(side), **common}))
        return goals or [Goal(skill="inspect", slots=common)]

    def _elsewhere(self, found: Found, without: Things) -> Found:
        """What is not on some sides: all door seams except the right ones."""
        sides = {self._side(side) for side in without.sides}
        features = tuple(name for name in found.features if not sides & {*_places(name, self._lexicon)})
        ids = tuple(name for name in found.ids if not sides & where_found(self._lexicon.planned[name]))
        if not features and not ids:
            raise Trouble(code="twice_negated")
        return Found(features=features, ids=ids)

    def _restrictions(self, wish: Wish, selected: frozenset[str]) -> dict[str, Slot]:
        things, without = wish.things, wish.without
        slots: dict[str, Slot] = {}
        if things.wanted:
            slots["methods"] = tuple(m for m in self._methods() if m in things.wanted)
        if things.classes:
            slots["classes"] = tuple(c for c in ("critical", "major", "minor") if c in things.classes)
        left_out = self._left_out(things, without, only="only" in wish.marks)
        if things.items:
            left_out = tuple(n for n in left_out if self._lexicon.selected((n,)) & selected)
        if left_out:
            slots["except"] = left_out
        for name in ("times", "within_s", "vin"):
            if name in wish.facts:
                slots[name] = wish.facts[name]  # type: ignore[assignment]
        self._check(slots)
        return slots

    def _left_out(self, things: Things, without: Things, *, only: bool) -> tuple[str, ...]:
        """Exceptions, but for those that what is wanted leaves out anyway: 只量间隙，不量面差."""
        out: list[str] = []
        items = without.items
        if len(things.sides) == 1:
            items = tuple(self._there(item, things) for item in items)
        out += self._features.left_out(items, without.methods)
        if without.sides and (without.methods or without.classes) and not without.items and not without.listed:
            return (*out, *self._there_alone(without))  # not the gaps on the left
        if not without.items or without.listed:
            out += [m for m in without.methods if not things.wanted]
            out += [c for c in without.classes if not things.classes]
            for side in without.sides:
                name = self._side(side)
                if not any(OPPOSITE[name] in s for s in things.sides) and not (only and things.sides):
                    out.append(name)
        return tuple(dict.fromkeys(out))

    def _there_alone(self, without: Things) -> list[str]:
        """The ids on some sides that are measured in some way, or of some class."""
        planned = self._lexicon.vocabulary.planned
        methods = without.methods or tuple(item.method for item in planned)
        classes = without.classes or tuple(item.severity for item in planned)
        sides = [self._side(side) for side in without.sides]
        there = [item for item in planned if any(side in where_found(item) for side in sides)]
        return [item.id for item in there if item.method in methods and item.severity in classes]

    def _there(self, item: Item, things: Things) -> Item:
        """An exception is on the side that is inspected."""
        where = next(iter(things.sides[0])) if len(things.sides[0]) == 1 else None
        noun = self._lexicon.nouns.get(item.noun)
        if (
            where is None
            or noun is None
            or item.number == "many"
            or any(AXES[p] == AXES[where] for p in item.positions)
        ):
            return item
        placed = Item(noun=item.noun, positions=item.positions | {where}, number=item.number, joined=item.joined)
        return placed if noun.at(placed.positions) else item

    def _go_to(self, wish: Wish) -> list[Goal]:
        coordinates = wish.facts.get("coordinates")
        self._refuse_leftover(wish, ("coordinates",))
        if isinstance(coordinates, tuple):
            return [Goal(skill="go_to", slots=_pose(coordinates))]
        places = self._places(wish.things)
        if not places:
            raise Trouble(code="where_to", choices=[*SIDES.values()])
        if len(places) > max(1, len(wish.things.sides) + len(wish.things.places) + len(wish.things.items)):
            raise Trouble(code="which", what=", ".join(places), choices=[self._title(name) for name in places])
        return [Goal(skill="go_to", slots={"place": place}) for place in places]

    def _bare(self, wish: Wish) -> list[Goal]:
        self._refuse_leftover(wish, ())
        if wish.skill == "home" and (wish.things.sides or wish.things.items):
            return self._go_to(Wish(skill="go_to", things=wish.things, facts=wish.facts))
        if wish.things and wish.skill != "resume":
            raise Trouble(code="not_understood", what=wish.skill)
        return [Goal(skill=wish.skill)]

    def _look(self, wish: Wish) -> list[Goal]:
        things = wish.things
        if any(item.area for item in things.items):
            return self._inspect(wish)
        many = things.sides or things.classes or things.everything or wish.without or "rest" in wish.marks
        if set(things.wanted) - {"presence", "variant"} or (many and not things.items) or "within_s" in wish.facts:
            return self._inspect(wish)
        if not things.items:
            if things.wanted:
                return self._inspect(wish)
            raise Trouble(code="what_to_inspect", choices=self.available())
        self._refuse_leftover(wish, ("vin", "times"))
        names = [name for item in things.items if not item.ids for name in self._features.names(item)]
        ids = [c for item in things.items for c in item.ids]
        seen = [name in self._lexicon.parts or name in self._lexicon.things for name in names]
        if ids or not all(seen) or things.wanted or "times" in wish.facts or "vin" in wish.facts or wish.without:
            return self._inspect(wish)
        return [Goal(skill="look", slots={"part": name}) for name in dict.fromkeys(names)]

    def _by_roles(self, wish: Wish) -> list[Goal]:
        """A skill whose slots say which role of an order fills them."""
        words = self._lexicon.skills[wish.skill]
        goals: list[Goal] = []
        slots: dict[str, Slot] = {}
        roles = {slot.role for slot in words.slots.values()}
        if wish.skill == "wait" and (wish.things.sides or wish.things.items):
            goals += self._go_to(Wish(skill="go_to", things=wish.things))
        elif wish.things and not roles & {"object", "objects", "place", "places", "side"}:
            raise Trouble(code="not_understood", what=wish.skill)
        for name, slot in words.slots.items():
            value = self._role(wish, slot)
            if value is not None:
                slots[name] = value
            elif slot.required:
                code = {"duration_s": "how_long", "text": "what_to_say"}.get(slot.role, "missing")
                raise Trouble(code=code, what=name)
        leads_on = any(own.name == wish.skill for pack in self._lexicon.vocabulary.packs for own in pack.skills)
        if wish.skill == "guide" and not slots and not leads_on:  # a pack says itself what its skills require
            raise Trouble(code="where_to", choices=[*SIDES.values()])
        kept = {"duration_s": "duration_s", "within_s": "within_s"} if "duration_s" in roles else {}
        told = {"count": ("count",), "text": ("text", "quote"), "music": ("music", "quote")}
        self._refuse_leftover(wish, (*kept, *(name for role in told.keys() & roles for name in told[role])))
        self._check(slots)
        return [*goals, Goal(skill=wish.skill, slots=slots)]

    def _role(self, wish: Wish, slot: SlotWords) -> Slot | None:
        facts: dict[str, Any] = wish.facts
        things = wish.things
        if slot.role == "duration_s":
            value = facts.get("duration_s", facts.get("within_s"))
            return None if value is None else float(value)
        if slot.role in ("text", "music", "count"):
            return facts.get(slot.role)
        if slot.role == "side":
            return self._side(things.sides[0]) if things.sides else None
        if slot.role in ("place", "places"):
            places = self._places(things)
            if slot.role == "places":
                return tuple(places) or None
            return places[0] if places else None
        names = tuple(n for item in things.items for n in self._features.names(item, every=slot.role == "objects"))
        if slot.role == "objects":
            return names or None
        return names[0] if names else None

    def _places(self, things: Things) -> list[str]:
        """Places in the order in which they were said."""
        places = [self._side(side) for side in things.sides] + list(things.places)
        for item in things.items:
            places += [self._lexicon.planned[i].feature for i in item.ids] or self._features.names(item)
        return places

    def _side(self, side: frozenset[str]) -> str:
        if len(side) != 1:
            raise Trouble(code="what_to_inspect", choices=self.available())
        return next(iter(side))

    def _refuse_leftover(self, wish: Wish, allowed: Sequence[str]) -> None:
        """What was said and would be passed over in silence."""
        quiet = ("since", "shift", "question", "verdict", *allowed)
        extra = [name for name in wish.facts if name not in quiet]
        if extra:
            raise Trouble(code="not_understood", what=str(wish.facts[extra[0]]))

    @staticmethod
    def _check(slots: dict[str, Slot]) -> None:
        for name, value in slots.items():
            if name in ("times", "visitors") and not 1 <= float(str(value)) <= _MOST_TIMES:
                raise Trouble(code="not_understood", what=str(value))
            if name in ("seconds", "within_s") and not 0 < float(str(value)) <= _LONGEST_S:
                raise Trouble(code="not_understood", what=str(value))

    def _methods(self) -> list[str]:
        return list(dict.fromkeys(("gap", "flush", "presence", "variant", *self._lexicon.vocabulary.methods)))

    def available(self) -> list[Title]:
        """What there is to inspect: what the plan has, or without one what the cars have."""
        words = self._lexicon.vocabulary
        planned = dict.fromkeys(item.feature for item in words.planned)
        return [self._title(name) for name in planned or [thing.name for thing in (*words.seams, *words.parts)]]

    def _title(self, name: str) -> Title:
        return self._lexicon.titles.get(name, Title(zh=name, en=name))


def without_sides(without: Things) -> bool:
    """Whether nothing but sides is left out."""
    return bool(without.sides) and without == Things(sides=without.sides)


def _places(name: str, lexicon: Lexicon) -> frozenset[str]:
    """Where a feature, or all of a group, is."""
    return frozenset.union(*(where_is(member) for member in lexicon.members(name)))


def _pose(coordinates: tuple[tuple[str, float, str], ...]) -> dict[str, Slot]:
    slots: dict[str, Slot] = {}
    order = ["x_m", "y_m", "yaw_deg"]
    for axis, value, kind in coordinates:
        name = {"x": "x_m", "y": "y_m", "yaw": "yaw_deg"}.get(axis) or ("yaw_deg" if kind == "angle_deg" else "")
        name = name or next((slot for slot in order if slot not in slots), "")
        if not name or name in slots or (name == "yaw_deg" and kind == "length_m"):
            raise Trouble(code="not_understood", what=f"{value:g}")
        slots[name] = value
    if not {"x_m", "y_m"} <= slots.keys():
        raise Trouble(code="where_to", choices=[*SIDES.values()])
    return {name: slots[name] for name in order if name in slots}
