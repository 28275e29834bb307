"""What the words between names say of a step: that it is done again, elsewhere, quickly, after another, or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from linewalker.brain.language.clauses import Clause, is_blank
from linewalker.brain.language.noun_phrases import LINKS
from linewalker.brain.language.polarity import names, names_follow, never_closed, says_not_to, twice_negated
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.wish import INSPECTING, Things

MARKS = ("again", "also", "pronoun", "one", "other", "rest", "only")
"""Kinds of tokens that mark a step by being there."""
_STANDING = ("wait", "home", "pause", "resume", "say", "dance", "stop")
"""What is done where the robot is."""
_ONCE = frozenset(("once", "one", "一"))
_HURRIED = ("within", "within_after", "hurry")
_IT = ("it", "its", "它")
_BOTH = ("both", "both of", "两个", "两条", "两处", "两道")
_WITH = ("with", "to", "against", "towards", "跟", "与", "对")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A clause as far as it was read.

    Attributes:
        clause: with all its tokens.
        skill: that it asks for; "" if its verb says what is not to be done.
        things, without: what of, and what not.
        facts: quantities and what is asked.
    """

    clause: Clause
    skill: str
    things: Things
    without: Things
    facts: Mapping[str, object]

    @property
    def tokens(self) -> Sequence[Token]:
        """Of the clause."""
        return self.clause.tokens


def marks_of(said: Said) -> frozenset[str]:
    """The marks of a step."""
    kinds = {kind for token in said.tokens for kind in MARKS if token.has(kind) and not _mere(token, kind)}
    if said.skill in _STANDING:
        kinds.discard("pronoun")  # wait there
    if not said.skill and all(is_blank(token) for token in said.tokens):
        kinds.discard("also")  # now first ...
    if said.skill and said.skill not in INSPECTING and any(token.text == "now" for token in said.tokens):
        kinds.discard("also")  # go home now
    return frozenset(kinds | {*_of_the_order(said), *_in_doubt(said)})


def all_spoken_of(said: Said) -> bool:
    """Whether 都 stands for all that was spoken of, rather than for all there is: 都量."""
    words = {token.text for token in said.tokens if token.get("all") == "all"}
    also = any(token.has("also") for token in said.tokens)
    how = Things(everything=True, methods=said.things.methods if also else ())
    alone = said.things == how and not said.without
    return alone and bool(words) and words <= {"都", "全都"} and not any(token.has("rest") for token in said.tokens)


def _of_the_order(said: Said) -> Iterator[str]:
    """What ties a step to those around it."""
    tokens, first = said.tokens, next((t.text for t in said.tokens if not t.has("filler")), "")
    finished = any(token.has("done") for token in tokens) and any(token.has("duration_s") for token in tokens)
    if finished or any(token.has(*_HURRIED) and not token.has("of", "since", "pronoun") for token in tokens):
        yield "hurried"
    if said.clause.lead in ("seq", "after"):
        yield "then"
    if tokens and tokens[-1].text in ("的", "one", "ones"):
        yield "same"  # 量右边的
    if said.things.items and ((not said.skill and first in _WITH) or _joins_it(said)):
        yield "joined"  # with the rear door
    if not said.skill and tokens and tokens[0].text.startswith("another"):
        yield "instead"  # another ten seconds
    if "times" not in said.facts and any(t.has("again") and _ONCE & {*t.text, *t.text.split()} for t in tokens):
        yield "once"  # once more, however often it was done before
    bare = not (said.things.items or said.things.sides)
    if all_spoken_of(said) or (bare and any(t.get("all") == "each" or t.text in _BOTH for t in tokens)):
        yield "every"


def _joins_it(said: Said) -> bool:
    """``its gap to the body side``, 它和侧围: what was spoken of, and one thing more."""
    it = next((i for i, t in enumerate(said.tokens) if t.text in _IT), None)
    linked = it is not None and any(t.has("and") or t.text in LINKS for t in said.tokens[it + 1 : it + 4])
    return linked and len(said.things.items) == 1 and said.things.wanted != ()


def _in_doubt(said: Said) -> Iterator[str]:
    """What may have to be asked about."""
    tokens = said.tokens
    denied = said.skill != said.clause.skill and any(token.has("not") for token in tokens)
    denied = denied or (not said.things and any(says_not_to(token) for token in tokens))
    if denied and not any(token.text == "只有" for token in tokens):  # 只有轮子不查
        yield "forbidden"
    if not said.skill and any(token.text in ("一下", "一下子") for token in tokens):
        yield "verb_lost"
    if said.skill and said.skill not in INSPECTING and any(token.has("not") for token in tokens):
        yield "refused"
    if twice_negated(tokens) or never_closed(tokens, said.without) or _all_but_there(tokens):
        yield "twice_negated"
    if said.skill != "say" and not said.facts.get("question") and _either(tokens):
        yield "either"
    if _which_car(said.clause):
        yield "which_car"


def _all_but_there(tokens: Sequence[Token]) -> bool:
    """``everything there but on the right``: all but what is there, or all of it there?"""
    said = any(token.has("all") for token in tokens)
    return said and any(a.text == "but" and b.text in ("on", "at", "on the", "at the") for a, b in pairwise(tokens))


def _either(tokens: Sequence[Token]) -> bool:
    """``the left or the right``: whoever says so is asked which."""
    return any(
        token.text in ("or", "或", "或者") and any(names(t) for t in tokens[:i]) and names_follow(tokens, i)
        for i, token in enumerate(tokens)
    )


def _mere(token: Token, kind: str) -> bool:
    """Words that mostly mean nothing of the kind: 那边 after a side, ``also``, ``all`` in passing."""
    if kind in ("one", "pronoun"):
        return token.has("of", "filler")
    return kind == "also" and token.has("and")


def _which_car(clause: Clause) -> bool:
    """停在左侧的那台车: a car is told by where it stands, and nobody is sent there."""
    said = [token.text for token in clause.tokens]
    stands = clause.verb is not None and clause.verb.text in ("停在", "停到", "站在")
    return (stands or "parked" in said) and any(token.has("car") for token in clause.tokens)
