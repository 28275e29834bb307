"""Laws: no slot rests on nothing; what was said in one step is no word of another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.brain.language.goal import Goal, Slot
from linewalker.brain.language.grounding import Step, unsaid
from tests.brain.language.words_of_the_example import lexicon, read, reader


def step_of(order: str, **slots: Slot) -> Step:
    return Step(goals=(Goal(skill="inspect", slots=slots),), heard=tuple(reader().clauses(order)))


HOOD = ("hood/front_bumper",)


@pytest.mark.parametrize(
    ("order", "slots", "invented"),
    [
        ("measure the hood gap", {"features": HOOD, "methods": ("gap",)}, {"times": 2}),
        ("measure the hood gap", {"features": HOOD, "methods": ("gap",)}, {"methods": ("gap", "flush")}),
        ("check what is critical on the left", {"side": "left", "classes": ("critical",)}, {"side": "right"}),
        ("检查车头", {"side": "front"}, {"classes": ("major",)}),
        ("查一下P1到P4", {"ids": ("P1", "P2", "P3", "P4")}, {"side": "left"}),
        ("check the left front door and the left rear door", {"side": "left"}, {"features": ("wheels",)}),
    ],
)
def test_every_slot_was_said(order: str, slots: dict[str, Slot], invented: dict[str, Slot]) -> None:
    assert not list(unsaid([step_of(order, **slots)], lexicon()))
    assert list(unsaid([step_of(order, **{**slots, **invented})], lexicon()))


def test_a_word_of_another_step_is_no_ground() -> None:
    clauses = reader().clauses("check the left side, then the right side twice")
    first, second = (
        Step(goals=(Goal(skill="inspect", slots={"side": side}),), heard=(clause,))
        for side, clause in zip(("left", "right"), clauses, strict=True)
    )
    twice = Goal(skill="inspect", slots={"side": "left", "times": 2})
    assert not list(unsaid([first, second], lexicon()))
    assert list(unsaid([replace(first, goals=(twice,)), second], lexicon()))


def test_all_of_the_car_is_inspected_only_if_somebody_says_so() -> None:
    assert list(unsaid([step_of("measure the hood and the flush", methods=("flush",))], lexicon()))
    assert not list(unsaid([step_of("measure all flush", methods=("flush",))], lexicon()))


@pytest.mark.parametrize(
    ("order", "dialogue"),
    [
        ("right fender, right front door, all their gaps", ()),
        ("检查右侧间隙三次，不对，查左侧", ()),
        ("先查左侧的间隙，再查右侧", ()),
        ("把右侧查一下，等等，先查左侧", ()),
        ("除了关键项，别的都不查", ()),
    ],
)
def test_what_rests_on_a_guess_is_asked_about(order: str, dialogue: tuple[str, ...]) -> None:
    assert read(order, *dialogue)[0] == "ask"
