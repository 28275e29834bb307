"""Laws: what is read back is in the order's language, and read again it is the same goal."""

from __future__ import annotations

import pytest

from tests.brain.language.words_of_the_example import reader

ORDERS = [
    "measure the gap between the left front door and the left rear door",
    "检查右侧，轮子不要",
    "go to the rear",
    "等两分钟",
    "critical items only, within 90 s",
    "L2-gap测三次",
    "which cars failed today?",
    "dance for 20 s",
    "去车尾等一分钟再回来",
    'say "hello"',
    "带五位客人参观车头",
    "go to x 1 y 2 yaw 90",
    "measure the hood gap on car 7373",
]


@pytest.mark.parametrize("order", ORDERS)
def test_it_is_in_the_language_of_the_order(order: str) -> None:
    found = reader().read(order)
    assert found.goals
    assert found.read_back
    assert (found.language == "zh") == any("\u4e00" <= c <= "\u9fff" for c in found.read_back)


@pytest.mark.parametrize(
    "order", ["检查右侧，轮子不要", "go to the rear", "等两分钟", "critical items only, within 90 s"]
)
def test_what_was_read_back_is_the_same_order(order: str) -> None:
    found = reader().read(order)
    assert reader().read(found.read_back).goals == found.goals


def test_periods_and_statistics_are_words_of_the_language() -> None:
    assert reader().read("昨天有几台车不合格").read_back.endswith("昨天，统计数量。")
    assert reader().read("how many cars failed this week?").read_back.endswith("this week, statistic count.")
