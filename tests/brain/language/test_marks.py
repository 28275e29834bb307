"""Laws: a step knows what ties it to those around it, and what of it is in doubt."""

from __future__ import annotations

import pytest

from linewalker.brain.language.wish import Wish
from tests.brain.language.words_of_the_example import reader


def wishes(order: str) -> list[Wish]:
    return reader().wishes(order)


@pytest.mark.parametrize(
    ("order", "mark"),
    [
        ("measure it again", "again"),
        ("再测一遍", "once"),
        ("check L1, then the flush", "then"),
        ("别量左边的缝，量右边的", "same"),
        ("with the rear door", "joined"),
        ("another ten seconds", "instead"),
        ("都量", "every"),
        ("don't check the hood", "forbidden"),
        ("不必测面差", "forbidden"),
        ("don't go to the rear", "refused"),
        ("check the left or the right", "either"),
        ("停在左侧的那台车", "which_car"),
    ],
)
def test_words_between_names_mark_a_step(order: str, mark: str) -> None:
    assert mark in wishes(order)[-1].marks


def test_a_pronoun_where_the_robot_stands_refers_to_nothing() -> None:
    assert "pronoun" not in wishes("wait there for 10 s")[0].marks


@pytest.mark.parametrize(
    "order", ["check the left side or the right side", "左边或者右边查一下", "just one of the doors"]
)
def test_which_of_several_is_not_chosen(order: str) -> None:
    assert not reader().read(order).goals
