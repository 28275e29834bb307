"""What narrows several steps at once, and where it is asked whether it does."""

from __future__ import annotations

import pytest

from tests.brain.language.words_of_the_example import read

BOTH = [("inspect", {"ids": ["L1-gap"]}), ("inspect", {"ids": ["L3-gap"]})]


@pytest.mark.parametrize("order", ["measure L1, then L3, gaps only", "查 L1，再查 L3，都只测间隙"])
def test_a_restriction_at_the_end_holds_for_every_step(order: str) -> None:
    assert read(order) == ("act", BOTH)


def test_where_the_robot_walks_away_in_between_it_is_asked_unless_it_is_said() -> None:
    assert read("check L1, go home, then check L3, gaps only")[0] == "ask"
    assert read("check L1, go home, then check L3, gaps only for both") == ("act", [BOTH[0], ("home", {}), BOTH[1]])
