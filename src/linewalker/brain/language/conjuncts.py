"""A clause cut where ``and`` joins two steps, and whether what was listed in it can be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from linewalker.brain.language.clauses import Clause
from linewalker.brain.language.grounding import Step
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.polarity import polarity
from linewalker.brain.language.tokens import Token

_WHERE = ("side", "region", "noun", "name", "ids", "thing", "area", "place")
_PARTING = ("plus", "as well as", "and also", "and then also", "以及", "还有", "外加", "再加上", "再加")
"""What joins two steps rather than the two panels of a seam."""


def halved(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Clause]:
    """Clauses, those that hold several steps cut apart: ``gap on the left and flush on the right``."""
    return [part for clause in clauses for part in _parts(clause, lexicon)]


def mingled(clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether methods, or classes, of one step stand between places so that which belongs to which can not be told.

    ``the hood's gap and flush`` can; ``gap hood flush trunk`` can not.
    """
    said = [token for clause in clauses for token in _wanted(clause)]
    return any(_mingled(said, kind, lexicon) for kind in ("method", "class"))


def only_and_more(steps: Sequence[Step]) -> bool:
    """``majors only, criticals later``: only some were said, and then others of the kind in a clause of their own."""
    for step in steps:
        rows = [_wanted(clause) for clause in step.heard]
        for kind in ("class", "method"):
            told = [({t.get(kind) for t in row if t.has(kind)}, any(t.has("only") for t in row)) for row in rows]
            told = [(said, only) for said, only in told if said]
            if any(only and any(other - said for other, _ in told) for said, only in told):
                return True
    return False


def _wanted(clause: Clause) -> list[Token]:
    return [t for t, n in zip(clause.tokens, polarity(clause.tokens, clause)) if not n]


def _mingled(said: Sequence[Token], kind: str, lexicon: Lexicon) -> bool:
    row = [t for t in said if _how(t, kind, lexicon) or _is_where(t)]
    at = [i for i, t in enumerate(row) if _how(t, kind, lexicon)]
    for i, j in pairwise(at):
        first, last = i + (not row[i].has("ids")), j + row[j].has("ids")
        between = [t for t in row[first:last] if _is_where(t)]
        around = [t for t in (*row[:first], *row[last:]) if _is_where(t)]
        alone = all(t.has("ids") for t in (row[i], row[j]))  # L1-gap and L3-flush
        differ = not alone and _how(row[i], kind, lexicon) != _how(row[j], kind, lexicon)
        if differ and ((between and around) or sum(t.has("noun", "name", "ids") for t in between) > 2):
            return True
    return False


def _parts(clause: Clause, lexicon: Lexicon) -> list[Clause]:
    tokens = clause.tokens
    for i, token in enumerate(tokens):
        if not token.has("and", "list") or token.has("not", "except"):
            continue
        one, other = (_telling(part, lexicon) for part in (tokens[:i], tokens[i + 1 :]))
        if _apart(one, other, token, lexicon):
            verb = clause.verb if any(t is clause.verb for t in tokens[:i]) else None
            rest = Clause(tokens[i + 1 :], "seq", None if verb else clause.verb, half=True)
            return [Clause(tokens[:i], clause.lead, verb, half=clause.half), *_parts(rest, lexicon)]
    return [clause]


def _telling(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    return [
        t for t in tokens if _is_where(t) or t.has("times") or any(_how(t, k, lexicon) for k in ("method", "class"))
    ]


def _apart(one: Sequence[Token], other: Sequence[Token], link: Token, lexicon: Lexicon) -> bool:
    """Whether each of two stretches says for itself what of, and how."""
    counted = all(any(t.has("times") for t in part) for part in (one, other))
    if counted and all(any(t.has("method") for t in part) for part in (one, other)):
        return True  # gap twice and flush once
    if not all(any(_is_where(t) for t in part) for part in (one, other)):
        return False
    if counted:
        return True  # right side three times and left side twice
    for kind in ("method", "class"):
        if not all(any(_how(t, kind, lexicon) for t in part) for part in (one, other)):
            continue
        if all(t.has("ids") for t in (*one, *other) if _how(t, kind, lexicon)):
            continue  # R1-gap and R2-gap
        first = _how(one[0], kind, lexicon) and _is_where(one[-1]) and _how(other[0], kind, lexicon)
        last = _how(one[-1], kind, lexicon) and _is_where(other[0]) and _how(other[-1], kind, lexicon)
        if first or last or link.text in _PARTING:
            return True
    return False


def _is_where(token: Token) -> bool:
    return token.has(*_WHERE)


def _how(token: Token, kind: str, lexicon: Lexicon) -> str:
    """The method, or class, a token says; an id says its method as well."""
    if kind == "class":
        return str(token.get("class") or "")
    if token.has("ids"):
        ids = token.get("ids")
        return lexicon.planned[ids[0]].method if len(ids) == 1 and "-" in ids[0] else ""
    return str(token.get("method") or ("gap" if token.has("seam") else ""))
