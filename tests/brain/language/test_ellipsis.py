"""Laws of what is left unsaid: the other side of the other side is where it was; again is the same again."""

from __future__ import annotations

import pytest

from linewalker.brain.language.ellipsis import lean, leans
from linewalker.brain.language.wish import Item, Things, Wish
from tests.brain.language.words_of_the_example import read

DOOR = Wish(
    skill="inspect",
    things=Things(items=(Item(noun="door", positions=frozenset({"front", "left"})),), methods=("gap",)),
)
ACROSS, AGAIN = Wish(marks=frozenset({"other"})), Wish(marks=frozenset({"again"}))


def test_again_is_the_same_again() -> None:
    assert lean(AGAIN, DOOR) == DOOR


def test_the_other_side_twice_is_where_it_was() -> None:
    across = lean(ACROSS, DOOR)
    assert across.things.items[0].positions == {"front", "right"}
    assert lean(ACROSS, across).things == DOOR.things


def test_only_what_points_back_leans() -> None:
    assert leans(ACROSS)
    assert leans(AGAIN)
    assert not leans(DOOR)


@pytest.mark.parametrize("order", ["again", "再测一遍", "it", "the other side", "那个"])
def test_nothing_to_lean_on_is_asked_about(order: str) -> None:
    assert read(order)[0] == "ask"


@pytest.mark.parametrize(
    ("before", "order", "slots"),
    [
        (
            "measure the hood gap",
            "again, three times",
            {"features": ["hood/front_bumper"], "methods": ["gap"], "times": 3},
        ),
        ("量左前门和左后门的缝", "右边的呢", {"features": ["front_door_right/rear_door_right"], "methods": ["gap"]}),
        ("measure L2-gap", "and the right one?", {"ids": ["R3-gap"]}),
        ("check the left side", "now the other side", {"side": "right"}),
        ("measure the trunk gap", "the flush too", {"features": ["trunk/rear_bumper"], "methods": ["flush"]}),
        ("检查右侧", "只查关键的", {"side": "right", "classes": ["critical"]}),
        (
            "measure the left front door",
            "with the rear door, the gap",
            {"features": ["front_door_left/rear_door_left"], "methods": ["gap"]},
        ),
        (
            "measure the door gap",
            "left front to left rear",
            {"features": ["front_door_left/rear_door_left"], "methods": ["gap"]},
        ),
    ],
)
def test_what_was_said_before_completes_it(before: str, order: str, slots: dict[str, object]) -> None:
    assert read(order, before) == ("act", [("inspect", slots)])


def test_an_area_is_moved_to_the_other_side() -> None:
    said = "check the closures on the left"
    assert read("and the right?", said) == ("act", [("inspect", {"side": "right", "area": "closures"})])
    assert read("再查一遍", "检查外饰件") == ("act", [("inspect", {"area": "exterior_trim"})])
