"""A step made whole: what earlier steps, or earlier orders of a dialogue, leave it to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from linewalker.brain.language.correction import corrected
from linewalker.brain.language.ellipsis import lean, leans
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.noun_phrases import there
from linewalker.brain.language.questions import asks
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.wish import INSPECTING, Item, Positions, Things, Wish

_STANDING = ("wait", "say")
"""What is done where the robot is."""


def completed(wish: Wish, said: Sequence[Wish], lexicon: Lexicon) -> Wish:
    """A step with what earlier ones, latest last, leave it to say."""
    earlier = said[-1] if said else None
    if asks(wish):
        return _asked_of(wish, earlier)
    if earlier is not None and "instead" in wish.marks:
        return corrected(wish, earlier)
    if wish.skill and wish.skill not in INSPECTING and not leans(wish):
        return wish
    if "every" in wish.marks and not wish.things.items and (several := _several(said)):
        return lean(wish, several)
    if leans(wish) and wish.skill in ("", *INSPECTING):
        sent = earlier is not None and earlier.skill == "go_to" and "pronoun" in wish.marks  # walk there, check it
        placed = next((w for w in reversed(said) if w.things), earlier) if wish.things else earlier
        earlier = earlier if sent else next((w for w in reversed(said) if w.skill in INSPECTING and w.things), placed)
    if earlier is not None and (leans(wish) or _narrows(wish, earlier) or (not wish.skill and _goes_on(wish, earlier))):
        return lean(wish, earlier)
    if earlier is not None and earlier.things.items and earlier.skill == wish.skill and _there_too(wish):
        return lean(wish, earlier)
    stands = _where_it_stands(said) if wish.skill in INSPECTING else None
    if stands is not None and not (wish.things.items or wish.things.sides or "vin" in wish.facts):
        return _where_sent(wish, stands)
    if stands is not None:
        wish = _at_the_place(wish, stands, lexicon)
    if earlier is not None and _only_counted(wish, earlier):
        wish = replace(wish, marks=wish.marks | {"inherits"})
    if leans(wish) and (wish.marks & {"pronoun", "one", "other"} or not wish.things):
        raise Trouble(code="unclear_reference", what=", ".join(sorted(wish.marks)))
    if (
        not wish.skill
        and not wish.unknown
        and wish.facts.get("question")
        and not wish.absent
        and not set(wish.things.wanted) & {"presence", "variant"}
    ):
        raise Trouble(code="which_question")
    if not wish.skill and "verb_lost" in wish.marks:
        raise Trouble(code="nothing_said")
    told = wish.things or wish.without or wish.absent or "rest" in wish.marks
    if not wish.skill and told:
        return replace(wish, skill="inspect")
    if not wish.skill and not wish.unknown:
        raise Trouble(code="nothing_said")
    return wish


def _where_it_stands(said: Sequence[Wish]) -> Wish | None:
    """The step that sent the robot where it is, whatever it did there since; None if something else was done."""
    last = next((w for w in reversed(said) if w.skill not in _STANDING or w.things), None)
    return last if last is not None and (last.skill == "go_to" or last.skill in _STANDING) else None


def _several(said: Sequence[Wish]) -> Wish | None:
    """The steps before that are alike but for what they are of, as one; None if there is but one."""
    alike = [w for w in said if w.skill in INSPECTING and w.things.items and not w.things.sides]
    last = alike[-1:] and alike[-1]
    kept = list(takewhile(lambda w: last and (w.skill, w.facts) == (last.skill, last.facts), reversed(alike)))
    if len(kept) < 2:
        return None
    whole = kept[-1]
    for wish in reversed(kept[:-1]):
        whole = whole.extended(wish)
    return whole


def _where_sent(wish: Wish, earlier: Wish) -> Wish:
    """What is inspected where the robot was sent: 去右侧把间隙都量了, 去左前轮看一下型号."""
    sides = earlier.things.sides
    if wish.says_whole:
        return wish  # go to the left, then check the whole car
    there_said = any(token.has("pronoun") for clause in wish.heard for token in clause.tokens)
    if "then" in wish.marks and sides and not (wish.things.methods or there_said):
        wish = replace(wish, marks=wish.marks | {"unsure"})  # then the critical items: of all, or there?
    items = earlier.things.items if wish.things.wanted else ()
    return replace(
        wish.leaning_on(earlier),
        skill=wish.skill if sides and not items else "inspect",
        things=replace(wish.things, sides=sides, items=items, everything=wish.things.everything and not sides),
    )


def _narrows(wish: Wish, earlier: Wish) -> bool:
    """``only the critical ones`` after what to inspect."""
    bare = not (wish.things.items or wish.things.sides or wish.things.everything or "rest" in wish.marks)
    return (
        wish.skill in INSPECTING and earlier.skill in INSPECTING and "only" in wish.marks and bare and bool(wish.things)
    )


def _only_counted(wish: Wish, earlier: Wish) -> bool:
    """右侧只测一次, after what was narrowed: of what, was not said again."""
    narrowed = [bool(w.things.wanted or w.things.classes or w.without) for w in (wish, earlier)]
    return "only" in wish.marks and "times" in wish.facts and narrowed == [False, True]


def _there_too(wish: Wish) -> bool:
    """后面的也拍: the same, in another place."""
    only = wish == replace(wish, skill="look", things=Things(sides=wish.things.sides))
    return only and "also" in wish.marks and not wish.without


def _at_the_place(wish: Wish, earlier: Wish, lexicon: Lexicon) -> Wish:
    """Of parts that are on both sides, the one the robot was just sent to is meant."""
    sides = earlier.things.sides
    if len(sides) != 1 or earlier.things.items or not wish.things.items:
        return wish
    all_items = tuple(_at(item, sides[0], lexicon) for item in wish.things.items)
    return replace(wish.leaning_on(earlier), things=replace(wish.things, items=all_items))


def _at(item: Item, place: Positions, lexicon: Lexicon) -> Item:
    """A thing at a place, if it was not said where it is and there is one."""
    if item.number == "many":
        return item
    [moved] = there(Things(items=(item,)), place).items
    return moved if not item.noun or lexicon.nouns[item.noun].at(moved.positions) else item


def _goes_on(wish: Wish, earlier: Wish) -> bool:
    """Whether words without a verb go on with what was done or asked before."""
    if asks(earlier):
        return not set(wish.facts) & {"times", "within_s"} and not wish.without
    return earlier.skill in ("inspect", "look", "go_to", "guide")


def _asked_of(wish: Wish, earlier: Wish | None) -> Wish:
    """A question about what was spoken of before."""
    if earlier is None or asks(wish) == "status":
        return wish
    pointing = bool(wish.marks & {"pronoun", "one", "other", "also"})
    about = wish.things.items or wish.things.sides
    told = about or set(wish.facts) & {"since", "shift", "verdict", "vin", "by", "shifts"}
    short = bool(asks(earlier)) and asks(wish) in (asks(earlier), "why") and not told
    same = asks(earlier) == asks(wish) and not about and "question" not in wish.facts
    if same and set(wish.facts) <= {"verdict", "since", "shift"}:
        return replace(wish, facts={**earlier.facts, **wish.facts}, things=earlier.things)  # and failed?
    if not pointing and not short:
        return wish
    kept = ("vin",) if not short else ("vin", "since", "shift", "verdict")
    facts = {**{name: earlier.facts[name] for name in kept if name in earlier.facts}, **wish.facts}
    things = wish.things if about or "by" in wish.facts else earlier.things
    return replace(wish, facts=facts, things=things)
