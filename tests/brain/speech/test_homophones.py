"""Words that sound like what was written are heard; what is right stays as it is."""

from __future__ import annotations

import pytest

from linewalker.brain.speech.homophones import Homophones

pytest.importorskip("pypinyin", reason="how characters sound is in linewalker[speech]")
WORDS = ["量", "一下", "左前门", "左后门", "和", "的", "面差", "间隙", "车尾", "去", "右侧", "三遍", "急停按钮", "查"]
HOMOPHONES = Homophones(WORDS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("量一下左前门和左后门的面茶", "量一下左前门和左后门的面差"),
        ("左前们的见习", "左前门的间隙"),
        ("去车位", "去车尾"),
        ("即停按钮", "急停按钮"),
        ("右测散遍", "右侧三遍"),
    ],
)
def test_what_sounds_like_a_word_is_heard_as_it(written: str, meant: str) -> None:
    assert HOMOPHONES.mend(written).text == meant


@pytest.mark.parametrize(
    "text", ["量一下左前门和左后门的面差", "今天天气怎么样", "九十秒", "", "check the hood", "F1的面差"]
)
def test_what_is_right_or_is_none_of_ours_stays(text: str) -> None:
    assert HOMOPHONES.mend(text).text == text


def test_another_word_that_sounds_like_one_of_ours_is_heard_as_ours() -> None:
    heard = Homophones(["恢复", "查"], ["回复", "回答"])
    assert heard.mend("回复").text == "恢复"
    assert heard.mend("回答").text == "回答"


def test_what_needs_less_mending_costs_less() -> None:
    costs = [HOMOPHONES.mend(text).cost for text in ("左前门的面差", "左前门的面茶", "左前门的免拆", "左前门的天空")]
    assert costs == sorted(costs)
    assert costs[0] < costs[1]


def test_mending_mends_all_there_is_to_mend() -> None:
    once = HOMOPHONES.mend("去车位查左前们的见习").text
    assert HOMOPHONES.mend(once).text == once
