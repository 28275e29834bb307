"""What was said wrongly is replaced: the rest of it holds, and what is narrower without saying so is asked about."""

from __future__ import annotations

import pytest

from linewalker.brain.language.correction import corrected, methods_of
from linewalker.brain.language.wish import Things, Wish
from tests.brain.language.words_of_the_example import read, reader

LEFT, RIGHT = (Things(sides=(frozenset({side}),)) for side in ("left", "right"))


def test_a_place_is_replaced_and_the_method_stays() -> None:
    [wrong] = reader().wishes("measure the gaps on the left")
    right = corrected(Wish(things=RIGHT), wrong)
    assert (right.skill, right.things.sides, right.things.methods) == ("inspect", RIGHT.sides, ("gap",))


def test_whoever_says_the_verb_again_is_asked_whether_it_is_as_narrow() -> None:
    [wrong] = reader().wishes("measure the gaps on the left")
    assert "inherits" in corrected(Wish(skill="inspect", things=RIGHT), wrong).marks


@pytest.mark.parametrize(("amount", "seconds"), [(45.0, 45.0), (5.0, None)])
def test_a_bare_number_replaces_seconds_only_where_it_is_surely_some(amount: float, seconds: float | None) -> None:
    right = corrected(
        Wish(facts={"amount": amount}), Wish(skill="wait", facts={"duration_s": 30.0 if seconds else 60.0})
    )
    assert right.facts.get("duration_s") == (seconds or 60.0)


def test_an_id_says_its_method() -> None:
    [wish] = reader().wishes("measure L2-gap")
    assert methods_of(wish) == {"gap"}
    assert methods_of(Wish(things=LEFT)) == set()


def test_in_an_order() -> None:
    assert read("wait 30 seconds, no, 45") == ("act", [("wait", {"seconds": 45.0})])
    assert read("检查左侧，不对，右侧") == ("act", [("inspect", {"side": "right"})])
