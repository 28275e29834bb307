"""The slots of goals as JSON Schema (2020-12), for clients and models that fill them; `check_goals` decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from linewalker.brain.language.goal_check import MOST_GOALS, Offer
from linewalker.brain.language.goal_slots import GoalRule, SlotKind, SlotRule


def slots_schema(rule: GoalRule, names: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """The object that holds the slots of one kind of goal."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: _slot(slot, slot.choices or names.get(name, ())) for name, slot in rule.slots.items()},
        "additionalProperties": False,
    }
    needed = [group[0] for group in rule.needs if len(group) == 1]
    return schema | {"required": needed} if needed else schema


def goals_schema(offer: Offer) -> dict[str, Any]:
    """A list of goals of any kind."""
    kinds = [
        {
            "type": "object",
            "description": rule.meaning,
            "properties": {"skill": {"const": skill}, "slots": slots_schema(rule, offer.names)},
            "required": ["skill"],
            "additionalProperties": False,
        }
        for skill, rule in offer.rules.items()
    ]
    return {"type": "array", "minItems": 1, "maxItems": MOST_GOALS, "items": {"anyOf": kinds}}


def _slot(rule: SlotRule, names: Collection[str]) -> dict[str, Any]:
    meaning = f"{rule.meaning}, {rule.unit}" if rule.unit else rule.meaning
    if rule.kind is SlotKind.NAMES:
        return {"type": "array", "description": meaning, "minItems": 1, "items": _word(names, rule.most)}
    if rule.kind is SlotKind.NAME:
        return {"description": meaning, **_word(names, rule.most)}
    if rule.kind is SlotKind.TEXT:
        return {"type": "string", "description": meaning, "minLength": 1, "maxLength": int(rule.most)}
    kind = "integer" if rule.kind is SlotKind.COUNT else "number"
    return {"type": kind, "description": meaning, "minimum": rule.least, "maximum": rule.most}


def _word(names: Collection[str], most: float) -> dict[str, Any]:
    return {"type": "string", "enum": sorted(names)} if names else {"type": "string", "maxLength": int(most)}
