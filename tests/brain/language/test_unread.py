"""Laws: a word that is not understood, or stands where it can not, is kept; what is counted must be there."""

from __future__ import annotations

import pytest

from linewalker.brain.language.wish import Wish
from tests.brain.language.words_of_the_example import reader


def wishes(order: str) -> list[Wish]:
    return reader().wishes(order)


def test_a_word_that_is_not_understood_is_kept() -> None:
    assert wishes("measure the hood gap zzyzx")[0].unknown == ("zzyzx",)


def test_of_what_is_counted_there_are_that_many() -> None:
    assert not wishes("检测P3、P4、P5三项")[0].unknown
    assert "三" in wishes("检测P3、P4三项")[0].unknown


@pytest.mark.parametrize(
    ("order", "word"),
    [("后等三十秒", "后"), ("measure the hood and", "and"), ("measure a person", "person"), ("左侧钟", "钟")],
)
def test_a_word_that_has_no_place_is_kept(order: str, word: str) -> None:
    assert word in [text for wish in wishes(order) for text in wish.unknown]
