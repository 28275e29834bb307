"""Without the extra one line says so, in both languages."""

from __future__ import annotations

import pytest

from linewalker.brain.speech import extra
from linewalker.errors import MissingPackage


def test_what_is_missing_is_one_line_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    with pytest.raises(MissingPackage) as error:
        extra.expect_extra()
    said = str(error.value)
    assert "pip install 'linewalker[speech]'" in said
    assert "语音" in said
    assert "typed" in said
    assert "\n" not in said


def test_nothing_is_said_where_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: object())
    extra.expect_extra()
