"""What was said wrongly and is taken back: what stands in its place is done, with what was said rightly before."""

from __future__ import annotations

from dataclasses import replace

from linewalker.brain.language.ellipsis import lean
from linewalker.brain.language.wish import INSPECTING, Wish


def corrected(wish: Wish, wrong: Wish) -> Wish:
    """What was meant in place of what was said."""
    wish = replace(wish, replaced=(*wish.replaced, *wrong.heard, *wrong.replaced))
    if wish.skill and (wish.things.items or wish.things.sides or wish.skill not in INSPECTING):
        return replace(wish, marks=wish.marks | {"inherits"}) if _narrower(wrong, wish) else wish
    whole = (wish.things.items or wish.things.sides) and (wish.things.wanted or wish.things.classes or methods_of(wish))
    if whole and _narrower(wrong, replace(wish, skill=wrong.skill or "inspect")):
        wish = replace(wish, marks=wish.marks | {"inherits"})
    facts = dict(wish.facts)
    amount = facts.pop("amount", None)
    slots = [slot for slot in ("times", "duration_s", "within_s") if slot in wrong.facts]
    slot = slots[0] if len(slots) == 1 else ""
    seconds = wrong.facts.get(slot, 0.0)
    if slot == "times" and isinstance(amount, float):
        facts["times"] = int(amount)
    elif slot and isinstance(amount, float) and isinstance(seconds, float) and _in_seconds(amount, seconds):
        facts[slot] = amount
    elif amount is not None:
        facts["amount"] = amount  # of what is not clear
    if slot == "duration_s" and "within_s" in facts and "within_s" not in wrong.facts:
        facts[slot] = facts.pop("within_s")
    return lean(replace(wish, facts=facts), wrong)


def methods_of(wish: Wish) -> set[str]:
    """The methods of ids that were said with them: L2-gap."""
    return {item.method for item in wish.things.items if item.method}


def _narrower(wrong: Wish, wish: Wish) -> bool:
    """Whether what is taken back was narrowed in a way in which what replaces it is not."""
    if wrong.skill not in ("", *INSPECTING) or wish.skill not in INSPECTING:
        return False
    facts = {"times", "within_s"} & wrong.facts.keys() - wish.facts.keys()
    how = (wrong.things.wanted and not wish.things.wanted) or (wrong.things.classes and not wish.things.classes)
    return bool(facts or how or (wrong.without and not wish.without))


def _in_seconds(amount: float, before: float) -> bool:
    """Whether a bare number in place of a duration is surely one of seconds: of minutes nobody says so many."""
    return before % 60.0 != 0.0 or amount >= 60.0
