"""Questions in everyday words, Chinese and English, get the numbers that the rows of the records give."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from linewalker.brain.language.interpretation import Course
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.memory.answers import answered
from linewalker.station.history import read_history
from linewalker.station.spoken_names import lexicon_of
from tests.brain.memory.record_sums import (
    NOK,
    NOT_DECIDABLE,
    OK,
    Row,
    chosen,
    inspected,
    mean,
    median,
    on_side,
    read_rows,
    spread,
)
from tests.brain.memory.test_answers import numbers_in
from tests.factory.random_shifts import record_shift

NOW = datetime.datetime.now(datetime.UTC)
Rows = tuple[list[Row], list[Row], list[Row]]
"""Jobs, characteristics, events."""


def judged(rows: Rows, **wanted: object) -> list[Row]:
    return chosen(inspected(rows[1]), **wanted)


def values(rows: Rows, name: str) -> list[float]:
    return [row["value"] for row in judged(rows, id=name) if row["value"] is not None]


def gaps_on(rows: Rows, side: str) -> list[float]:
    found = judged(rows, feature=on_side(side), method="gap")
    return [row["value"] for row in found if row["value"] is not None]


def ended(rows: Rows) -> list[Row]:
    return chosen(rows[0], state=lambda state: state in ("committed", "interrupted"))


def takts(rows: Rows) -> list[float]:
    return [job["finished_s"] - job["began_s"] for job in chosen(rows[0], state="committed")]


def first_nok(rows: Rows) -> Row:
    return next(row for row in judged(rows, method="gap") if row["verdict"] == NOK)


def deviations(rows: Rows, method: str) -> list[float]:
    return [row["value"] - row["nominal"] for row in judged(rows, method=method) if row["value"] is not None]


QUESTIONS: list[tuple[str, Callable[[Rows], list[float]]]] = [
    ("how many cars failed?", lambda r: [len(chosen(ended(r), verdict=NOK))]),
    ("今天有几台不合格", lambda r: [len(chosen(ended(r), verdict=NOK))]),
    ("how many cars passed today", lambda r: [len(chosen(ended(r), verdict=OK))]),
    ("合格了几台", lambda r: [len(chosen(ended(r), verdict=OK))]),
    ("how many cars could not be decided and why", lambda r: [len(chosen(ended(r), verdict=NOT_DECIDABLE))]),
    ("有多少台不可判定", lambda r: [len(chosen(ended(r), verdict=NOT_DECIDABLE))]),
    ("how many failed on the left today", lambda r: [len(judged(r, feature=on_side("left"), verdict=NOK))]),
    ("右侧有几项不合格", lambda r: [len(judged(r, feature=on_side("right"), verdict=NOK))]),
    ("which cars failed on the right", lambda r: [len(judged(r, feature=on_side("right"), verdict=NOK))]),
    ("how many gaps are NOK", lambda r: [len(judged(r, method="gap", verdict=NOK))]),
    ("how many critical failures were there", lambda r: [len(judged(r, severity="critical", verdict=NOK))]),
    ("关键项有几项不合格", lambda r: [len(judged(r, severity="critical", verdict=NOK))]),
    ("how many cars were inspected", lambda r: [len(r[0])]),
    ("一共检测了多少台车", lambda r: [len(r[0])]),
    ("mean of L2-gap", lambda r: [mean(values(r, "L2-gap"))]),
    ("L2-gap 的平均值", lambda r: [mean(values(r, "L2-gap"))]),
    ("what is the average gap between hood and front bumper", lambda r: [mean(values(r, "F1-gap"))]),
    ("发动机罩和前保险杠的间隙平均是多少", lambda r: [mean(values(r, "F1-gap"))]),
    ("median of R3-flush", lambda r: [median(values(r, "R3-flush"))]),
    ("R3-flush 的中位数", lambda r: [median(values(r, "R3-flush"))]),
    ("standard deviation of L1-gap", lambda r: [spread(values(r, "L1-gap"))]),
    ("L1-gap 的标准差", lambda r: [spread(values(r, "L1-gap"))]),
    ("largest F1-flush", lambda r: [max(values(r, "F1-flush"))]),
    ("F1-flush 最大是多少", lambda r: [max(values(r, "F1-flush"))]),
    ("smallest R4-gap", lambda r: [min(values(r, "R4-gap"))]),
    ("R4-gap 最小是多少", lambda r: [min(values(r, "R4-gap"))]),
    ("range of L2-flush", lambda r: [max(values(r, "L2-flush")) - min(values(r, "L2-flush"))]),
    ("cpk of L2-gap", lambda r: [1.6 / (6 * spread(values(r, "L2-gap")))]),
    ("L2-gap 的过程能力", lambda r: [1.6 / (6 * spread(values(r, "L2-gap")))]),
    ("what was the worst flush", lambda r: [max(map(abs, deviations(r, "flush")))]),
    ("最差的面差是多少", lambda r: [max(map(abs, deviations(r, "flush")))]),
    ("what is the mean takt time", lambda r: [mean(takts(r))]),
    ("平均节拍是多少", lambda r: [mean(takts(r))]),
    ("what was the longest takt time", lambda r: [max(takts(r))]),
    ("最短节拍", lambda r: [min(takts(r))]),
    ("mean walking time", lambda r: [mean([job["walking_s"] for job in chosen(r[0], state="committed")])]),
    ("平均检测时间", lambda r: [mean([job["inspecting_s"] for job in chosen(r[0], state="committed")])]),
    ("how many touches were there", lambda r: [len(chosen(r[2], kind="contact"))]),
    ("碰了几次车", lambda r: [len(chosen(r[2], kind="contact"))]),
    ("did the robot fall?", lambda r: [len(chosen(r[2], kind="fall"))]),
    ("机器人摔倒过吗", lambda r: [len(chosen(r[2], kind="fall"))]),
    ("how many stops were there", lambda r: [len(chosen(r[2], kind="stop"))]),
    ("which cars were late", lambda r: [sum(takt > 240.0 for takt in takts(r))]),
    ("哪些车超时", lambda r: [sum(takt > 240.0 for takt in takts(r))]),
    ("how many cars never came", lambda r: [len(chosen(r[0], state="never came"))]),
    ("哪些车没来", lambda r: [len(chosen(r[0], state="never came"))]),
    ("which cars were interrupted", lambda r: [len(chosen(r[0], state="interrupted"))]),
    ("what share of cars failed", lambda r: [100 * len(chosen(ended(r), verdict=NOK)) / len(ended(r))]),
    ("不合格率是多少", lambda r: [100 * len(chosen(ended(r), verdict=NOK)) / len(ended(r))]),
    ("how many red cars failed", lambda r: [len(chosen(ended(r), verdict=NOK, options=lambda o: "paint=red" in o))]),
    (
        "mean gap of sedans",
        lambda r: [mean([x["value"] for x in judged(r, method="gap", model="sedan") if x["value"]])],
    ),
    (
        "how many red sedans failed",
        lambda r: [len(chosen(ended(r), verdict=NOK, model="sedan", options=lambda o: "paint=red" in o))],
    ),
    ("compare left and right door gap", lambda r: [mean(gaps_on(r, "left")), mean(gaps_on(r, "right"))]),
    ("which characteristic fails most often", lambda r: [most(r, "id")]),
    ("哪一项最常不合格", lambda r: [most(r, "id")]),
    ("which car had the most NOK", lambda r: [most(r, "vin")]),
    ("why is {vin} NOK", lambda r: [first_nok(r)["value"], first_nok(r)["expanded_uncertainty"]]),
    ("尾号 {vin} 那台为什么不合格", lambda r: [first_nok(r)["value"], first_nok(r)["upper"]]),
    ("why was {id} NOK on {vin}", lambda r: [first_nok(r)["value"], first_nok(r)["lower"]]),
    ("what is {id} on {vin}", lambda r: [first_nok(r)["value"]]),
    ("{vin} 的 {id} 是多少", lambda r: [first_nok(r)["value"]]),
    ("what is the uncertainty of {id} on {vin}", lambda r: [first_nok(r)["expanded_uncertainty"]]),
    ("{vin} 的 {id} 不确定度是多少", lambda r: [first_nok(r)["expanded_uncertainty"]]),
    ("how long did {vin} take", lambda r: [first_nok(r)["takt_s"]]),
    ("{vin} 用了多长时间", lambda r: [first_nok(r)["takt_s"]]),
]


def most(rows: Rows, by: str) -> int:
    names = {row[by] for row in judged(rows)}
    return max(len(judged(rows, verdict=NOK, **{by: name})) for name in names)


@pytest.fixture(scope="module", params=range(3))
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows]:
    folder = tmp_path_factory.mktemp("runs") / "example"
    record_shift(folder, np.random.default_rng(102 + request.param), cars=9)
    rows = read_rows([folder])
    times = {job["vin"]: job["finished_s"] - job["began_s"] for job in rows[0] if job["finished_s"] is not None}
    for row in rows[1]:
        row["takt_s"] = times.get(row["vin"], 0.0)
    return folder, rows


@cache
def reader(folder: Path) -> OrderReader:
    return OrderReader(lexicon_of(None, history=read_history([folder])))


@pytest.mark.parametrize(("words", "numbers"), QUESTIONS, ids=[words for words, _ in QUESTIONS])
def test_a_question_in_words_gets_the_numbers_of_the_rows(recorded, words, numbers):
    folder, rows = recorded
    bad = first_nok(rows)
    question = words.format(vin=bad["vin"][-4:], id=bad["id"])
    understood = reader(folder).read(question)
    assert understood.course is Course.ANSWER, understood.document()
    given = answered(understood, read_history([folder]), NOW)
    named = numbers_in(given.answer)
    for wanted in numbers(rows):
        assert any(
            abs(number - wanted) <= 0.6e-3 or (wanted > 9 and abs(number - wanted) < 0.006) for number in named
        ), (
            wanted,
            given.answer,
        )
    assert all(cited for _, cited in given.sentences)


@pytest.mark.parametrize("words", ["what was the mean temperature", "which cars failed yesterday", "昨天有几台不合格"])
def test_what_is_not_on_record_is_not_answered_with_a_number(recorded, words):
    folder, _ = recorded
    given = answered(reader(folder).read(words), read_history([folder]), NOW)
    unknown = given.answer is None or given.answer.startswith(("Not known", "没有记录"))
    assert unknown, given.answer
