"""Which words of a clause say what is left out: exceptions, what is not to be done, and how far both reach."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from linewalker.brain.language.clauses import Clause, is_blank
from linewalker.brain.language.spelling import is_han
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.wish import Things

NAMING = ("noun", "name", "ids", "thing", "area", "side", "region", "method", "seam", "class", "place", "both")
TURNS = ("but", "而是")
"""What comes after stands in place of what was said not to be done."""
_BUTS = ("but", "但", "但是", "不过", "只是", "可是")


def polarity(tokens: Sequence[Token], clause: Clause) -> list[bool]:
    """For each token of a clause whether it is part of what is left out."""
    out = [False] * len(tokens)
    left_out, since = False, 0
    for i, token in enumerate(tokens):
        names_before = any(names(t) for t in tokens[since:i])
        if token.has("except_after") and names_before and (left_out or not names_follow(tokens, i)):
            out[since:i] = [True] * (i - since)
            left_out, since = False, i + 1
        elif token.has("not", "except") or says_not_to(token):
            if names_follow(tokens, i):
                left_out, since = True, i
            elif token.text in ("不", "没") and not any(t.has("verb") for t in tokens[i + 1 : i + 2]):
                continue  # half a question: 在不
            elif any(names(t) for t in tokens[since:i]) and (
                any(is_han(c) for t in tokens for c in t.text[:1]) or tokens[0].text == "but"
            ):
                out[since : i + 1] = [True] * (i + 1 - since)
        elif token.text == "but" and names_follow(tokens, i) and any(t.has("all", "rest") for t in tokens[:i]):
            left_out, since = True, i  # everything but
        elif token.text in _BUTS and names_before and not left_out:
            since = i  # gaps on the left, but L3 stays out
        elif left_out and _turns(tokens, i) and tokens[since].has("not") and not tokens[since].has("except"):
            left_out, since = False, i  # not the wheels but the mirrors
        elif left_out and token is clause.verb and (tokens[since].has("except") or tokens[i - 1].has("and")):
            left_out, since = False, i  # skip the wheels and do the rest
        elif left_out and token.has("all", "rest", "only") and (token.has("rest", "only") or not _all_of_it(tokens, i)):
            left_out, since = False, i
        out[i] = out[i] or left_out
    return out


def _all_of_it(tokens: Sequence[Token], at: int) -> bool:
    """Whether ``all`` behind an exception is part of it: skip all the wheels, skip everything minor."""
    after = next((t for t in tokens[at + 1 :] if not is_blank(t)), None)
    said = at and (tokens[at - 1].has("not", "except") or is_blank(tokens[at - 1]))
    return bool(said) and after is not None and names(after)


def _turns(tokens: Sequence[Token], at: int) -> bool:
    """Whether what was meant instead follows: not this but that, 不是这个是那个."""
    return tokens[at].text in TURNS or (tokens[at].text == "是" and any(t.text == "不是" for t in tokens[:at]))


def says_not_to(token: Token) -> bool:
    """不必测: of what comes after it, or of what came before."""
    return token.has("except_after") and token.text[0] in "不别甭"


def twice_negated(tokens: Sequence[Token]) -> bool:
    """``don't skip the wheels``, 别漏了不量: whoever says so is asked."""
    if any(t.text in ("不", "没") and not names_follow(tokens, i) and t is tokens[-1] for i, t in enumerate(tokens)):
        return True  # 轮子不
    negations = [i for i, token in enumerate(tokens) if token.has("not", "except")]
    closed = [i for i, token in enumerate(tokens) if token.has("except_after") and not token.has("filler")]
    rest = next((i for i, t in enumerate(tokens) if t.has("rest")), len(tokens))
    if any(i < rest for i in negations) and any(t.has("not", "except_after") for t in tokens[rest:]):
        return True  # 除了关键项别的不测
    if closed and any(t.has("not") and not names_follow(tokens, i) for i, t in enumerate(tokens) if i > closed[-1]):
        return True  # 除关键项外都不用查
    return any(all(is_blank(t) or t.has("verb") for t in tokens[a + 1 : b]) for a, b in pairwise(negations))


def rest_denied(clauses: Sequence[Clause]) -> bool:
    """除了关键项，别的不查: an exception, and the rest is not wanted either."""
    excepted = False
    for clause in clauses:
        tokens = clause.tokens
        rest = next((i for i, t in enumerate(tokens) if t.has("rest")), len(tokens))
        if excepted and any(t.has("not", "except_after") for t in tokens[rest + 1 :]):
            return True
        excepted = excepted or any(t.has("except") and names_follow(tokens, i) for i, t in enumerate(tokens))
    return False


def never_closed(tokens: Sequence[Token], without: Things) -> bool:
    """除间隙左侧全测: where the exception ends can not be told."""
    opened = any(token.text in ("除", "除了", "除去", "除开") for token in tokens)
    return opened and bool(without.sides) and bool(without.items or without.methods)


def names(token: Token) -> bool:
    return token.has(*NAMING, "absent")


def names_follow(tokens: Sequence[Token], at: int) -> bool:
    return any(names(token) for token in tokens[at + 1 :])
