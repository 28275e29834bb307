"""Laws of looking up: every seam of the catalogue is found by the names of its panels, in both languages."""

from __future__ import annotations

import pytest

from linewalker.brain.language.features import Features, Unresolved
from linewalker.brain.language.wish import Item
from tests.brain.language.words_of_the_example import lexicon, read

FEATURES = Features(lexicon())


@pytest.mark.parametrize("name", sorted(lexicon().seams))
def test_every_seam_is_found_by_its_titles(name: str) -> None:
    title = lexicon().titles[name]
    a, b = title.zh.split(" / ")
    assert read(f"量一下{a}和{b}的间隙")[1] == [("inspect", {"features": [name], "methods": ["gap"]})]
    a, b = title.en.split(" / ")
    assert read(f"measure the gap between the {a} and the {b}")[1] == [
        ("inspect", {"features": [name], "methods": ["gap"]})
    ]


@pytest.mark.parametrize("name", sorted(lexicon().parts))
def test_every_part_is_found_by_its_titles(name: str) -> None:
    title = lexicon().titles[name]
    for order in (f"看一下{title.zh}", f"look at the {title.en}"):
        assert read(order) == ("act", [("look", {"part": name})])


def test_one_of_several_is_asked_about() -> None:
    with pytest.raises(Unresolved) as problem:
        FEATURES.find([Item(noun="door")], ["gap"])
    assert problem.value.code == "which"
    assert len(problem.value.choices) == 4


def test_what_there_is_not_is_said() -> None:
    with pytest.raises(Unresolved) as problem:
        FEATURES.find([Item(noun="charge_flap", positions=frozenset({"left"}))], [])
    assert problem.value.code == "no_such_part"


def test_a_group_that_is_left_out_whole_goes_by_its_name() -> None:
    assert FEATURES.left_out([Item(noun="wheel", number="many")], []) == ("wheels",)
    assert FEATURES.left_out([Item(noun="wheel", number="many", positions=frozenset({"left"}))], []) == (
        "wheel_front_left",
        "wheel_rear_left",
    )


@pytest.mark.parametrize("order", ["测左右前门和翼子板之间的间隙", "measure fender to front door gaps on both sides"])
def test_two_things_on_both_sides_are_two_seams(order: str) -> None:
    (goal,) = read(order)[1]
    assert sorted(goal[1]["features"]) == ["fender_left/front_door_left", "fender_right/front_door_right"]


def test_what_is_called_otherwise_where_it_is_is_found() -> None:
    assert read("look at the emblem in front") == ("act", [("look", {"part": "badge_front"})])
