"""Of what a recogniser offers, the text that is best covered by words of orders is heard; a stop goes first."""

from __future__ import annotations

import pytest

from linewalker.brain.speech.hearing import NOTHING, Hearing
from linewalker.station.spoken_names import EXAMPLE_PLAN, lexicon_of
from tests.brain.speech.recordings import Parrot, loud, quiet

pytest.importorskip("pypinyin", reason="how characters sound is in linewalker[speech]")
LEXICON = lexicon_of(EXAMPLE_PLAN)


def hear(*texts: str, language: str = "en", **how: float) -> str:
    return Hearing(Parrot(*texts, language=language, **how), LEXICON).hear(loud()).text


def test_words_of_the_plan_are_heard_in_what_sounds_like_them() -> None:
    assert hear("量一下左前门和左后门的面茶。", language="zh") == "量一下左前门和左后门的面差"


def test_the_text_with_our_words_is_preferred_to_a_little_likelier_one() -> None:
    assert hear("Jacket the hood.", "Check the hood.") == "Check the hood"


def test_the_likeliest_is_taken_where_all_are_ours() -> None:
    assert hear("Check the left side.", "Check the right side.") == "Check the left side"


def test_the_likeliest_stays_where_it_is_made_of_our_words_however_few_another_takes() -> None:
    assert hear("后备箱右侧面差测一次。", "后备箱右侧面也测一次。", language="zh") == "后备箱右侧面差测一次"


def test_a_stop_among_the_texts_goes_first() -> None:
    assert hear("Stuff.", "Step.", "Stop!") == "Stop!"
    assert hear("听说。", "停！", language="zh") == "停！"


def test_what_sounds_like_a_stop_and_is_no_order_is_one() -> None:
    assert hear("听讲！！！", language="zh") == "停"
    assert hear("Stuff.") == "stop"
    assert hear("天津", "听紧", language="zh") == "停"


def test_an_order_stays_one_whatever_sounds_like_a_stop() -> None:
    assert hear("查右侧", "听右侧", language="zh") == "查右侧"
    assert hear("Check the left side.", "Stock the left side.") == "Check the left side"
    assert hear("好的。", language="zh") == "好的"


def test_a_text_with_half_a_character_is_not_taken() -> None:
    assert hear("引擎盖间隙\ufffd面差。", "引擎盖间隙，和面差。", language="zh") == "引擎盖间隙,和面差"


def test_numbers_are_written_as_an_order_has_them() -> None:
    assert hear("Why did 7,373 fail?") == "Why did 7373 fail?"


def test_silence_reaches_no_recogniser() -> None:
    parrot = Parrot("Thank you.")
    assert Hearing(parrot, LEXICON).hear(quiet()) == NOTHING
    assert parrot.asked == []


def test_where_nobody_spoke_nothing_is_heard() -> None:
    assert hear("Thank you.", sureness=-1.2, no_speech=0.9) == ""
    assert hear("") == ""


@pytest.mark.parametrize(
    ("sureness", "no_speech", "sure"), [(-0.2, 0.01, True), (-1.0, 0.01, False), (-0.2, 0.7, False)]
)
def test_what_is_not_clear_is_not_sure(sureness: float, no_speech: float, sure: bool) -> None:
    parrot = Parrot("yes", sureness=sureness, no_speech=no_speech)
    assert Hearing(parrot, LEXICON).hear(loud()).sure is sure


def test_the_language_is_the_recognisers_or_the_one_that_was_asked_for() -> None:
    parrot = Parrot("home", language="zh")
    hearing = Hearing(parrot, LEXICON)
    assert hearing.hear(loud()).language == "zh"
    assert hearing.hear(loud(), "en").language == "en"
    assert parrot.asked == [None, "en"]
