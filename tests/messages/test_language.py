"""The language is the one that is asked for, wherever it stands on the line, else that of the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.messages.language import Language, chosen, language, language_asked, speaking, spoken_language


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "", "LC_ALL": ""}, "en"),
        ({}, "en"),
    ],
)
def test_it_is_that_of_the_terminal(environment: dict[str, str], spoken: str) -> None:
    assert spoken_language(environment) == spoken


def test_what_is_asked_for_goes_before_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert language() is Language.ZH
    with speaking(Language.EN):
        assert (language(), chosen(zh="是", en="yes")) == (Language.EN, "yes")
        with speaking(Language.ZH):
            assert chosen(zh="是", en="yes") == "是"
        assert language() is Language.EN
    assert language() is Language.ZH


WORDS = st.lists(st.sampled_from(["run", "--shift", "a.csv", "--lang-no", "-h"]), max_size=6)


@given(WORDS, WORDS, st.sampled_from(tuple(Language)), st.booleans())
def test_it_may_stand_anywhere(before: list[str], after: list[str], asked: Language, joined: bool) -> None:
    said = [f"--lang={asked}"] if joined else ["--lang", asked.value]
    assert language_asked([*before, *said, *after]) == ([*before, *after], asked)


def test_one_that_we_do_not_speak_is_left_to_be_complained_about() -> None:
    assert language_asked(["run", "--lang", "fr", "--seed", "1"]) == (["--lang", "fr", "run", "--seed", "1"], None)


@pytest.mark.parametrize("words", [["ask", "--", "--lang", "zh"], ["run", "--lang"], []])
def test_what_asks_for_none_is_left_as_it_is(words: list[str]) -> None:
    assert language_asked(words) == (words, None)
