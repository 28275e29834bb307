"""What a goal comes to in a hall: acts at the places it names, or at all of them; or an answer, if it only asks."""

from __future__ import annotations

import pytest

from linewalker.brain.language.goal import Goal
from linewalker.station.hall.hall import ALL
from linewalker.station.hall.hall_file import read_hall
from tests.station.hall.point_guide import FILE

HALL = read_hall(FILE)


def acts(goal: Goal) -> list[tuple[str, object]]:
    return [(step.skill, next(iter(step.slots.values()), None)) for step in HALL.spelt_out(goal, "zh")]


def stop_at(name: str) -> list[tuple[str, object]]:
    return [("gather", None), ("go_to", name), ("gather", None), ("say", HALL.told[name].title.zh)]


@pytest.mark.parametrize(
    ("places", "visited"),
    [
        (("hand",), ["hand"]),
        (("hand", "scanner"), ["hand", "scanner"]),
        ((ALL,), ["scanner", "hand"]),
        (("hand", ALL), ["hand", "scanner"]),
        ((), ["scanner", "hand"]),
    ],
)
def test_a_round_stops_once_at_each_place_that_is_named_or_at_all(places: tuple[str, ...], visited: list[str]) -> None:
    slots = {"places": places} if places else {}
    for skill in ("guide", "show_round"):
        assert acts(Goal(skill=skill, slots=slots)) == [step for name in visited for step in stop_at(name)]


def test_other_goals_are_as_they_are() -> None:
    for goal in (Goal(skill="home"), Goal(skill="go_to", slots={"place": "door"}), Goal(skill="dance")):
        assert HALL.spelt_out(goal, "en") == (goal,)
        assert HALL.answer(goal) == ()
    assert acts(Goal(skill="go_to", slots={"place": ALL})) == [("go_to", "scanner"), ("go_to", "hand")]
    assert acts(Goal(skill="bow")) == [("bow", None)]


def test_who_only_wants_to_be_told_gets_an_answer() -> None:
    assert HALL.answer(Goal(skill="tell", slots={"places": ("hand",)})) == (HALL.told["hand"],)
    assert HALL.answer(Goal(skill="asked/hours")) == (HALL.told["asked/hours"],)
    assert HALL.answer(Goal(skill="guide", slots={"places": ("hand",)})) == ()
    assert HALL.answer(Goal(skill="tell", slots={"places": ("door",)})) == ()  # nothing is said of a door
