"""Laws: a known word stands for itself; one slip in a long word is mended; a word of its own never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.slips import Slips, words_of_their_own
from tests.brain.language.words_of_the_example import lexicon

SLIPS = Slips(lexicon())


@given(st.sampled_from(sorted(lexicon().words)))
def test_a_known_word_stands_for_itself(word: str) -> None:
    assert SLIPS.meant(word) == (word,)


@given(st.sampled_from(sorted(words_of_their_own())))
def test_a_word_of_its_own_is_never_taken_for_one_of_ours(word: str) -> None:
    assert word in lexicon().words or SLIPS.meant(word) in (None, (word,))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mesure", "measure"),
        ("rigth", "right"),
        ("bumpr", "bumper"),
        ("insepct", "inspect"),
        ("teh", "the"),
        ("hadnle", "handle"),
        ("critcal", "critical"),
        ("secnods", "seconds"),
    ],
)
def test_slips_are_mended(typed: str, meant: str) -> None:
    assert SLIPS.meant(typed) == (meant,)


def test_words_that_run_together_are_parted() -> None:
    assert SLIPS.meant("leftfront") == ("left", "front")


@pytest.mark.parametrize("word", ["wood", "xyzzy", "ab", "q" * 40])
def test_what_was_meant_is_not_guessed(word: str) -> None:
    assert SLIPS.meant(word) is None


def test_an_adverb_of_manner_changes_nothing() -> None:
    assert SLIPS.meant("cautiously") == ("cautiously",)
    assert lexicon().meanings("mostly").keys() == {"vague"}
