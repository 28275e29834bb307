"""Answers equal what the rows of the records say, computed by other means; nothing is cited that is not there.

Every shift is drawn with a seed; of each, dozens of questions are asked in both languages.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Course, Interpretation
from linewalker.brain.memory.answers import ANSWERED, answer, answered
from linewalker.brain.memory.recorded import History
from linewalker.brain.memory.sentence import Answer
from linewalker.station.history import read_history
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
from tests.factory.random_shifts import record_shift

NOW = datetime.datetime.now(datetime.UTC)
NUMBER = re.compile(r"(?<![\w.])[+-]?\d+(?:\.\d+)?(?![\w])")
PATH = re.compile(r"(evidence|证据) /[^ ;。；]*")
SEEDS = range(8)
VERDICTS = {"OK": OK, "NOK": NOK, "NOT_DECIDABLE": NOT_DECIDABLE}


@dataclass(frozen=True, eq=False)
class Shift:
    """One drawn history, and its rows."""

    history: History
    jobs: list[Row]
    entries: list[Row]
    events: list[Row]

    def __repr__(self) -> str:
        return "a shift"


class Question(NamedTuple):
    """A goal, and the numbers that its answer must name; None: the answer is not known."""

    skill: str
    slots: dict[str, Any]
    numbers: list[float] | None


@pytest.fixture(scope="module", params=SEEDS)
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shift:
    random = np.random.default_rng(request.param)
    folders = [tmp_path_factory.mktemp("runs") / name for name in ("early", "late")[: 1 + request.param % 2]]
    for folder in folders:
        record_shift(folder, random, cars=int(random.integers(3, 14)), under_way=request.param % 4 == 3)
    return Shift(read_history(folders), *read_rows(folders))


@pytest.fixture(scope="module")
def some_shift(tmp_path_factory: pytest.TempPathFactory) -> Shift:
    folder = tmp_path_factory.mktemp("runs") / "example"
    for under_way in (False, True):
        record_shift(folder, np.random.default_rng(5), cars=9, under_way=under_way)
    return Shift(read_history([folder]), *read_rows([folder]))


def asked(question: Question, shift: Shift, language: str = "en") -> Answer:
    return answer(Goal(skill=question.skill, slots=question.slots), shift.history, language, NOW)


def numbers_in(text: str) -> list[float]:
    return [float(found) for found in NUMBER.findall(PATH.sub("", text))]


def about_verdicts(shift: Shift) -> Iterator[Question]:
    judged = inspected(shift.entries)
    for name, verdict in VERDICTS.items():
        for side in ("left", "right"):
            there = chosen(judged, feature=on_side(side))
            found = chosen(there, verdict=verdict)
            cars = [len({(row["folder"], row["vin"]) for row in rows}) for rows in (found, there)]
            slots = {"verdict": name, "side": side}
            yield Question(
                "results", {**slots, "statistic": "count", "since": "today"}, [len(found), len(there), *cars]
            )
            yield Question("results", slots, [len(found), len(there)])
        ended = chosen(shift.jobs, state=lambda state: state in ("committed", "interrupted"))
        count = len(chosen(ended, verdict=verdict))
        yield Question("results", {"verdict": name, "statistic": "rate"}, [count, len(ended)])
        for severity in ("critical", "minor"):
            found = chosen(judged, severity=severity, verdict=verdict)
            slots = {"verdict": name, "classes": (severity,), "statistic": "count"}
            yield Question("results", slots, [len(found), len(chosen(judged, severity=severity))])
    undecided = chosen(judged, verdict=NOT_DECIDABLE)
    counts = [len(chosen(undecided, reason=reason)) for reason in {row["reason"] for row in undecided}]
    yield Question("results", {"verdict": "NOT_DECIDABLE", "statistic": "count"}, [len(undecided), *counts])
    most = max(len(chosen(judged, id=name, verdict=NOK)) for name in {row["id"] for row in judged})
    yield Question("results", {"verdict": "NOK", "statistic": "most"}, [most])


def about_values(shift: Shift) -> Iterator[Question]:
    judged = inspected(shift.entries)
    for name in ("L2-gap", "R3-flush", "F1-gap", "L1-flush"):
        values = [row["value"] for row in chosen(judged, id=name) if row["value"] is not None]
        made = {"mean": mean, "median": median, "min": min, "max": max, "spread": spread, "range": span}
        for statistic, make in made.items():
            known = len(values) > 1 or (len(values) == 1 and statistic not in ("spread", "range"))
            numbers = [make(values), len(values)] if known else None  # type: ignore[operator]
            yield Question("results", {"feature": name, "statistic": statistic}, numbers)
        if len(values) > 1:
            lower, upper = next((row["lower"], row["upper"]) for row in chosen(judged, id=name))
            cp = (upper - lower) / (6 * spread(values))
            cpk = min(upper - mean(values), mean(values) - lower) / (3 * spread(values))
            yield Question("results", {"feature": name, "statistic": "cpk"}, [cp, cpk])
    flushes = chosen(judged, method="flush", value=lambda value: value is not None)
    yield Question("results", {"statistic": "worst flush"}, [max((row["value"] for row in flushes), key=abs)])
    gaps = {
        side: [row["value"] for row in chosen(judged, feature=on_side(side), method="gap") if row["value"] is not None]
        for side in ("left", "right")
    }
    means = [mean(values) for values in gaps.values()]
    slots = {"by": "side", "feature": "gap"}
    yield Question("compare", slots, [*means, abs(means[0] - means[1])])


def span(values: list[float]) -> float:
    return max(values) - min(values)


def about_times(shift: Shift) -> Iterator[Question]:
    judged = chosen(shift.jobs, state="committed")
    takts = [job["finished_s"] - job["began_s"] for job in judged]
    for statistic, make in {"mean": mean, "min": min, "max": max, "sum": sum, "median": median}.items():
        numbers = [make(takts), len(takts)] if takts else None  # type: ignore[operator]
        yield Question("results", {"statistic": f"takt {statistic}"}, numbers)
    walked = [mean([job["walking_s"] for job in judged])] if judged else None
    yield Question("results", {"statistic": "mean walking time"}, walked)
    for job in judged[:3]:
        numbers = [job["finished_s"] - job["began_s"], job["walking_s"], job["inspecting_s"], 240]
        yield Question("results", {"vin": job["vin"], "statistic": "takt"}, numbers)
    for kind, word in {"contact": "touches", "stop": "stops", "fall": "falls"}.items():
        yield Question("results", {"statistic": f"{word} count"}, [len(chosen(shift.events, kind=kind))])
    models = sorted({job["model"] for job in judged})
    if len(models) > 1:
        numbers = [mean([job["finished_s"] - job["began_s"] for job in chosen(judged, model=m)]) for m in models]
        yield Question("compare", {"by": "model", "statistic": "takt"}, numbers)


def about_reasons(shift: Shift) -> Iterator[Question]:
    for job in shift.jobs[:4]:
        of_car = chosen(inspected(shift.entries), vin=job["vin"])
        bad = [row for row in of_car if row["verdict"] == NOK and row["value"] is not None]
        numbers = [row[name] for row in bad for name in ("value", "expanded_uncertainty", "lower", "upper")]
        yield Question("why", {"vin": job["vin"][-6:]}, numbers)
        for row in bad[:2]:
            beyond = max(row["value"] - row["upper"], row["lower"] - row["value"])
            slots = {"vin": job["vin"], "characteristic": row["id"]}
            yield Question("why", slots, [row["value"], row["expanded_uncertainty"], beyond])


def unknowns() -> Iterator[Question]:
    for statistic in ("temperature", "operator", "energy mean"):
        yield Question("results", {"statistic": statistic}, None)
    yield Question("results", {"since": "yesterday"}, None)
    yield Question("results", {"since": "tomorrow"}, None)
    yield Question("results", {"feature": "sunroof"}, None)
    yield Question("results", {"operator": "Wang"}, None)
    yield Question("why", {"vin": "0000000"}, None)
    yield Question("results", {"shift": "night"}, None)
    yield Question("compare", {"by": "weather"}, None)


def questions(shift: Shift) -> list[Question]:
    kinds = (about_verdicts, about_values, about_times, about_reasons)
    return [*(question for kind in kinds for question in kind(shift)), *unknowns()]


def test_every_number_is_the_one_that_the_rows_give(drawn):
    every = questions(drawn)
    assert len(every) >= 70
    for question in every:
        for language in ("en", "zh"):
            given = asked(question, drawn, language)
            if question.numbers is None:
                assert not given.sentences[0].known, (question, given.text)
                continue
            named = numbers_in(given.text)
            for wanted in question.numbers:
                assert any(abs(number - wanted) <= 0.6e-3 for number in named), (question, wanted, given.text)


def test_every_sentence_cites_records_that_there_are(drawn):
    there = set()
    for shift in drawn.history.shifts:
        there.add(shift.citation)
        for car in shift.cars:
            there |= {attempt.citation for attempt in car.attempts}
            there |= {event.citation for event in car.events}
            there |= {entry.citation for entry in car.characteristics}
    for question in questions(drawn):
        given = asked(question, drawn)
        for sentence in given.sentences:
            assert sentence.citations
            assert len(set(sentence.citations)) == len(sentence.citations)
            assert set(sentence.citations) <= there
        assert set(given.citations) == {cited for sentence in given.sentences for cited in sentence.citations}


def test_both_languages_name_the_same_numbers(drawn):
    for question in questions(drawn):
        for sentence in asked(question, drawn).sentences:
            in_words = [sorted(numbers_in(text)) for text in (sentence.title.zh, sentence.title.en)]
            assert in_words[0] == in_words[1], sentence.title


def test_no_number_comes_from_nowhere(drawn):
    """Numbers with a fraction are values, limits, uncertainties, times of rows, or what the questions are about."""
    of_rows = {
        abs(row[name])
        for row in [*drawn.entries, *drawn.jobs, *drawn.events]
        for name in (
            "value",
            "lower",
            "upper",
            "nominal",
            "expanded_uncertainty",
            "time_s",
            "began_s",
            "finished_s",
            "walking_s",
        )
        if isinstance(row.get(name), float)
    }
    of_rows |= {abs(row["value"] - row["nominal"]) for row in drawn.entries if row["value"] is not None}
    limits = [(row["value"], row["lower"], row["upper"]) for row in drawn.entries if row["value"] is not None]
    of_rows |= {max(value - upper, lower - value) for value, lower, upper in limits}
    of_rows |= {row["inspecting_s"] for row in drawn.jobs if row["inspecting_s"] is not None}
    of_rows |= {row["finished_s"] - row["began_s"] for row in drawn.jobs if row["finished_s"] is not None}
    most = len(drawn.entries)
    shares = {round(100 * part / whole, 2) for whole in range(1, most + 1) for part in range(whole + 1)}
    known = np.array(sorted(of_rows))
    for question in (*about_verdicts(drawn), *about_reasons(drawn), *about_times(drawn), *about_values(drawn)):
        allowed = np.concatenate([known, np.abs(question.numbers or [0.0])])
        for sentence in asked(question, drawn).sentences:
            for found in NUMBER.findall(PATH.sub("", sentence.title.en)):
                number = abs(float(found))
                if "." in found:
                    right = np.min(np.abs(allowed - number)) <= 0.6e-3 or number in shares
                    assert right or question.skill == "compare", (question, found, sentence.title.en)
                else:
                    assert number <= max(most, 240), (question, found, sentence.title.en)


WORDS = (
    "mean",
    "worst",
    "best",
    "count",
    "rate",
    "takt",
    "touches",
    "events",
    "attempts",
    "reason",
    "most",
    "cpk",
    "gap",
    "late",
    "when",
    "missing",
    "interrupted",
)
SLOTS: dict[str, tuple[Any, ...]] = {
    "vin": ("7371", "7372", "#2", "LSV", "", "no such", ("7371", "7373")),
    "verdict": (*VERDICTS, "nok", "odd"),
    "feature": ("L2-gap", "hood", "doors", "plate_rear", "left", "sunroof", "间隙", ("hood", "wheels"), "/", " "),
    "characteristic": ("L2-flush", "P3", "X"),
    "side": ("left", "rear", "middle"),
    "shift": ("current", "last", "previous", "1", "night"),
    "since": ("today", "last 2", "last 0", "last_hour", "2020-01-01", "2020-01-01..2030-01-01", "soon"),
    "statistic": (*WORDS, *(f"{one} {other}" for one in WORDS for other in WORDS), "temperature", ""),
    "by": ("side", "model", "paint", "day", "car", "feature", "class", "method", "reason", "weather", "characteristic"),
    "methods": (("gap",), ("gap", "flush"), ("odour",)),
    "classes": (("critical",), ("odd",)),
    "model": ("suv", "sedan", "truck"),
    "paint": ("red", "green"),
    "times": (3,),
}


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    names = draw(st.lists(st.sampled_from(list(SLOTS)), unique=True, max_size=4))
    return Goal(
        skill=draw(st.sampled_from(ANSWERED)), slots={name: draw(st.sampled_from(SLOTS[name])) for name in names}
    )


@given(goal=goals())
@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered_or_not_known(some_shift, goal):
    """In both languages, with the same numbers, and with citations."""
    for sentence in answer(goal, some_shift.history, "en", NOW).sentences:
        zh, en = (sorted(numbers_in(text)) for text in (sentence.title.zh, sentence.title.en))
        assert zh == en, sentence
        assert sentence.citations
        assert not re.search(r"[一-鿿]", sentence.title.en.replace("间隙", "")), sentence
        assert ".." not in sentence.title.en.replace("...", "").replace("2020-01-01..2030", ""), sentence


def test_a_goal_that_asks_nothing_is_refused(drawn):
    with pytest.raises(ValueError, match="no question to records"):
        answer(Goal(skill="home"), drawn.history, "en", NOW)
    with pytest.raises(ValueError, match="no question to records"):
        answer(Goal(skill="status"), drawn.history, "en", NOW.replace(tzinfo=None))
    for skill in ANSWERED:
        assert asked(Question(skill, {}, None), drawn).text


def test_an_interpretation_of_a_question_gets_its_answer(drawn):
    goals = (Goal(skill="status"), Goal(skill="results", slots={"verdict": "NOK"}))
    question = Interpretation(language="zh", course=Course.ANSWER, goals=goals)
    given = answered(question, drawn.history, NOW)
    assert given.answer == "".join(answer(goal, drawn.history, "zh", NOW).text for goal in goals)
    document = given.document()
    assert "".join(sentence["text"] for sentence in document["sentences"]) == given.answer
    assert set(document["citations"]) == {cited for s in document["sentences"] for cited in s["citations"]}
    order = replace(question, course=Course.ACT, goals=(Goal(skill="home"),))
    for other in (order, replace(question, course=Course.ASK), replace(order, course=Course.ANSWER)):
        assert answered(other, drawn.history, NOW) is other


def test_records_are_not_changed_by_being_read(tmp_path: Path):
    record_shift(tmp_path, np.random.default_rng(0), cars=2)
    before = (tmp_path / "records.sqlite").read_bytes()
    assert read_history([tmp_path]) == read_history([tmp_path])
    assert (tmp_path / "records.sqlite").read_bytes() == before
