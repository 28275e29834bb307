"""Laws: what each half of an order says for itself is a step of its own; what can not be told apart is asked about."""

from __future__ import annotations

import pytest

from linewalker.brain.language.conjuncts import mingled
from tests.brain.language.words_of_the_example import lexicon, read, reader


@pytest.mark.parametrize(
    ("order", "goals"),
    [
        (
            "measure the L2 flush and the gap of the hood and the front bumper",
            [{"ids": ["L2-flush"]}, {"features": ["hood/front_bumper"], "methods": ["gap"]}],
        ),
        (
            "查右侧的重要项和车尾的次要项",
            [{"side": "right", "classes": ["major"]}, {"side": "rear", "classes": ["minor"]}],
        ),
        ("check what is major on the left and what is minor at the front", None),
        ("R3-flush and L2-flush", [{"ids": ["R3-flush", "L2-flush"]}]),
        (
            "measure the gap of the left fender and the left front door and the gap of the hood and the front bumper",
            [{"features": ["fender_left/front_door_left", "hood/front_bumper"], "methods": ["gap"]}],
        ),
        ("measure L1 gap and flush", [{"ids": ["L1-gap", "L1-flush"]}]),
    ],
)
def test_two_halves_are_two_steps(order: str, goals: list[dict[str, object]] | None) -> None:
    outcome, found = read(order)
    told = [{"side": "left", "classes": ["major"]}, {"side": "front", "classes": ["minor"]}]
    assert (outcome, found) == ("act", [("inspect", slots) for slots in goals or told])


@pytest.mark.parametrize("order", ["gap of the hood to the front bumper flush of L2", "测左侧间隙右侧面差"])
def test_what_is_mingled_is_asked_about(order: str) -> None:
    assert mingled(reader().clauses(order), lexicon())
    assert read(order)[0] == "ask"


def test_one_place_may_be_measured_in_two_ways() -> None:
    assert not mingled(reader().clauses("measure the hood's gap and its flush"), lexicon())


@pytest.mark.parametrize("order", ["majors only this time, criticals later", "只测间隙，面差"])
def test_only_some_and_then_more_is_asked_about(order: str) -> None:
    assert read(order)[0] == "ask"
