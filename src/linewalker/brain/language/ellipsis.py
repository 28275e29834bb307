"""What an order leaves unsaid because it was said before: ``again``, 右边的呢, ``the other side``, ``it``."""

from __future__ import annotations

from dataclasses import replace

from linewalker.brain.language.nouns import AXES, OPPOSITE, moved
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.wish import INSPECTING, Item, Positions, Things, Wish

_LEANING = frozenset({"again", "also", "pronoun", "one", "other", "every", "once"})


def leans(wish: Wish) -> bool:
    """Whether a wish can only be understood from what was said before."""
    if "joined" in wish.marks:
        return True
    named = wish.things.items or wish.without.items
    told = named or wish.things.classes or (wish.things.sides and wish.without.sides)
    if wish.marks & {"pronoun", "one", "other", "every"} and not told and not wish.things.sides:
        return True
    if wish.marks & {"pronoun", "one", "other"} and not told:
        return True
    if (
        wish.skill in INSPECTING
        and not wish.things
        and not wish.without
        and ("then" in wish.marks or "times" in wish.facts)
    ):
        return True  # 再测三遍
    bare = not wish.things.items and not wish.things.everything and not wish.things.places
    if "again" in wish.marks and bare and not (wish.things.sides and wish.skill):
        return True
    return "also" in wish.marks and bare and not (wish.things.sides and wish.skill)


def lean(wish: Wish, earlier: Wish) -> Wish:
    """A wish made whole with an earlier one."""
    skill = wish.skill or earlier.skill
    if wish.skill == "look" and earlier.skill == "inspect" and wish.things.methods:
        skill = "inspect"
    things = _things(wish, earlier)
    kept = {} if skill != earlier.skill else dict(earlier.facts)
    if "once" in wish.marks:
        kept.pop("times", None)
    facts = {**kept, **wish.facts}
    return replace(
        wish.leaning_on(earlier),
        skill=skill,
        things=things,
        without=wish.without + (Things() if wish.things.items else earlier.without),
        marks=wish.marks - _LEANING,
        facts=facts,
    )


def _things(wish: Wish, earlier: Wish) -> Things:
    said, before = wish.things, earlier.things
    where = said.sides
    if "other" in wish.marks:
        where = (*where, *_opposite(before))
        if not where:
            raise Trouble(code="unclear_reference", what="other")
    named = tuple(dict.fromkeys(item.method for item in before.items if item.method))
    methods = said.methods or (() if said.seam else before.methods or named * any(not i.method for i in said.items))
    seam = said.seam or (before.seam and not said.methods)
    if said.items and before.items and "joined" in wish.marks:
        ends = (before.items[-1], *(replace(_beside(item, before), joined=True) for item in said.items))
        return replace(said, items=ends, methods=methods, seam=seam, between=True)
    if said.items:
        said = replace(said, items=tuple(_beside(item, before) for item in said.items))
        return replace(said, methods=methods, seam=seam, classes=said.classes or before.classes)
    if where and before.items:
        items = tuple(dict.fromkeys(_moved(item, place) for place in where for item in before.items))
        items = (items[0], *(replace(item, joined=item.joined or said.between) for item in items[1:]))
        return Things(items=items, methods=methods, seam=seam, classes=said.classes or before.classes)
    if where or said.places:
        return Things(
            sides=where, places=said.places, methods=methods, seam=seam, classes=said.classes or before.classes
        )
    if (said.everything or "every" in wish.marks) and before.items and (not wish.skill or "every" in wish.marks):
        return replace(before, items=tuple(replace(item, number="many") for item in before.items), methods=methods)
    if said.everything:
        return replace(said, methods=said.methods, classes=said.classes)
    return replace(before, methods=methods, seam=seam, classes=said.classes or before.classes)


def _beside(item: Item, before: Things) -> Item:
    """A thing on the side of what was spoken of, if it was not said on which."""
    sides = {p for other in before.items for p in other.positions if AXES[p] == "lateral"}
    if len(sides) != 1 or item.number == "many" or "lateral" not in item.axes:
        return item
    return (
        item if any(AXES[p] == "lateral" for p in item.positions) else replace(item, positions=item.positions | sides)
    )


def _moved(item: Item, place: Positions) -> Item:
    if item.noun:
        return replace(item, positions=moved(item.positions, place), number="one" if len(place) == 2 else item.number)
    return replace(item, positions=moved(item.positions, place))


def _opposite(before: Things) -> tuple[Positions, ...]:
    """The side across from where things were."""
    said = [p for item in before.items for p in item.positions] + [p for side in before.sides for p in side]
    lateral = [p for p in said if AXES[p] == "lateral"] or _named_sides(before)
    wanted = lateral or said
    return (frozenset({OPPOSITE[wanted[0]]}),) if wanted else ()


def _named_sides(before: Things) -> list[str]:
    """Left or right in names and ids that were said outright."""
    names = [item.name for item in before.items]
    return [side for name in names for side in ("left", "right") if side in name]
