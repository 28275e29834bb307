"""What one clause says: what is to be done, what of, what not, how often and how quickly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linewalker.brain.language.clauses import Clause
from linewalker.brain.language.facts import facts_of
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.marks import Said, all_spoken_of, marks_of
from linewalker.brain.language.noun_phrases import read_things
from linewalker.brain.language.polarity import TURNS, polarity
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.unread import unread
from linewalker.brain.language.wish import INSPECTING, Things, Wish

_DEEDS = ("inspection", "inspections", "measurement", "measurements")


def wish_of(clause: Clause, lexicon: Lexicon) -> Wish:
    """What one clause says."""
    tokens = clause.tokens
    negative = polarity(tokens, clause)
    things = read_things([t for t, n in zip(tokens, negative) if not n], lexicon)
    without = read_things([t for t, n in zip(tokens, negative) if n], lexicon)
    things, without = _but(tokens, things, without)
    skill = clause.skill
    if skill == "inspect" and not (things or without) and any(token.get("car") == "whole" for token in tokens):
        things = replace(things, everything=True)  # check this car
    if skill in INSPECTING and without and not things and not _wanted_after_all(tokens, negative):
        skill = ""  # 别量 ...: the verb says what is not to be done
    facts, used = facts_of(tokens, skill)
    said = Said(clause=clause, skill=skill, things=things, without=without, facts=facts)
    if not skill and things and "question" not in facts and any(token.text in _DEEDS for token in tokens):
        skill = "inspect"  # then the right side inspection
    return Wish(
        heard=(clause,),
        skill=skill,
        things=replace(things, everything=False) if all_spoken_of(said) else things,
        without=without,
        marks=marks_of(said),
        facts=facts,
        unknown=unread(tokens, negative, clause.verb, used, facts, lexicon),
        absent=tuple(
            t.text for t, n in zip(tokens, negative) if t.has("absent") and not t.has("noun", "name") and not n
        ),
    )


def _but(tokens: Sequence[Token], things: Things, without: Things) -> tuple[Things, Things]:
    """``not the gap at the hood but the flush``: of the same thing."""
    turned = any(token.text in TURNS for token in tokens) and any(token.has("not") for token in tokens)
    bare = things.methods and not (things.items or things.sides)
    if turned and bare and without.methods and (without.items or without.sides):
        return replace(things, items=without.items, sides=without.sides), Things()
    return things, without


def _wanted_after_all(tokens: Sequence[Token], negative: Sequence[bool]) -> bool:
    """Whether something is to be inspected besides what is left out: ``everything but`` the wheels."""
    return any(token.has("all", "rest") and not n for token, n in zip(tokens, negative))
