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


@pytest.mark.parametrize(
    ("order", "slots"),
    [
        ("how long did 7371 take", {"vin": "7371", "statistic": "takt"}),
        ("平均节拍", {"statistic": "takt mean"}),
        ("longest takt", {"statistic": "takt max"}),
        ("how many touches were there today", {"since": "today", "statistic": "contact count"}),
        ("机器人摔倒过吗", {"statistic": "fall"}),
        ("uncertainty of L2-gap on 7371", {"vin": "7371", "feature": "L2-gap", "statistic": "uncertainty"}),
        ("which cars were late", {"statistic": "late"}),
        ("哪些车没来", {"statistic": "missing"}),
        ("how many cars were not decidable and why", {"verdict": "NOT_DECIDABLE", "statistic": "count"}),
        ("which car had the most NOK", {"verdict": "NOK", "statistic": "most", "by": "car"}),
        ("what is L2-gap", {"feature": "L2-gap"}),
        ("what is L2-gap on 7371", {"vin": "7371", "feature": "L2-gap"}),
        ("which characteristic fails most often", {"verdict": "NOK", "statistic": "most"}),
    ],
)
def test_what_else_is_on_record_is_asked_for_by_its_name(order: str, slots: dict[str, object]) -> None:
    assert read(order) == ("answer", [("results", slots)])


@pytest.mark.parametrize(
    ("order", "slots"),
    [
        ("how many gaps are NOK", {"verdict": "NOK", "feature": "gap", "statistic": "count"}),
        ("关键项有几项不合格", {"verdict": "NOK", "classes": ["critical"], "statistic": "count"}),
        ("median flush of the left doors", {"side": "left", "feature": "doors", "statistic": "median"}),
        ("median flush of the front doors", {"feature": "front doors", "statistic": "median"}),
        ("smallest gap between left front and left rear door", {"feature": "L2-gap", "statistic": "min"}),
    ],
)
def test_nothing_that_narrows_a_question_is_passed_over(order: str, slots: dict[str, object]) -> None:
    assert read(order) == ("answer", [("results", slots)])


def test_a_comparison_is_of_the_time_that_was_said() -> None:
    assert read("compare left and right today") == ("answer", [("compare", {"by": "side", "since": "today"})])
    assert read("compare today and yesterday") == ("answer", [("compare", {"by": "day"})])


def test_methods_that_are_named_are_compared() -> None:
    assert read("compare gap and flush") == ("answer", [("compare", {"by": "method"})])


def test_how_often_is_counted_and_by_how_much_is_not() -> None:
    (often,), (much,) = read("L1间隙今天超差几次")[1], read("L1间隙今天超差多少")[1]
    assert often[1]["statistic"] == "count"
    assert "statistic" not in much[1]


def test_where_people_are_led_is_no_question_of_how_things_stand() -> None:
    assert read("参观在哪")[0] == "ask"
