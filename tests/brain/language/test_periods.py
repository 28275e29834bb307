"""Periods are read alike however they are written; what is no period stays as it is."""

from __future__ import annotations

import pytest

from linewalker.brain.language.periods import with_periods
from linewalker.brain.language.spelling import spell
from linewalker.brain.language.tokens import Tokenizer
from tests.brain.language.words_of_the_example import lexicon, read


@pytest.mark.parametrize(
    ("order", "slots"),
    [
        ("results since 2026-11-20", {"since": "2026-11-20"}),
        ("results of 2026-11-20", {"since": "2026-11-20..2026-11-20"}),
        ("which cars failed since 2026-11-20T6:30", {"verdict": "NOK", "since": "2026-11-20T06:30"}),
        ("how many failed in the last 3 shifts", {"verdict": "NOK", "since": "last 3 shifts", "statistic": "count"}),
        ("how many failed over the past two days", {"verdict": "NOK", "since": "last 2 days", "statistic": "count"}),
        ("results of shift 2", {"shift": "2"}),
        ("自 2026-11-20 以来的结果", {"since": "2026-11-20"}),
        ("2026年11月2日不合格几台", {"verdict": "NOK", "since": "2026-11-02..2026-11-02", "statistic": "count"}),
        ("最近三个班次不合格几台", {"verdict": "NOK", "since": "last 3 shifts", "statistic": "count"}),
        ("过去12小时有几台不合格", {"verdict": "NOK", "since": "last 12 hours", "statistic": "count"}),
        ("班次 2 的结果", {"shift": "2"}),
    ],
)
def test_a_period_is_one_slot(order, slots):
    assert read(order) == ("answer", [("results", slots)])


@pytest.mark.parametrize(
    "order", ["wait 3 hours", "measure the last seam", "check the hood gap 3 times", "go to 1.5 2.5 90"]
)
def test_what_is_no_period_stays_as_it_is(order):
    spelled = spell(order)
    tokens = Tokenizer(lexicon()).tokens(spelled)
    assert with_periods(tokens, spelled.text) is tokens
