"""Laws of what is named: sides are shared out over a list alike in both languages, and mirrored words mirror them."""

from __future__ import annotations

import pytest

from linewalker.brain.language.noun_phrases import read_things
from linewalker.brain.language.nouns import OPPOSITE, alternatives_of, moved, placed
from tests.brain.language.words_of_the_example import lexicon, tokens


def items(text: str) -> list[tuple[str, list[str]]]:
    things = read_things(tokens(text), lexicon())
    return [(item.noun, sorted(item.positions)) for item in things.items]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("left front and rear door", [("door", ["front", "left"]), ("door", ["left", "rear"])]),
        ("左前后门", [("door", ["front", "left"]), ("door", ["left", "rear"])]),
        ("左右前门", [("door", ["front", "left"]), ("door", ["front", "right"])]),
        ("left and right front door", [("door", ["front", "left"]), ("door", ["front", "right"])]),
        ("right fender to front door", [("fender", ["right"]), ("door", ["front", "right"])]),
        ("front door on the left", [("door", ["front", "left"])]),
        ("the left front door and the hood", [("door", ["front", "left"]), ("hood", [])]),
    ],
)
def test_sides_are_shared_out(text: str, wanted: list[tuple[str, list[str]]]) -> None:
    assert items(text) == wanted


@pytest.mark.parametrize(
    "text", ["left front and rear door", "right fender to front door", "左前门和左后门", "左侧的轮子"]
)
def test_mirrored_words_mirror_what_is_named(text: str) -> None:
    swap = {"left": "right", "right": "left", "左": "右", "右": "左"}
    mirrored = text
    for i, (word, other) in enumerate(swap.items()):
        mirrored = mirrored.replace(word, f"<{i}>") if word in text else mirrored
        mirrored = mirrored.replace(f"<{i}>", other)
        if word in text:
            break
    wanted = [(n, sorted(OPPOSITE[p] if p in ("left", "right") else p for p in w)) for n, w in items(text)]
    assert items(mirrored) == wanted


def test_two_sides_joined_by_and_are_two_sides() -> None:
    things = read_things(tokens("the left side and the rear"), lexicon())
    assert things.sides == (frozenset({"left"}), frozenset({"rear"}))
    assert alternatives_of([("left", False), ("rear", False)]) == [{"left", "rear"}]


def test_places_are_completed_or_changed_by_axis() -> None:
    front_left, right = frozenset({"front", "left"}), frozenset({"right"})
    assert placed(front_left, right) == front_left
    assert moved(front_left, right) == {"front", "right"}


def test_a_side_said_after_one_thing_does_not_place_the_next() -> None:
    assert items("the wheels on the left and the mirror on the right") == [("wheel", ["left"]), ("mirror", ["right"])]


def test_the_back_door_of_a_side_is_a_door() -> None:
    assert items("the right back door") == [("door", ["rear", "right"])]
    assert items("the back door") == [("tailgate", [])]


def test_a_seam_and_another_measure_are_both_wanted() -> None:
    assert read_things(tokens("充电口盖的缝和高低差"), lexicon()).methods == ("gap", "flush")


def test_a_side_and_a_thing_that_is_never_there_are_two() -> None:
    things = read_things(tokens("the front and the charge flap"), lexicon())
    assert things.sides == (frozenset({"front"}),)
    assert [item.noun for item in things.items] == ["charge_flap"]


def test_ids_run_from_one_to_another() -> None:
    things = read_things(tokens("P1 through P4"), lexicon())
    assert {id_ for item in things.items for id_ in item.ids} == {"P1", "P2", "P3", "P4"}
