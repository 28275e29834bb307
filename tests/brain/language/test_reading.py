"""Laws: what is left out is never wanted as well; restrictions are kept wherever they are said."""

from __future__ import annotations

import pytest

from linewalker.brain.language.wish import Wish
from tests.brain.language.words_of_the_example import reader


def wishes(order: str) -> list[Wish]:
    return reader().wishes(order)


@pytest.mark.parametrize(
    "order",
    [
        "check the right side, but not the wheels",
        "check the right side except for the wheels",
        "除了轮子，右边都查",
        "检查右侧，轮子不要",
        "右侧都测，别量轮子",
        "without the wheels, inspect the right side",
        "右边全查，轮子就算了",
    ],
)
def test_exceptions_are_left_out(order: str) -> None:
    (wish,) = wishes(order)
    assert [item.noun for item in wish.without.items] == ["wheel"]
    assert not wish.things.items
    assert wish.things.sides == (frozenset({"right"}),)


@pytest.mark.parametrize(
    "order",
    [
        "九十秒内只查关键项",
        "只查关键项，九十秒之内",
        "critical items only, within 90 s",
        "within 90 seconds, only what is critical",
    ],
)
def test_restrictions_hold_wherever_they_stand(order: str) -> None:
    (wish,) = wishes(order)
    assert wish.things.classes == ("critical",)
    assert wish.facts["within_s"] == 90
