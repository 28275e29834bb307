"""A recogniser is told the plan's own names, in no more words than it takes."""

from __future__ import annotations

from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.vocabulary import PlannedCharacteristic, Vocabulary
from linewalker.brain.speech.prompt import _CHARACTERS, _LETTERS, prompts
from linewalker.inspection.title import Title
from linewalker.station.spoken_names import EXAMPLE_PLAN, lexicon_of


def test_names_of_the_plan_are_in_it() -> None:
    told = prompts(lexicon_of(EXAMPLE_PLAN))
    assert all(word in told["zh"] for word in ("左前门", "间隙", "面差", "引擎盖", "回原位"))
    assert all(word in told["en"] for word in ("gap", "flush", "critical", "hood", "charge flap", "go home"))
    assert len(told["zh"]) <= _CHARACTERS
    assert len(told["en"]) <= _LETTERS


def test_another_plan_is_told_otherwise() -> None:
    planned = PlannedCharacteristic(
        id="Q1", title=Title(zh="焊点直径", en="weld spot diameter"), feature="spot", method="gap", severity="critical"
    )
    told = prompts(Lexicon(Vocabulary(planned=(planned,))))
    assert "焊点直径" in told["zh"]
    assert "间隙" not in told["zh"]
