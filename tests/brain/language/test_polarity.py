"""Laws: what is left out is told from what is wanted, before it, after it and between."""

from __future__ import annotations

from linewalker.brain.language.wish import Wish
from tests.brain.language.words_of_the_example import reader


def wishes(order: str) -> list[Wish]:
    return reader().wishes(order)


def test_an_exception_after_but_leaves_what_stands_before() -> None:
    (wish,) = wishes("gaps on the left but L3 stays out")
    assert wish.things.methods == ("gap",)
    assert wish.without.items[0].ids == ("L3-gap", "L3-flush")


def test_two_negations_are_marked() -> None:
    assert "twice_negated" in wishes("don't skip the wheels")[0].marks


def test_what_need_not_be_measured_stands_on_either_side() -> None:
    (before,), (after,) = wishes("车尾不必测面差"), wishes("车尾检查，面差不必测")
    assert before.without.methods == after.without.methods == ("flush",)
    assert before.things.sides == after.things.sides == (frozenset({"rear"}),)
