"""Faults speak both languages and have a code."""

import pytest

from linewalker.brain.language.interpretation import Because
from linewalker.brain.language.model.model_fault import _SENTENCES, goals_not_taken, model_fault
from linewalker.inspection.title import Title


@pytest.mark.parametrize("code", _SENTENCES)
def test_every_fault_has_a_sentence_in_each_language(code: str) -> None:
    because = model_fault(code, "5 s").because
    assert because.code == code
    assert because.title.zh != because.title.en
    assert "5 s" in because.title.zh
    assert "5 s" in str(model_fault(code, "5 s"))


def test_goals_that_are_not_taken_keep_their_reason() -> None:
    fault = goals_not_taken(Because(code="unknown_skill", title=Title(zh="没有", en="there is none")))
    assert fault.because.code == "unknown_skill"
    assert "there is none" in fault.because.title.en
