"""Laws: a question moves nothing; it is the same in both languages."""

from __future__ import annotations

import pytest

from tests.brain.language.words_of_the_example import read

ASKED = [
    (
        "which cars failed on the left today?",
        "今天左边不合格的是哪几台",
        ("results", {"verdict": "NOK", "side": "left", "since": "today"}),
    ),
    ("why did 7373 fail", "尾号 7373 那台为什么不合格", ("why", {"vin": "7373"})),
    (
        "how many cars were NOK yesterday",
        "昨天有几台不合格",
        ("results", {"verdict": "NOK", "since": "yesterday", "statistic": "count"}),
    ),
    (
        "what was the mean hood gap today",
        "今天引擎盖间隙平均是多少",
        ("results", {"feature": "F1-gap", "since": "today", "statistic": "mean"}),
    ),
    ("compare left and right", "比较一下左右两边", ("compare", {"by": "side"})),
    ("what are you doing right now?", "你现在在干什么", ("status", {})),
]


@pytest.mark.parametrize(("en", "zh", "goal"), ASKED)
def test_questions_are_answered(en: str, zh: str, goal: tuple[str, dict[str, object]]) -> None:
    assert read(en) == ("answer", [goal])
    assert read(zh) == ("answer", [goal])


def test_a_question_goes_on_with_the_one_before() -> None:
    assert read("and yesterday?", "which cars failed today?")[1] == [
        ("results", {"verdict": "NOK", "since": "yesterday"})
    ]


def test_a_comparison_needs_something_to_compare_by() -> None:
    assert read("compare")[0] == "ask"


def test_a_part_nobody_has_is_not_asked_about_in_records() -> None:
    assert read("how many sunroofs failed today")[0] == "refuse"
