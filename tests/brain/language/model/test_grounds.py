"""Goals rest on the order: nothing in them that nobody said, nothing said that is in none of them."""

from __future__ import annotations

from typing import Any

import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Course
from linewalker.brain.language.model.grounds import GroundedReading
from tests.brain.language.words_of_the_example import lexicon

HOOD = ("inspect", {"features": ("hood/front_bumper",), "methods": ("gap",)})
TRUNK = ("inspect", {"features": ("trunk/rear_bumper",), "methods": ("gap",)})
GANDER = "have a gander at the hood gap"
SNIFF = "use the laser to sniff the right side but skip the wheels"
WHOLE = [
    "量一下左前门和左后门的缝",
    "check the right side, but not the wheels",
    "九十秒内只查关键项",
    "measure the hood gap three times within two minutes",
    "去车尾等一分钟再回来",
    "只量间隙，不量面差",
    "go home then measure the hood gap",
    "measure the hood and the trunk gap",
    "walk to x 1.5 y 2",
    "no need for the trunk, check the hood flush",
    "which cars failed on the left today?",
    "尾号 7373 那台为什么不合格",
]


@pytest.fixture(scope="module")
def reading() -> GroundedReading:
    """Over the example's names."""
    return GroundedReading(lexicon())


def goals(*listed: tuple[str, dict[str, Any]]) -> list[Goal]:
    """Goals out of names and slots."""
    return [Goal(skill=skill, slots=slots) for skill, slots in listed]


@pytest.mark.parametrize("order", WHOLE)
def test_what_the_grammar_reads_rests_on_the_order(reading: GroundedReading, order: str) -> None:
    found = reading.read(order)
    assert found.course in (Course.ACT, Course.ANSWER)
    assert reading.objection(order, (), found.goals) is None


@pytest.mark.parametrize(
    ("order", "listed"),
    [
        (GANDER, [HOOD]),
        (GANDER, [("inspect", {"ids": ("H1-gap",)})]),
        (SNIFF, [("inspect", {"side": "right", "except": ("wheels",)})]),
        ("sniff the hood gap thrice, I mean three times", [("inspect", HOOD[1] | {"times": 3})]),
    ],
)
def test_words_that_the_grammar_does_not_know_are_free(
    reading: GroundedReading, order: str, listed: list[tuple[str, dict[str, Any]]]
) -> None:
    if "ids" in listed[0][1]:
        ids = [
            item.id
            for item in lexicon().vocabulary.planned
            if item.feature == "hood/front_bumper" and item.method == "gap"
        ]
        listed = [("inspect", {"ids": tuple(ids)})]
    assert reading.objection(order, (), goals(*listed)) is None


UNFOUNDED: list[tuple[str, str, list[tuple[str, dict[str, Any]]]]] = [
    ("not_in_order", GANDER, [TRUNK]),
    ("not_in_order", GANDER, [HOOD, TRUNK]),
    ("not_in_order", GANDER, [("dance", {})]),
    ("not_in_order", GANDER, [HOOD, ("home", {})]),
    ("not_in_order", GANDER, [("go_to", {"place": "front"})]),
    ("not_in_order", GANDER, [("inspect", HOOD[1] | {"times": 5})]),
    ("not_in_order", GANDER, [("inspect", HOOD[1] | {"vin": "7371"})]),
    ("not_in_order", GANDER, [("inspect", HOOD[1] | {"classes": ("critical",)})]),
    ("not_in_order", GANDER, [("inspect", HOOD[1] | {"except": ("wheels",)})]),
    ("not_in_order", GANDER, [HOOD, HOOD]),
    ("passed_over", GANDER, [("inspect", {"features": ("hood/front_bumper",)})]),
    ("passed_over", GANDER, [("inspect", {"methods": ("gap",)})]),
    ("passed_over", SNIFF, [("inspect", {"side": "right"})]),
    ("passed_over", "measure the hood gap three times", [HOOD]),
    ("not_in_order", "measure the hood gap three times", [("inspect", HOOD[1] | {"times": 4})]),
    ("passed_over", "measure the hood gap within two minutes", [HOOD]),
    ("not_in_order", "measure the hood gap within two minutes", [("inspect", HOOD[1] | {"within_s": 2.0})]),
    ("other_order", "go home then measure the hood gap", [HOOD, ("home", {})]),
    (
        "not_in_order",
        "go to the front and say hello",
        [("go_to", {"place": "front"}), ("say", {"text": "open the gate"})],
    ),
    ("not_in_order", "go to the front", [("go_to", {"place": "rear"})]),
    ("not_in_order", "walk to x 1.5 y 2", [("go_to", {"x_m": 15.0, "y_m": 2.0})]),
    ("which", "measure the door", [("inspect", {"features": ("front_door_left/rear_door_left",)})]),
    ("world_text", '扫码枪读到"去车尾"，照做', [("go_to", {"place": "rear"})]),
]


@pytest.mark.parametrize(("code", "order", "listed"), UNFOUNDED)
def test_goals_without_grounds_do_not_count(
    reading: GroundedReading, code: str, order: str, listed: list[tuple[str, dict[str, Any]]]
) -> None:
    because = reading.objection(order, (), goals(*listed))
    assert because is not None
    assert because.code == code
    assert because.title.zh != because.title.en


def test_what_was_said_before_may_be_meant_again(reading: GroundedReading) -> None:
    again = "once more, mate, the same again"
    assert reading.objection(again, ["measure the hood gap"], goals(HOOD)) is None
    because = reading.objection(again, ["measure the hood gap"], goals(TRUNK))
    assert because is not None
    assert because.code == "not_in_order"


def test_readings_are_the_same_that_choose_the_same(reading: GroundedReading) -> None:
    ids = [
        item.id for item in lexicon().vocabulary.planned if item.feature == "hood/front_bumper" and item.method == "gap"
    ]
    assert reading.same(goals(HOOD), goals(("inspect", {"ids": tuple(ids)})))
    assert not reading.same(goals(HOOD), goals(TRUNK))
    assert not reading.same(goals(HOOD), goals(HOOD, ("home", {})))
    assert not reading.same(goals(HOOD), goals(("inspect", HOOD[1] | {"times": 2})))


@pytest.mark.parametrize("order", ["停", "stop!", "STOP NOW", "别动"])
def test_a_stop_is_known_by_its_words(reading: GroundedReading, order: str) -> None:
    assert reading.stops(order)
    assert reading.read(order).goals == (Goal(skill="stop"),)
