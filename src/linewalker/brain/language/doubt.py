"""Whether a step may be meant in two ways, as more of the one before or as one of its own: whoever says so is asked."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from linewalker.brain.language.correction import methods_of
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.polarity import polarity
from linewalker.brain.language.wish import Things, Wish


def in_doubt(wish: Wish, last: Wish, fronts: bool) -> bool:
    """Whether a step may be more of the last one.

    Args:
        wish: with a verb of its own.
        last: before it.
        fronts: an exception was said last: 检查左侧，除了轮子，检查右侧.
    """
    if wish.skill != "inspect" or last.skill != "inspect":
        return False
    own = bool(wish.things) and not wish.things.everything and not wish.heard[0].tokens[0].has("and")
    return (fronts and own) or _named(wish, last) or (bool(last.things.items) and _those_there(wish))


def _those_there(wish: Wish) -> bool:
    """右边的测三遍: those on the right of what was named, or all that is there?"""
    tokens = [token for clause in wish.heard for token in clause.tokens]
    return not wish.things.items and any(a.has("side", "region") and b.text == "的" for a, b in pairwise(tokens))


def later(waiting: Wish) -> bool:
    """十分钟后: what was said before a step is how long to wait, rather than how long it may take."""
    tokens = [token for clause in waiting.heard for token in clause.tokens]
    bare = not (waiting.things or waiting.without) and waiting.facts.keys() == {"within_s"}
    return bare and not any(token.has("within", "within_after", "in", "hurry") for token in tokens)


def narrows_some(wish: Wish, last: Wish) -> bool:
    """``both sides, only critical on the right``: what is said of some is no more of all."""
    sides, those = set(wish.things.sides), set(last.things.sides)
    return bool(wish.things.wanted or wish.things.classes) and bool(sides) and sides < those


def counts_amid(wish: Wish) -> bool:
    """``check L2 twice and L3``: both twice?"""
    said = [t for c in wish.heard for t, n in zip(c.tokens, polarity(c.tokens, c)) if not n]
    at = [i for i, token in enumerate(said) if token.has("times")]
    around = (said[: at[0]], said[at[0] + 1 :]) if len(at) == 1 else ()
    return bool(around) and all(any(t.has("ids", "noun", "name", "area") for t in part) for part in around)


def counts_alone(wish: Wish, last: Wish) -> bool:
    """``P2, and P8 twice``: both, or only the last?"""
    counts = "times" in wish.facts and "times" not in last.facts
    return counts and bool(last.things.items) and bool(wish.things.items)


def _named(wish: Wish, last: Wish) -> bool:
    """Whether a thing is named again, to be inspected in the same way: 查P2和P8，P8查两遍."""
    one, other = (
        {i.ids or (i.noun, i.name, i.area, i.thing, i.positions) for i in w.things.items} for w in (wish, last)
    )
    return bool(one & other) and wish.things.methods == last.things.methods


def _parts_alone(wish: Wish, lexicon: Lexicon) -> bool:
    """Whether all that is named is there or not, and has no gap and no flush: then the left front door handle."""
    items = wish.things.items
    members = [name for i in items for name in (lexicon.nouns[i.noun].members if i.noun else (i.name,))]
    return bool(items) and not wish.things.sides and set(members) <= lexicon.parts - lexicon.panels


def same_again(wish: Wish, last: Wish, lexicon: Lexicon) -> bool:
    """先查左侧的间隙，再查右侧: the same verb, and it was not said whether of all that is there."""
    if wish.skill != "inspect" or last.skill != "inspect" or not (wish.things.sides or wish.things.items):
        return False
    if _parts_alone(wish, lexicon):
        return False
    if wish.things.items and not (last.things.items or last.things.sides):
        return False  # 测关键项，然后测右后视镜
    verbs = [w.heard[-1].verb.text if w.heard and w.heard[-1].verb else "" for w in (wish, last)]
    how = last.things.wanted or last.things.classes or methods_of(last)
    return (
        verbs[0] == verbs[1]
        and bool(how)
        and wish
        == replace(wish, things=Things(sides=wish.things.sides, items=wish.things.items), without=Things(), facts={})
        and not methods_of(wish)
    )
