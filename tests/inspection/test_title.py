"""A title is in both languages, or it is none."""

from __future__ import annotations

import pytest

from linewalker.inspection.title import Title


def test_both_languages_are_kept() -> None:
    title = Title(zh="门缝", en="door gap")
    assert (title.zh, title.en) == ("门缝", "door gap")
    assert title == Title(zh="门缝", en="door gap")


@pytest.mark.parametrize(("zh", "en"), [("", "door gap"), ("门缝", ""), ("", "")])
def test_one_language_is_not_enough(zh: str, en: str) -> None:
    with pytest.raises(ValueError, match="both languages"):
        Title(zh=zh, en=en)
