"""No sentence without a citation, no answer without a sentence."""

from __future__ import annotations

import pytest

from linewalker.brain.memory.sentence import Answer, capitalised, not_known, told


def test_a_sentence_cites_something():
    with pytest.raises(ValueError, match="nothing is cited for: Three cars"):
        told("三台车", "three cars", [])
    with pytest.raises(ValueError, match="at least one sentence"):
        Answer(language="en", sentences=())


def test_an_answer_is_its_sentences_in_one_language_and_cites_each_id_once():
    one, other = told("一", "one", ["a", "a", "b"]), not_known("二", "two", ["b", "c"])
    assert Answer(language="en", sentences=(one, other)).text == "One. Not known: two."
    assert Answer(language="zh", sentences=(one, other)).text == "一。没有记录：二。"
    assert Answer(language="zh", sentences=(one, other)).citations == ("a", "b", "c")
    assert one.known
    assert not other.known


@pytest.mark.parametrize(
    ("text", "shown"),
    [("mean of 3", "Mean of 3"), ("gap_hood of", "gap_hood of"), ("l2-gap: 3", "l2-gap: 3"), ("3", "3")],
)
def test_a_sentence_begins_with_a_capital_but_an_id_stays_as_it_is(text, shown):
    assert capitalised(text) == shown
