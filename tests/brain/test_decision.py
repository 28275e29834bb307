"""Every decision has a sentence in both languages, which names what it is about."""

from __future__ import annotations

import pytest

from linewalker.brain.decision import Decision, What

ABOUT = {"goal": "(1, 2) m", "why": "a pallet", "waited_s": 30.0, "age_s": 1.5, "what": "L1-gap"}


@pytest.mark.parametrize("what", What)
def test_it_is_told_in_both_languages(what: What) -> None:
    text = Decision(what=what, about=ABOUT).text
    assert text.zh != text.en
    assert "{" not in text.zh + text.en
    for name, value in ABOUT.items():
        assert (str(value) in text.zh) == (str(value) in text.en), name


def test_a_sentence_is_not_told_without_what_it_names() -> None:
    with pytest.raises(KeyError):
        _ = Decision(what=What.DETOUR).text
