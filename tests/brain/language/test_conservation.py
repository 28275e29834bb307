"""Laws: goals that were read hold all that was said; goals that lack a slot of it, or a step, do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.brain.language.clauses import Clause
from linewalker.brain.language.conservation import lost
from linewalker.brain.language.goal import Goal
from linewalker.brain.language.grounding import Step, unsaid
from tests.brain.language.words_of_the_example import lexicon, read, reader

ORDERS = [
    "measure the gap between the hood and the front bumper three times",
    "check the right side, but not the wheels",
    "walk to the rear, wait 20 seconds, then go home",
    "inspect what is critical on the left within 90 seconds",
    "九十秒内只查关键项",
    "量一下左前门和左后门的面差，两遍",
    "左侧全查，车轮除外",
    "先到车头等十秒，再测右侧的间隙",
]


def goals(order: str) -> list[Goal]:
    return list(reader().read(order).goals)


def taken(clauses: list[Clause], *some: Goal) -> list[Step]:
    """Goals that are taken to be of all clauses together."""
    return [Step(goals=some, heard=tuple(clauses))]


@pytest.mark.parametrize("order", ORDERS)
def test_all_that_was_said_is_held(order: str) -> None:
    assert goals(order)
    clauses = reader().clauses(order)
    assert not lost(clauses, taken(clauses, *goals(order)), lexicon())


@pytest.mark.parametrize("order", ORDERS)
def test_no_slot_can_be_missing(order: str) -> None:
    found, clauses = goals(order), reader().clauses(order)
    for i, goal in enumerate(found):
        for name in goal.slots:
            less = replace(goal, slots={slot: value for slot, value in goal.slots.items() if slot != name})
            assert lost(clauses, taken(clauses, *found[:i], less, *found[i + 1 :]), lexicon()), name


def test_no_side_or_part_becomes_another() -> None:
    clauses = reader().clauses("check the right side, but not the wheels")
    for side, left_out in (("left", "wheels"), ("right", "mirrors")):
        goal = Goal(skill="inspect", slots={"side": side, "except": (left_out,)})
        assert lost(clauses, taken(clauses, goal), lexicon())


@pytest.mark.parametrize("order", ["查但是后面，不查", "measure and check", "inspect the failed ones"])
def test_nothing_is_done_that_was_not_said(order: str) -> None:
    assert read(order)[0] in ("ask", "refuse")


def test_a_panel_may_say_which_part_is_meant() -> None:
    assert read("check the handle of the left front door") == (
        "act",
        [("inspect", {"features": ["handle_front_left"]})],
    )


def lost_of(order: str, *goals: Goal) -> tuple[str, ...]:
    clauses = reader().clauses(order)
    steps = taken(clauses, *goals)
    return (*lost(clauses, steps, lexicon()), *unsaid(steps, lexicon()))


def test_a_seam_is_between_what_was_named() -> None:
    order = "measure the gap between the hood and the left fender"
    named = Goal(skill="inspect", slots={"features": ("hood/fender_left",), "methods": ("gap",)})
    other = Goal(skill="inspect", slots={"features": ("hood/front_bumper",), "methods": ("gap",)})
    assert not lost_of(order, named)
    assert lost_of(order, named, other)


def test_nothing_is_done_on_the_side_that_was_not_said() -> None:
    order = "look at the left front wheel and the mirror"
    looks = [Goal(skill="look", slots={"part": part}) for part in ("wheel_front_left", "mirror_left", "mirror_right")]
    assert not lost_of(order, *looks[:2])
    assert lost_of(order, *looks)


def test_no_step_is_done_that_was_not_said() -> None:
    go, wait = Goal(skill="go_to", slots={"place": "left"}), Goal(skill="wait", slots={"seconds": 9.0})
    assert not lost_of("now to the left", go)
    assert lost_of("now to the left", go, wait)
