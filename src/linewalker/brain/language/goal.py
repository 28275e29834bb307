"""A goal: a skill and its slots, as an order in words, a person at a screen or a language model asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Slot = float | int | str | bool | tuple[str, ...]
"""Names and ids are texts, of lists tuples of texts; quantities are in the unit their name ends in."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One thing to do, or to tell.

    Attributes:
        skill: its name.
        slots: what of, where, how often; only those that were said.
    """

    skill: str
    slots: Mapping[str, Slot] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """As it stands in JSON."""
        slots = {name: list(slot) if isinstance(slot, tuple) else slot for name, slot in self.slots.items()}
        return {"skill": self.skill, "slots": slots}
