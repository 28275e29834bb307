"""What one clause says: what is to be done, what of, what not, how often and how quickly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from linewalker.brain.language.clauses import Clause, is_blank
from linewalker.brain.language.facts import ASKED, facts_of
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.noun_phrases import read_things
from linewalker.brain.language.spelling import is_han
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.wish import INSPECTING, Wish

NAMING = ("noun", "name", "ids", "thing", "side", "region", "method", "seam", "class", "place", "both")
_MARKS = ("again", "also", "pronoun", "one", "other", "rest", "only")
_HURRIED = ("within", "within_after")
_QUIET = (
    "comma",
    "sentence",
    "list",
    "slash",
    "and",
    "all",
    "not",
    "except",
    "except_after",
    "within",
    "within_after",
    "in",
    "between",
    "times_unit",
    "car",
    "vin_word",
    "visitor",
    "music",
    "verb",
    "seq",
    "after",
    "before",
    "correct",
    "coordinate",
    "unit_s",
    "unit_m",
    "done",
)
_CARRIED = ("quote", "text", "music_text", "vin", "times", "absent", "duration_s")


def wish_of(clause: Clause, lexicon: Lexicon) -> Wish:
    """What one clause says."""
    tokens = clause.tokens
    negative = polarity(tokens, clause)
    things = read_things([t for t, n in zip(tokens, negative) if not n], lexicon)
    without = read_things([t for t, n in zip(tokens, negative) if n], lexicon)
    skill = clause.skill
    if skill in INSPECTING and without and not things and not _wanted_after_all(tokens, negative):
        skill = ""  # 别量 ...: the verb says what is not to be done
    marks = {kind for token in tokens for kind in _MARKS if token.has(kind) and not _mere(token, kind)}
    done_in_time = any(token.has("done") for token in tokens) and any(token.has("duration_s") for token in tokens)
    if done_in_time or any(token.has(*_HURRIED) and not token.has("of", "since", "pronoun") for token in tokens):
        marks.add("hurried")
    if skill != clause.skill and any(token.has("not") for token in tokens):
        marks.add("forbidden")
    if clause.lead in ("seq", "after"):
        marks.add("then")
    if twice_negated(tokens) or (skill and skill not in INSPECTING and any(t.has("not") for t in tokens)):
        marks.add("twice_negated")
    facts, used = facts_of(tokens, skill)
    if _which_car(clause):
        marks.add("which_car")
    return Wish(
        skill=skill,
        things=things,
        without=without,
        marks=frozenset(marks),
        facts=facts,
        unknown=tuple(
            t.text for i, t in enumerate(tokens) if i not in used and t is not clause.verb and not _understood(t)
        ),
        absent=tuple(
            t.text for t, n in zip(tokens, negative) if t.has("absent") and not t.has("noun", "name") and not n
        ),
    )


def _mere(token: Token, kind: str) -> bool:
    """Words that mostly mean nothing of the kind: 那边 after a side, ``also``, ``all`` in passing."""
    if kind in ("one", "pronoun"):
        return token.has("of", "filler")
    return kind == "also" and token.has("and")


def _understood(token: Token) -> bool:
    return is_blank(token) or token.has(*NAMING, *_MARKS, *ASKED, *_QUIET, *_CARRIED)


def _which_car(clause: Clause) -> bool:
    """停在左侧的那台车: a car is told by where it stands, and nobody is sent there."""
    said = [token.text for token in clause.tokens]
    stands = clause.verb is not None and clause.verb.text in ("停在", "停到", "站在")
    return (stands or "parked" in said) and any(token.has("car") for token in clause.tokens)


def _wanted_after_all(tokens: Sequence[Token], negative: Sequence[bool]) -> bool:
    """Whether something is to be inspected besides what is left out: ``everything but`` the wheels."""
    return any(token.has("all", "rest") and not n for token, n in zip(tokens, negative))


def polarity(tokens: Sequence[Token], clause: Clause) -> list[bool]:
    """For each token of a clause whether it is part of what is left out."""
    out = [False] * len(tokens)
    left_out, since = False, 0
    for i, token in enumerate(tokens):
        names_before = any(_names(t) for t in tokens[since:i])
        if token.has("except_after") and names_before and (left_out or not _names_follow(tokens, i)):
            out[since:i] = [True] * (i - since)
            left_out, since = False, i + 1
        elif token.has("not", "except"):
            if _names_follow(tokens, i):
                left_out, since = True, i
            elif any(_names(t) for t in tokens[since:i]) and is_han(token.text[0]):
                out[since : i + 1] = [True] * (i + 1 - since)
        elif token.text == "but" and _names_follow(tokens, i) and any(t.has("all") for t in tokens[:i]):
            left_out, since = True, i  # everything but
        elif token.text == "but" and left_out and tokens[since].has("not") and not tokens[since].has("except"):
            left_out, since = False, i  # not the wheels but the mirrors
        elif left_out and (token.has("all", "rest", "only") or (token is clause.verb and tokens[since].has("except"))):
            left_out, since = False, i
        out[i] = out[i] or left_out
    return out


def twice_negated(tokens: Sequence[Token]) -> bool:
    """``don't skip the wheels``, 别漏了不量: whoever says so is asked."""
    negations = [i for i, token in enumerate(tokens) if token.has("not", "except")]
    closed = [i for i, token in enumerate(tokens) if token.has("except_after") and not token.has("filler")]
    if closed and any(t.has("not") and not _names_follow(tokens, i) for i, t in enumerate(tokens) if i > closed[-1]):
        return True  # 除关键项外都不用查
    return any(all(is_blank(t) or t.has("verb") for t in tokens[a + 1 : b]) for a, b in pairwise(negations))


def _names(token: Token) -> bool:
    return token.has(*NAMING, "absent")


def _names_follow(tokens: Sequence[Token], at: int) -> bool:
    return any(_names(token) for token in tokens[at + 1 :])
