"""Facts in the tokens of a clause: quantities, the number of a car, quotations, what is asked about."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.brain.language.clauses import is_blank
from linewalker.brain.language.quantity import HAN_NUMBER, han_number
from linewalker.brain.language.tokens import Token

ASKED = ("since", "shift", "shifts", "statistic", "quantity", "verdict", "by", "built", "question")
"""Kinds of tokens that say what a question is about."""


def facts_of(tokens: Sequence[Token], skill: str) -> tuple[dict[str, object], set[int]]:
    """Quantities, numbers of cars, quotations and what is asked, and the tokens they were read from."""
    facts: dict[str, object] = {}
    used: set[int] = set()
    near_time = any(t.has("duration_s") for t in tokens)
    near = any(t.has("within", "within_after", "in") for t in tokens)
    for i, token in enumerate(tokens):
        metres = token.has("length_m") and (_coordinate(tokens, i, skill) or (not skill and not near))
        if token.has("duration_s") and not metres:
            limit = near or (not skill and not (i and tokens[i - 1].text == "for"))
            quick = limit and skill not in ("wait", "dance")
            facts["within_s" if quick else "duration_s"] = token.get("duration_s")
        elif token.has("length_m", "angle_deg") or (token.has("number") and _coordinate(tokens, i, skill)):
            axis = _axis(tokens, i)
            kind = next(k for k in ("length_m", "angle_deg", "number") if token.has(k))
            facts["coordinates"] = (*_tuple(facts.get("coordinates")), (axis, float(token.get(kind)), kind))
            used.add(i)
        elif token.has("times"):
            facts["times"] = int(token.get("times"))
        elif token.has("vin"):
            facts["vin"] = token.get("vin")
        elif token.has("digits") and _is_car(tokens, i):
            facts["vin"] = str(token.get("digits"))
            used.add(i)
        elif token.has("number") and (
            (skill == "guide" and token.get("number") > 1) or any(t.has("visitor") for t in tokens[i + 1 : i + 3])
        ):
            facts["count"] = int(token.get("number"))
            used.add(i)
        elif skill == "guide" and token.has("all", "both") and (several := HAN_NUMBER.match(token.text)):
            facts["count"] = int((han_number(several.group()) or (0, ""))[0])  # 带四个人
        elif token.has("number") and not skill and _alone(tokens, i):
            facts["amount"] = float(token.get("number"))
            used.add(i)
        elif token.has("quote"):
            facts["quote"] = token.get("quote")
        elif token.has("text"):
            facts["text"] = token.get("text")
        elif token.has("music_text"):
            facts["music"] = token.get("music_text")
    for kind in ASKED:
        found = [t for t in tokens if t.has(kind) and not (near_time and t.has("within", "within_after"))]
        if kind == "by" and (skill or not any(t.has("question", "statistic", "quantity", "verdict") for t in tokens)):
            found = [t for t in found if not t.has("filler")]  # all minor characteristics
        if kind == "verdict" and len({t.get(kind) for t in found}) > 1:
            continue  # how many passed, and how many failed: all of them
        if (
            kind == "since"
            and len({t.get(kind) for t in found}) > 1
            and not any(t.has("shift", "shifts") for t in tokens)
        ):
            facts.setdefault("by", "day")  # yesterday versus today
        if found:
            facts[kind] = found[0].get(kind) if kind not in ("question", "built") else tuple(t.get(kind) for t in found)
    if "amount" in facts.get("question", ()):  # type: ignore[operator]
        facts["question"] = (*_tuple(facts["question"]), "count")
    return facts, used


def _alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is all that is said."""
    return all(is_blank(token) for i, token in enumerate(tokens) if i != at)


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _coordinate(tokens: Sequence[Token], at: int, skill: str) -> bool:
    return (skill == "go_to" or any(t.has("coordinate") for t in tokens[max(0, at - 2) : at])) and not _is_car(
        tokens, at
    )


def _axis(tokens: Sequence[Token], at: int) -> str:
    for token in reversed(tokens[max(0, at - 2) : at]):
        if token.has("coordinate"):
            return str(token.get("coordinate"))
        if token.has("length_m", "number"):
            return ""
    return ""


def _is_car(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is the end of a car's: of four digits or more, or beside a word that says so."""
    digits = tokens[at].get("digits")
    if not isinstance(digits, str) or "." in digits:
        return False
    beside = [t for t in tokens[max(0, at - 2) : at + 2] if t is not tokens[at]]
    return len(digits) >= 4 or (len(digits) >= 2 and any(t.has("car", "vin_word") for t in beside))
