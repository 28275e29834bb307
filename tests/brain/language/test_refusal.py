"""Law: every reason has a code and a sentence in both languages, and shows what there is."""

from __future__ import annotations

import pytest

from linewalker.brain.language.refusal import _SENTENCES, Trouble
from linewalker.inspection.title import Title


@pytest.mark.parametrize("code", sorted(_SENTENCES))
def test_every_reason_is_said_in_both_languages(code: str) -> None:
    because = Trouble(code=code, what="X", choices=[Title(zh="甲", en="A")] * 9).because
    assert because.code == code
    assert any("\u4e00" <= c <= "\u9fff" for c in because.title.zh)
    assert because.title.en.isascii()
    assert "{" not in because.title.zh + because.title.en
