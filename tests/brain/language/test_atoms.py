"""Law: atoms cover a text in order and without overlap; a quotation is one atom whatever is in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.atoms import cut, phrase_key
from linewalker.brain.language.spelling import spell


@given(st.text(max_size=80))
def test_atoms_stand_in_the_text_one_after_the_other(order: str) -> None:
    text = spell(order).text
    end = 0
    for atom in cut(text):
        assert end <= atom.start <= atom.end <= len(text)
        assert atom.kind == "quote" or atom.text in text[atom.start : atom.end] or atom.text == "'"
        end = atom.end


def test_words_numbers_codes_and_characters() -> None:
    assert [(a.text, a.kind) for a in cut("l2-gap 3x, 1.5m 左前")] == [
        ("l2", "code"),
        ("gap", "word"),
        ("3", "number"),
        ("x", "word"),
        (",", "mark"),
        ("1.5", "number"),
        ("m", "word"),
        ("左", "han"),
        ("前", "han"),
    ]


def test_a_vin_is_one_atom() -> None:
    assert [a.kind for a in cut("查lsvaa49j532047373这台")] == ["han", "vin", "han", "han"]


def test_what_is_quoted_is_kept_whole() -> None:
    assert [(a.text, a.kind) for a in cut('say "go, then stop"')] == [("say", "word"), ("go, then stop", "quote")]
    assert [a.kind for a in cut("the driver's side")] == ["word", "word", "word"]


def test_hyphens_and_underscores_part_words() -> None:
    assert phrase_key("left-hand_side") == ("left", "hand", "side")
