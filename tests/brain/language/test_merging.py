"""Laws: a list is one thing to do, and so is a tour; steps that differ in more than what is named stay two."""

from __future__ import annotations

from dataclasses import replace

from linewalker.brain.language.clauses import Clause
from linewalker.brain.language.goal import Goal, Slot
from linewalker.brain.language.grounding import Step
from linewalker.brain.language.merging import one_list, one_tour


def step(skill: str, *, half: bool = False, **slots: Slot) -> Step:
    return Step(goals=(Goal(skill=skill, slots=slots),), heard=(Clause(half=half),))


def test_a_list_is_one_thing_to_do() -> None:
    first, second = step("inspect", features=("a",), times=2), step("inspect", half=True, ids=("b",), times=2)
    [merged] = one_list([first, second])
    assert merged.goals[0].slots == {"features": ("a",), "ids": ("b",), "times": 2}
    assert len(merged.heard) == 2


def test_what_differs_or_stands_alone_stays_two() -> None:
    first, second = step("inspect", ids=("a",)), step("inspect", half=True, ids=("b",), times=2)
    alone = replace(step("inspect", ids=("b",)))
    assert len(one_list([first, second])) == len(one_list([first, alone])) == 2


def test_a_tour_goes_on() -> None:
    [tour] = one_tour([step("guide", places=("left",), visitors=3), step("guide", places=("rear",))])
    assert tour.goals[0].slots == {"places": ("left", "rear"), "visitors": 3}
    assert len(one_tour([step("guide", places=("left",)), step("home")])) == 2
