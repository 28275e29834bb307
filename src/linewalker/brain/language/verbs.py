"""Which tokens of an order say what is to be done; others only look like a verb."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from linewalker.brain.language.clauses import is_blank
from linewalker.brain.language.polarity import names
from linewalker.brain.language.tokens import Token

_STRONG_GUIDES = (
    "guide", "tour", "show around", "give a tour of", "give a tour", "give a guided tour of", "escort", "参观", "导览",
    "引导", "带领", "讲解", "游览", "陪同", "去参观", "接待", "带路", "导引", "引领",
)  # fmt: skip
"""Verbs that lead people, also where none are named."""
_PEOPLE = frozenset(("us", "me", "them", "him", "her", "everybody", "everyone"))
"""Who is led, where the verb says so itself: show us around, but not show me."""


def verbs_among(tokens: Sequence[Token]) -> frozenset[int]:
    """The tokens that are verbs here; others only look like one."""
    visitors = any(token.has("visitor") for token in tokens)
    found = set()
    for i, token in enumerate(tokens):
        skill = token.get("verb")
        if skill is None:
            if token.has("participle") and _is_to_be(tokens[:i]):
                found.add(i)
            continue
        if token.text == "do" and not _does(tokens, i):
            continue
        if token.has("coordinate") and any(t.has("angle_deg", "number") for t in tokens[i + 1 : i + 2]):
            continue  # heading 90 degrees
        before = tokens[i - 1] if i else None
        led = (
            visitors
            or token.text in _STRONG_GUIDES
            or (len(token.text.split()) > 2 and not _PEOPLE.isdisjoint(token.text.split()))
        )
        if skill == "guide" and not led:
            continue
        if skill == "say" and not any(t.has("text") for t in tokens[i + 1 : i + 2]):
            continue
        if token.text == "跳" and not any(t.has("duration_s") or t.text in ("舞", "完") for t in tokens[i + 1 : i + 3]):
            continue
        if token.slip and any(k in found for k in range(i) if not _parted(tokens[k:i])):
            continue  # a step nobody asked for
        if token.has("rest") and before is not None and before.text == "the":
            continue
        if token.text == "go" and i == len(tokens) - 1 and any(t.has("question") for t in tokens[:i]):
            continue
        guiding = any(tokens[k].get("verb") == "guide" for k in found if not _parted(tokens[k:i]))
        if guiding and skill == "look" and not any(t.has("side", "region", "noun", "place") for t in tokens[i + 1 :]):
            continue  # 带两个客户去右侧看看
        if token.text in ("去", "过去") and _sent_already(tokens, i):
            continue
        if token.text == "到" and before is not None and before.has("noun", "name", "side", "ids"):
            continue
        if token.has("noun", "method", "visitor") and any(t.has("verb") for t in tokens if t is not token):
            continue
        found.add(i)
    return frozenset(found)


def _does(tokens: Sequence[Token], at: int) -> bool:
    """Whether ``do`` is what is to be done: do the left side, but not do check it."""
    denied = at > 0 and tokens[at - 1].has("not")
    if denied or any(t.has("question") or t.text in ("too", "as well") for t in tokens):
        return False
    said = next((t for t in tokens[at + 1 :] if not is_blank(t) or names(t)), None)
    stretch = list(takewhile(lambda t: not _parted([t]), tokens[at + 1 :]))
    return said is not None and (names(said) or said.has("all", "rest")) and not any(t.has("verb") for t in stretch)


def _parted(tokens: Sequence[Token]) -> bool:
    return any(token.has("comma", "sentence", "seq", "and") for token in tokens)


def _is_to_be(before: Sequence[Token]) -> bool:
    """Whether what was named is to be done: ``have the hood checked``; ``have you checked it`` is a question."""
    texts = [word for token in before for word in token.text.split()]
    asked = any(a in ("have", "has") and b in ("you", "it", "they", "he") for a, b in pairwise(texts))
    wanted = {"have", "want", "need", "like", "get", "be", "must", "should", "needs"} & set(texts)
    return bool(wanted) and not asked and not any(token.has("verb") for token in before)


def _sent_already(tokens: Sequence[Token], at: int) -> bool:
    """Whether 去 only rounds off what was said: 到右侧去."""
    for token in reversed(tokens[:at]):
        if token.has("comma", "sentence", "seq"):
            return False
        if token.get("verb") == "go_to" and token.text not in ("去", "过去"):
            break
    else:
        return False
    following = next((t for t in tokens[at + 1 :] if not t.has("filler")), None)
    return following is None or following.has("comma", "sentence", "seq", "verb")
