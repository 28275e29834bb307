"""Words of a clause that were not understood, or only in a way that has no place there: whoever says them is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from linewalker.brain.language.clauses import is_blank
from linewalker.brain.language.facts import ASKED
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.marks import MARKS
from linewalker.brain.language.noun_phrases import LINKS
from linewalker.brain.language.polarity import NAMING, names
from linewalker.brain.language.spelling import is_han
from linewalker.brain.language.tokens import Token

_COUNTERS = ("项", "条", "处", "个", "扇", "道", "只", "种")
_COUNTED = ("ids", "noun", "side", "region", "method", "class")
_BESIDE_A_SIDE = ("and", "list", "slash", "not", "except", "times", "also", "filler", "of", "all", "only",
                  "except_after", "absent")  # fmt: skip
_QUIET = ("comma", "sentence", "list", "slash", "and", "all", "not", "except", "between", "car", "visitor", "music",
          "seq", "after", "before", "correct", "coordinate", "done", "quote", "text", "music_text", "vin", "times",
          "absent", "duration_s", "hurry")  # fmt: skip
"""Kinds of tokens that have their place wherever they stand, or are read elsewhere."""


def unread(
    tokens: Sequence[Token],
    negative: Sequence[bool],
    verb: Token | None,
    used: set[int],
    facts: Mapping[str, object],
    lexicon: Lexicon,
) -> tuple[str, ...]:
    """Words that were not understood, or only in a way that has no place here: whoever says them is asked."""
    out = []
    for i, token in enumerate(tokens):
        if i in used or token is verb:
            continue
        closes = token.has("except_after") and any(negative)
        counts = token.has("vin_word") and "vin" in facts
        limits = token.has("within", "within_after", "in") and any(t.has("duration_s") for t in tokens)
        joins = token.text in LINKS or (token.text == "go" and i == len(tokens) - 1)
        asked = any(t.has("question", "statistic") for t in tokens)
        joins = joins or (token.text == "in" and any(t.has("since", "shift") for t in tokens[i + 1 :]))
        joins = joins or (token.has("unit_m", "unit_s", "unit_deg") and asked)  # how many mm
        joins = joins or (token.text == "只有" and any(negative))
        joins = joins or counts_things(tokens, i, lexicon)
        if (
            _misplaced(tokens, i)
            or _stray(tokens, i)
            or (token.slip and token.has("verb") and not token.has("participle"))
        ):
            out.append(token.text)
            continue
        if token.text == "one" and i and tokens[i - 1].has("except"):
            out.append(token.text)  # all wheels except one
            continue
        counted = verb is None and i > 0 and tokens[i - 1].has("number")  # three visitors: show them ...
        if token.has("visitor", "music") and not (is_blank(token) or _to_people(verb) or counted):
            out.append(token.text)  # a person in an order to move or measure
            continue
        towards = verb is not None and token.text in ("往", "朝", "向")
        joins = joins or (towards and any(t.has("region") for t in tokens[i + 1 : i + 2]))
        going = verb is not None and verb.get("verb") == "go_to"
        joins = joins or (going and token.text in ("旁边", "旁", "边上", "next to", "beside"))
        joins = joins or (token.has("verb") and verb is not None and verb.get("verb") == "guide")
        joins = joins or (token.text == "in" and any(t.has("side", "region") for t in tokens[i + 1 : i + 3]))
        if not (_understood(token) or closes or counts or limits or joins) or _dangles(tokens, i):
            out.append(token.text)
    return tuple(out)


def _misplaced(tokens: Sequence[Token], at: int) -> bool:
    """Whether a particle stands where it can not: what it goes with was lost, as a character easily is."""
    token, before = tokens[at], tokens[at - 1] if at else None
    if token.has("between"):
        ends = sum(t.has("side") for t in tokens) > 1  # between left front and left rear
        return not ends and not any(t.has("noun", "name", "ids", "thing", "absent") for t in tokens)
    if token.text in ("body", "the body", "car body", "车身"):
        return any(t.has("and") or t.text in LINKS for t in tokens[max(0, at - 2) : at])  # the seam of a door to it
    if token.text == "钟":
        return before is None or not before.has("duration_s")
    if token.text in ("一下", "一下子"):
        return before is not None and before.has(*NAMING) and any(names(t) for t in tokens[at + 1 :])
    if token.text in ("个", "条", "扇"):
        counted = before is not None and before.has(
            "number", "all", "both", "pronoun", "one", "verb", "filler", "question"
        )
        return not counted and not any(t.has("number", "duration_s") for t in tokens[at + 1 : at + 2])
    return token.text == "那" and before is not None and at + 1 == len(tokens)


def _stray(tokens: Sequence[Token], at: int) -> bool:
    """Whether a lone character for a side places nothing: 后等三十秒 is a slip of something else."""
    token = tokens[at]
    if not token.has("side") or len(token.text) > 1 or not is_han(token.text) or at + 1 == len(tokens):
        return False
    placed = (*NAMING, *_BESIDE_A_SIDE)
    return not tokens[at + 1].has(*placed) and not (at and tokens[at - 1].has("side", "and", "list"))


def counts_things(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """``the two left doors``, P3、P4、P5三项: of those there are that many."""
    count = tokens[at].get("number")
    where: set[str] = set()
    for token in tokens[at + 1 : at + 4] if count else ():
        if token.has("noun"):
            return len(lexicon.nouns[token.get("noun").key].at(frozenset(where))) == count
        where |= {token.get("side")} if token.has("side") else set()
    counted = any(token.text in _COUNTERS for token in tokens[at + 1 : at + 2])
    said = [sum(t.has(kind) for t in tokens[:at]) for kind in _COUNTED]
    return counted and count in (*said, sum(t.has("noun", "name", "ids") for t in tokens[:at]))


def _to_people(verb: Token | None) -> bool:
    return verb is not None and verb.get("verb") not in ("inspect", "look", "go_to", "home", "wait", "pause", "resume")


def _dangles(tokens: Sequence[Token], at: int) -> bool:
    """Whether ``and`` joins what was named with nothing."""
    if tokens[at].text not in ("and", "和", "与", "跟", "及", "以及", "、") or not any(names(t) for t in tokens[:at]):
        return False
    return all(is_blank(t) for t in tokens[at + 1 :])


def _understood(token: Token) -> bool:
    return is_blank(token) or token.has(*NAMING, *MARKS, *ASKED, *_QUIET)
