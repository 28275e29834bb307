"""Laws: tokens cover every atom of an order; blanks between Chinese characters, case and width change nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.atoms import cut
from linewalker.brain.language.spelling import spell
from tests.brain.language.words_of_the_example import tokens


@given(st.text(max_size=60))
def test_nothing_of_an_order_is_lost(order: str) -> None:
    found = tokens(order)
    for atom in cut(spell(order).text):
        assert any(token.start <= atom.start and atom.end <= token.end for token in found)


@pytest.mark.parametrize("order", ["量一下左前门和左后门的缝", "Measure the HOOD gap", "九十秒内只查关键项"])
def test_width_case_and_blanks_change_nothing(order: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in order)
    spaced = " ".join(order) if not order.isascii() else order.replace(" ", "   ")
    wanted = [token.meanings for token in tokens(order)]
    for variant in (wide, spaced, order.upper()):
        assert [token.meanings for token in tokens(variant)] == wanted


@pytest.mark.parametrize(
    ("typed", "meant"), [("检察", "检查"), ("面茶", "面差"), ("缝系", "缝隙"), ("左前们", "左前门")]
)
def test_a_wrong_character_that_sounds_right_is_heard(typed: str, meant: str) -> None:
    assert [t.meanings for t in tokens(typed)] == [t.meanings for t in tokens(meant)]
    assert any(token.slip for token in tokens(typed))


def test_a_character_alone_is_not_guessed() -> None:
    assert not tokens("钱")[0].meanings


def test_what_is_not_known_means_nothing() -> None:
    assert [bool(token.meanings) for token in tokens("measure zzyzx")] == [True, False]
