"""Orders in words with the readings that are right, as they stand in ``benchmarks/brain/orders``.

An order is one entry of a YAML list::

    - id: dev-en-001
      language: en                     # zh | en
      tags: [dialogue]                 # what is hard about it
      after: ["measure the hood gap"]  # earlier orders of the dialogue; optional
      order: "again, three times"
      right:                           # any of these
      - act: [inspect: {features: [hood/front_bumper], methods: [gap], times: 3}]
      - ask

A reading is ``act`` or ``answer`` with goals, ``ask``, ``refuse``, or ``refuse`` with the code of the reason. A slot
``name?`` may be missing; of values ``a|b`` either is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

OUTCOMES = ("act", "answer", "ask", "refuse")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One goal that is right.

    Attributes:
        skill: its name.
        slots: as they stand in the file, with ``name?`` and ``a|b``.
    """

    skill: str
    slots: Mapping[str, Any]

    def writings(self) -> Iterator[dict[str, Any]]:
        """All slots that are right, one after the other."""
        choices = [list(_choices(name, value)) for name, value in self.slots.items()]
        for chosen in product(*choices):
            yield dict(slot for slot in chosen if slot is not None)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One reading that is right.

    Attributes:
        outcome: one of `OUTCOMES`.
        goals: of ``act`` and ``answer``.
        code: of the reason of a refusal; empty: any.
    """

    outcome: str
    goals: tuple[Wanted, ...] = ()
    code: str = ""

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise ValueError(f"outcome {self.outcome!r}: expected one of {', '.join(OUTCOMES)}")
        if bool(self.goals) != (self.outcome in ("act", "answer")):
            raise ValueError(f"{self.outcome}: goals belong to act and answer, and to nothing else")


@dataclass(frozen=True, kw_only=True)
class Order:
    """One order, and what is right.

    Attributes:
        id: of the entry.
        language: ``zh`` or ``en``.
        tags: what is hard about it.
        after: earlier orders of the dialogue, the first one first.
        order: the words.
        right: readings that are right.
    """

    id: str
    language: str
    tags: tuple[str, ...]
    order: str
    right: tuple[Reading, ...]
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.language not in ("zh", "en"):
            raise ValueError(f"{self.id}: language {self.language!r}: expected zh or en")
        if not self.right:
            raise ValueError(f"{self.id}: no reading is right")


def read_corpus(path: Path) -> list[Order]:
    """The orders of a file.

    Raises:
        ValueError: an entry is no order, or two have the same id or the same words.
    """
    orders = [_order(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]
    for key in ("id", "words"):
        seen = set[object]()
        for order in orders:
            mark = order.id if key == "id" else (order.after, order.order)
            if mark in seen:
                raise ValueError(f"{path}: {order.id}: its {key} stand twice")
            seen.add(mark)
    return orders


def _order(entry: Mapping[str, Any]) -> Order:
    return Order(
        id=entry["id"],
        language=entry["language"],
        tags=tuple(entry["tags"]),
        after=tuple(entry.get("after", ())),
        order=entry["order"],
        right=tuple(_reading(reading) for reading in entry["right"]),
    )


def _reading(reading: str | Mapping[str, Any]) -> Reading:
    if isinstance(reading, str):
        return Reading(outcome=reading)
    [(outcome, what)] = reading.items()
    if outcome == "refuse":
        return Reading(outcome=outcome, code=what)
    goals = [next(iter(goal.items())) for goal in what]
    return Reading(outcome=outcome, goals=tuple(Wanted(skill=skill, slots=slots or {}) for skill, slots in goals))


def _choices(name: str, value: object) -> Iterator[tuple[str, Any] | None]:
    if name.endswith("?"):
        yield None
    name = name.removesuffix("?")
    if isinstance(value, list):
        yield from ((name, list(items)) for items in product(*(str(item).split("|") for item in value)))
    elif isinstance(value, str) and name != "text":
        yield from ((name, item) for item in value.split("|"))
    else:
        yield name, value
