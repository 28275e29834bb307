"""Orders that are put together are done as they were meant, or asked about: never otherwise."""

from __future__ import annotations

from random import Random

import pytest
from benchmarks.brain.agreement import Goals

from tests.brain.language.composed_orders import Composer, Goal
from tests.brain.language.words_of_the_example import PLAN, read

GOALS = Goals(PLAN)
ORDERS = 1000


def form(skill: str, slots: dict[str, object]) -> object:
    """A goal in the one form in which it can be compared; to look at a part is to inspect it."""
    return GOALS.form("inspect", {"features": [slots["part"]]}) if skill == "look" else GOALS.form(skill, slots)


def alike(wanted: tuple[Goal, ...], found: list[tuple[str, dict[str, object]]]) -> bool:
    return [form(*goal) for goal in wanted] == [form(*goal) for goal in found]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("seed", range(2))
def test_no_composed_order_is_done_wrongly(language: str, seed: int) -> None:
    composer = Composer(Random(f"{language} {seed}"), language)
    right, wrong = 0, []
    for order in (composer.order() for _ in range(ORDERS)):
        outcome, goals = read(order.words)
        if outcome in ("ask", "refuse"):
            continue
        if outcome == "act" and any(alike(wanted, goals) for wanted in order.goals):
            right += 1
        else:
            wrong.append((order.words, goals, order.goals))
    assert wrong == []
    assert right >= 0.95 * ORDERS


def test_the_same_seed_composes_the_same_orders() -> None:
    one, other = (Composer(Random(7), "en") for _ in range(2))
    assert [one.order() for _ in range(20)] == [other.order() for _ in range(20)]
