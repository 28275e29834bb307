"""Questions: about results, reasons, comparisons and how things stand. They are answered from records, not done."""

from __future__ import annotations

from linewalker.brain.language.goal import Goal, Slot
from linewalker.brain.language.intentions import Intentions
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.wish import Wish

ANSWERED = ("results", "why", "compare", "status")
_MEASURED = frozenset({"takt", "walking", "inspecting", "uncertainty", "deviation", "when"})
"""Quantities of which nobody asks how many there are."""
_TO_PEOPLE = ("guide", "say", "dance")
_COUNTING = ("count", "share")
_RANKED = ("most", "worst")
"""Statistics that say which of many it is."""


def asks(wish: Wish) -> str:
    """The kind of question a wish is, or "" if it is something to do."""
    said = wish.facts.get("question")
    kinds = set(said) if isinstance(said, tuple) else set()
    told = {"verdict", "statistic", "quantity", "built", "since", "shift", "shifts"} & set(wish.facts)
    if "why" in kinds and not ("count" in kinds and "verdict" in told):  # how many, and why, is told together
        return "why"
    if "compare" in kinds:
        return "compare"
    if "status" in kinds and not told & {"verdict", "statistic", "quantity"}:
        return "status"
    found_out = wish.skill in ("inspect", "look") and wish.things.items and not told and "vin" not in wish.facts
    if found_out and not kinds - {"count", "amount", "value", "told"}:
        return ""  # measure how wide it is
    if kinds & {"which", "count", "value"} or "statistic" in told or ("quantity" in told and not wish.skill):
        return "results"
    if wish.skill in ("inspect", "look", ""):
        if wish.skill == "" and "vin" in wish.facts and {"presence", "variant"} & {*wish.things.methods}:
            return "results"  # 7372那台的轮子装对了吗
        if "presence" in wish.things.methods:
            return ""
        about = told or "vin" in wish.facts or any(item.ids for item in wish.things.items)
        if "results" in kinds and (not wish.skill or told - {"verdict"} or not wish.things):
            return "results"
        if wish.skill == "" and (("told" in kinds and about) or _told_of(wish)):
            return "results"
    return ""


def _told_of(wish: Wish) -> bool:
    """Whether a verdict alone asks for something: ``failed cars``, but not ``ok``."""
    verdict = wish.facts.get("verdict")
    return verdict is not None and (verdict != "OK" or bool(wish.things or set(wish.facts) - {"verdict"}))


def answer_goal(kind: str, wish: Wish, intentions: Intentions) -> Goal:
    """The goal of a question.

    Raises:
        Trouble: it is about a part there is not.
    """
    slots: dict[str, Slot] = {}
    if kind == "status":
        if wish.skill in _TO_PEOPLE or wish.things.items or wish.things.places or wish.without:
            raise Trouble(code="which_question")  # 参观在哪
        return Goal(skill="status")
    if wish.absent:
        intentions.goals(wish)
    feature = intentions.feature(wish)
    vin = wish.facts.get("vin")
    if kind == "why":
        if vin is not None:
            slots["vin"] = str(vin)
        if feature is not None:
            slots["characteristic"] = feature
        return Goal(skill="why", slots=slots | _built(wish))
    if kind == "compare":
        by = _by(wish)
        if by is None:
            raise Trouble(code="missing", what="by: side, shift, car, model, day")
        slots["by"] = by
        if feature is None and len(wish.things.methods) == 1:
            feature = wish.things.methods[0]
        if feature is not None:
            slots["feature"] = feature
        if "since" in wish.facts and by not in ("day", "shift"):  # today with yesterday is of both
            slots["since"] = str(wish.facts["since"])
        return Goal(skill="compare", slots=slots | _built(wish))
    slots |= _results(wish, feature)
    counted = "verdict" in slots or slots.get("statistic") in _COUNTING
    methods = intentions.methods_besides(feature, wish.things.wanted) if feature is not None and counted else ()
    if methods:  # values are told of each method by itself
        slots["statistic"] = " ".join((*methods, *([str(slots["statistic"])] if "statistic" in slots else ())))
    return Goal(skill="results", slots=slots)


def _results(wish: Wish, feature: str | None) -> dict[str, Slot]:
    slots: dict[str, Slot] = {}
    facts = wish.facts
    asked = facts.get("question")
    kinds = asked if isinstance(asked, tuple) else ()
    if "vin" in facts:
        slots["vin"] = str(facts["vin"])
    if "verdict" in facts:
        slots["verdict"] = str(facts["verdict"])
    slots |= _built(wish)
    slots |= _things(wish, feature)
    for name in ("shift", "since"):
        if name in facts:
            slots[name] = str(facts[name])
    statistic = facts.get("statistic")
    counts = "count" in kinds and ("verdict" in facts or "value" not in kinds) and "which" not in kinds
    counts = counts and facts.get("quantity") not in _MEASURED
    statistic = "count" if statistic == "sum" and counts and "verdict" in facts else statistic  # how many in total
    often = "verdict" in facts and "amount" not in kinds  # 超差几次, but not by how much
    if statistic is None and counts and (feature is None or "quantity" in facts or often):
        statistic = "count"
    if statistic is not None or "quantity" in facts:
        slots["statistic"] = " ".join(str(word) for word in (facts.get("quantity"), statistic) if word is not None)
    of_one_value = facts.get("by") == "car" and feature is not None  # the worst of a feature is on one car
    if "by" in facts and statistic in _RANKED and not of_one_value:
        slots["by"] = str(facts["by"])
    return slots


def _built(wish: Wish) -> dict[str, Slot]:
    """Of which cars, by how they are built: ``model``, or an option."""
    slots: dict[str, Slot] = {}
    built = wish.facts.get("built", ())
    for name, value in built if isinstance(built, tuple) else ():
        slots[name] = (*_several(slots.get(name)), value) if name in slots else value
    return slots


def _several(slot: Slot | None) -> tuple[str, ...]:
    """A slot that names one or several, as several."""
    return slot if isinstance(slot, tuple) else () if slot is None else (str(slot),)


def _things(wish: Wish, feature: str | None) -> dict[str, Slot]:
    """Of what on the car results are wanted; a method alone stands for all that it inspects."""
    things = wish.things
    groups = {(item.noun if item.noun.endswith("s") else f"{item.noun}s"): item.positions for item in things.items}
    where = groups.get(feature or "", frozenset())
    slots: dict[str, Slot] = {}
    if feature is None and len(things.methods) == 1:
        feature = things.methods[0]
    if len(things.sides) == 1 and len(things.sides[0]) == 1:
        slots["side"] = next(iter(things.sides[0]))
    elif where:
        across = where & {"left", "right"}  # all doors of a side; those in front are called so
        if across:
            slots["side"] = next(iter(across))
        else:
            feature = f"{next(iter(where))} {feature}"
    if feature is not None:
        slots["feature"] = feature
    if things.classes:
        slots["classes"] = things.classes
    return slots


def _by(wish: Wish) -> str | None:
    by = wish.facts.get("by")
    if by is not None and by != "side":
        return str(by)
    if "shifts" in wish.facts or "shift" in wish.facts:
        return "shift"
    sides = {side for positions in wish.things.sides for side in positions}
    sides |= {side for item in wish.things.items for side in item.positions}
    if {"left", "right"} <= sides or {"front", "rear"} <= sides:
        return "side"
    if by is None and len(wish.things.methods) > 1:
        return "method"
    return None if by is None else str(by)
