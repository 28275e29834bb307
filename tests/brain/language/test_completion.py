"""A step has from those before it what it leaves unsaid, and nothing that was not meant."""

from __future__ import annotations

import pytest

from linewalker.brain.language.completion import completed
from linewalker.brain.language.wish import Wish
from tests.brain.language.words_of_the_example import lexicon, read, reader


def made_whole(order: str, *before: str) -> Wish:
    """The last step of an order after others."""
    said = [wish for earlier in before for wish in reader().wishes(earlier)]
    return completed(reader().wishes(order)[-1], said, lexicon())


def test_what_is_whole_stays_as_it_is() -> None:
    assert made_whole("measure L2-gap") == reader().wishes("measure L2-gap")[0]


def test_again_is_the_step_before_it() -> None:
    wish = made_whole("again, three times", "measure the hood gap")
    assert (wish.skill, wish.things.methods, wish.facts) == ("inspect", ("gap",), {"times": 3})


@pytest.mark.parametrize("order", ["then check the whole car", "然后检查整台车"])
def test_all_of_the_car_is_all_of_it_wherever_the_robot_was_sent(order: str) -> None:
    assert not made_whole(order, "go to the left").things.sides


def test_what_is_inspected_where_the_robot_was_sent_is_there() -> None:
    assert made_whole("把间隙都量了", "去右侧").things.sides == (frozenset({"right"}),)


def test_a_part_that_is_not_where_the_robot_was_sent_is_where_it_is() -> None:
    """The fender is in front."""
    order = "walk to the rear, and check the gap of the left fender to left front door"
    goals = [
        ("go_to", {"place": "rear"}),
        ("inspect", {"features": ["fender_left/front_door_left"], "methods": ["gap"]}),
    ]
    assert read(order) == ("act", goals)


@pytest.mark.parametrize(
    "orders",
    [
        ("左侧关键项测三次", "右侧只测一次"),
        ("go to the left side, then measure the minor items",),
        ("check L1, then five seconds",),
        ("take two guests to the rear, then look at the front badge",),
    ],
)
def test_what_may_be_meant_in_two_ways_is_asked_about(orders: tuple[str, ...]) -> None:
    assert read(orders[-1], *orders[:-1])[0] == "ask"
