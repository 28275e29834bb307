"""What one clause says: what is to be done, what of, what not, how often and how quickly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from linewalker.brain.language.clauses import Clause, is_blank
from linewalker.brain.language.facts import ASKED, facts_of
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.noun_phrases import LINKS, read_things
from linewalker.brain.language.spelling import is_han
from linewalker.brain.language.tokens import Token
from linewalker.brain.language.wish import INSPECTING, Things, Wish

NAMING = ("noun", "name", "ids", "thing", "area", "side", "region", "method", "seam", "class", "place", "both")
TURNS = ("but", "而是")
"""What comes after stands in place of what was said not to be done."""
_COUNTERS = ("项", "条", "处", "个", "扇", "道", "只", "种")
_COUNTED = ("ids", "noun", "side", "region", "method", "class")
_WITH = ("with", "to", "against", "towards", "跟", "与", "对")
_DEEDS = ("inspection", "inspections", "measurement", "measurements")
_BUTS = ("but", "但", "但是", "不过", "只是", "可是")
_MARKS = ("again", "also", "pronoun", "one", "other", "rest", "only")
_BESIDE_A_SIDE = (
    "and",
    "list",
    "slash",
    "not",
    "except",
    "times",
    "also",
    "filler",
    "of",
    "all",
    "only",
    "except_after",
)
_STANDING = ("wait", "home", "pause", "resume", "say", "dance", "stop")
"""What is done where the robot is."""
_ONCE = frozenset(("once", "one", "一"))
_HURRIED = ("within", "within_after", "hurry")
_QUIET = (
    "comma",
    "sentence",
    "list",
    "slash",
    "and",
    "all",
    "not",
    "except",
    "between",
    "car",
    "visitor",
    "music",
    "seq",
    "after",
    "before",
    "correct",
    "coordinate",
    "done",
)
_CARRIED = ("quote", "text", "music_text", "vin", "times", "absent", "duration_s")


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
    marks = {kind for token in tokens for kind in _MARKS if token.has(kind) and not _mere(token, kind)}
    if skill not in INSPECTING and skill and any(token.text == "now" for token in tokens):
        marks.discard("also")  # go home now
    done_in_time = any(token.has("done") for token in tokens) and any(token.has("duration_s") for token in tokens)
    if done_in_time or any(token.has(*_HURRIED) and not token.has("of", "since", "pronoun") for token in tokens):
        marks.add("hurried")
    if skill in _STANDING:
        marks.discard("pronoun")  # wait there
    all_words = {token.text for token in tokens if token.get("all") == "all"}
    rest = any(token.has("rest") for token in tokens)
    if things == Things(everything=True) and not (without or rest) and all_words and all_words <= {"都", "全都"}:
        things = Things()  # 都量: all that was spoken of
        marks.add("every")
    if not skill and any(token.text in ("一下", "一下子") for token in tokens):
        marks.add("verb_lost")
    all_else = any(token.text == "只有" for token in tokens)  # 只有轮子不查
    denied = skill != clause.skill and any(token.has("not") for token in tokens)
    if (denied or (not things and any(_says_not_to(token) for token in tokens))) and not all_else:
        marks.add("forbidden")
    if tokens and tokens[-1].text in ("的", "one", "ones"):
        marks.add("same")  # 量右边的
    if not skill and things and any(token.text in _DEEDS for token in tokens) and "question" not in facts:
        skill = "inspect"  # then the right side inspection
    if next((t.text for t in tokens if not t.has("filler")), "") in _WITH and things.items and not skill:
        marks.add("joined")  # with the rear door
    if tokens and tokens[0].text == "another" and not skill:
        marks.add("instead")  # another ten seconds
    if clause.lead in ("seq", "after"):
        marks.add("then")
    if skill and skill not in INSPECTING and any(t.has("not") for t in tokens):
        marks.add("refused")
    if twice_negated(tokens) or _never_closed(tokens, without):
        marks.add("twice_negated")
    if "times" not in facts and any(t.has("again") and _ONCE & {*t.text, *t.text.split()} for t in tokens):
        marks.add("once")  # once more, however often it was done before
    if any(token.get("all") == "each" for token in tokens) and not things.items:
        marks.add("every")
    if skill in INSPECTING and _either(tokens):
        marks.add("either")
    if _which_car(clause):
        marks.add("which_car")
    return Wish(
        skill=skill,
        things=things,
        without=without,
        marks=frozenset(marks),
        facts=facts,
        unknown=_unread(tokens, negative, clause.verb, used, facts, lexicon),
        absent=tuple(
            t.text for t, n in zip(tokens, negative) if t.has("absent") and not t.has("noun", "name") and not n
        ),
    )


def _unread(
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
        asked = any(t.has("question") for t in tokens)
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
        if token.has("visitor", "music") and not is_blank(token) and not _to_people(verb):
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
        return before is not None and before.has(*NAMING) and any(_names(t) for t in tokens[at + 1 :])
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
    return counted and count in (sum(t.has(kind) for t in tokens[:at]) for kind in _COUNTED)


def _to_people(verb: Token | None) -> bool:
    return verb is not None and verb.get("verb") not in ("inspect", "look", "go_to", "home", "wait", "pause", "resume")


def _either(tokens: Sequence[Token]) -> bool:
    """``the left or the right``: whoever says so is asked which."""
    return any(
        token.text in ("or", "或", "或者") and any(_names(t) for t in tokens[:i]) and _names_follow(tokens, i)
        for i, token in enumerate(tokens)
    )


def _but(tokens: Sequence[Token], things: Things, without: Things) -> tuple[Things, Things]:
    """``not the gap at the hood but the flush``: of the same thing."""
    turned = any(token.text in TURNS for token in tokens) and any(token.has("not") for token in tokens)
    bare = things.methods and not (things.items or things.sides)
    if turned and bare and without.methods and (without.items or without.sides):
        return replace(things, items=without.items, sides=without.sides), Things()
    return things, without


def _dangles(tokens: Sequence[Token], at: int) -> bool:
    """Whether ``and`` joins what was named with nothing."""
    if tokens[at].text not in ("and", "和", "与", "跟", "及", "以及", "、") or not any(_names(t) for t in tokens[:at]):
        return False
    return all(is_blank(t) for t in tokens[at + 1 :])


def _mere(token: Token, kind: str) -> bool:
    """Words that mostly mean nothing of the kind: 那边 after a side, ``also``, ``all`` in passing."""
    if kind in ("one", "pronoun"):
        return token.has("of", "filler")
    return kind == "also" and token.has("and")


def _understood(token: Token) -> bool:
    return is_blank(token) or token.has("hurry", *NAMING, *_MARKS, *ASKED, *_QUIET, *_CARRIED)


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
        elif token.has("not", "except") or _says_not_to(token):
            if _names_follow(tokens, i):
                left_out, since = True, i
            elif token.text in ("不", "没") and not any(t.has("verb") for t in tokens[i + 1 : i + 2]):
                continue  # half a question: 在不
            elif any(_names(t) for t in tokens[since:i]) and (is_han(token.text[0]) or tokens[0].text == "but"):
                out[since : i + 1] = [True] * (i + 1 - since)
        elif token.text == "but" and _names_follow(tokens, i) and any(t.has("all") for t in tokens[:i]):
            left_out, since = True, i  # everything but
        elif token.text in _BUTS and names_before and not left_out:
            since = i  # gaps on the left, but L3 stays out
        elif token.text in TURNS and left_out and tokens[since].has("not") and not tokens[since].has("except"):
            left_out, since = False, i  # not the wheels but the mirrors
        elif left_out and (token.has("all", "rest", "only") or (token is clause.verb and tokens[since].has("except"))):
            left_out, since = False, i
        out[i] = out[i] or left_out
    return out


def _says_not_to(token: Token) -> bool:
    """不必测: of what comes after it, or of what came before."""
    return token.has("except_after") and token.text[0] in "不别甭"


def twice_negated(tokens: Sequence[Token]) -> bool:
    """``don't skip the wheels``, 别漏了不量: whoever says so is asked."""
    if any(t.text in ("不", "没") and not _names_follow(tokens, i) and t is tokens[-1] for i, t in enumerate(tokens)):
        return True  # 轮子不
    negations = [i for i, token in enumerate(tokens) if token.has("not", "except")]
    closed = [i for i, token in enumerate(tokens) if token.has("except_after") and not token.has("filler")]
    rest = next((i for i, t in enumerate(tokens) if t.has("rest")), len(tokens))
    if any(i < rest for i in negations) and any(t.has("not", "except_after") for t in tokens[rest:]):
        return True  # 除了关键项别的不测
    if closed and any(t.has("not") and not _names_follow(tokens, i) for i, t in enumerate(tokens) if i > closed[-1]):
        return True  # 除关键项外都不用查
    return any(all(is_blank(t) or t.has("verb") for t in tokens[a + 1 : b]) for a, b in pairwise(negations))


def _never_closed(tokens: Sequence[Token], without: Things) -> bool:
    """除间隙左侧全测: where the exception ends can not be told."""
    opened = any(token.text in ("除", "除了", "除去", "除开") for token in tokens)
    return opened and bool(without.sides) and bool(without.items or without.methods)


def _names(token: Token) -> bool:
    return token.has(*NAMING, "absent")


def _names_follow(tokens: Sequence[Token], at: int) -> bool:
    return any(_names(token) for token in tokens[at + 1 :])
