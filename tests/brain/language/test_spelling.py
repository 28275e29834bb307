"""Laws: spelling an order alike is idempotent, keeps the way back, and takes width, case and script away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.spelling import language_of, simplified, sounds, spell, spellings


def test_a_pattern_stands_for_all_its_spellings() -> None:
    assert list(spellings("(go|walk) (back|) home")) == ["go back home", "go home", "walk back home", "walk home"]
    assert list(spellings("装(上|)没")) == ["装上没", "装没"]
    assert list(spellings("hood")) == ["hood"]


@given(st.text(max_size=200))
def test_spelling_twice_changes_nothing_and_offsets_rise(order: str) -> None:
    spelled = spell(order)
    assert len(spelled.text) == len(spelled.offsets)
    assert list(spelled.offsets) == sorted(spelled.offsets)
    assert spell(spelled.text).text == spelled.text


def test_width_script_and_quotes_are_made_alike() -> None:
    assert spell("測量　Ｌ２－ＧＡＰ，「停」").text == '测量 l2-gap,"停"'


def test_what_was_typed_can_be_had_back() -> None:
    spelled = spell("说“Guten Tag，ＯＫ”")
    assert spelled.original(2, len(spelled.text) - 1) == "Guten Tag，ＯＫ"


def test_the_language_is_what_there_is_more_of() -> None:
    assert language_of("measure the hood gap") == "en"
    assert language_of("量一下L2-gap") == "zh"
    assert language_of("") == "en"


def test_every_character_is_simplified_once_and_has_one_sound() -> None:
    assert all(simplified().get(c, c) == c for c in simplified().values())
    assert sounds()["缝"] == sounds()["风"] != sounds()["门"]
