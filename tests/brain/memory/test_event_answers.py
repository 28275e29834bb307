"""Events and attempts of a shift that is known by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.brain.memory.recorded import History, RecordedDecision, decision_citation
from linewalker.inspection.title import Title
from tests.brain.memory.known_shift import BAD, known_history, told


@pytest.fixture
def history(tmp_path):
    return known_history(tmp_path)


def test_all_that_happened(history):
    assert told(history, "results", statistic="events") == [
        "2 events on 2 of 3 cars (1 touch, 1 fall).",
        "At 233.25 s, VIN 7372, touch: left hand touched front_door_left.",
        "At 480 s, VIN 7373, fall: the robot fell beside the trunk.",
    ]


def test_how_many_of_a_kind(history):
    assert told(history, "results", statistic="how many touches")[0] == "1 touch on 1 of 3 cars."
    assert told(history, "results", statistic="stops") == ["0 stops on 0 of 3 cars."]
    assert told(history, "results", statistic="falls", vin="7372")[0] == "VIN 7372: 0 falls on 0 of 1 car."


def test_an_event_concerns_a_characteristic_that_it_names(history):
    assert told(history, "results", statistic="touches", methods=("gap",))[0] == "Gap: 0 touches on 0 of 3 cars."


def test_attempts(history):
    assert told(history, "results", statistic="attempts") == [
        "3 attempts at 3 cars.",
        "VIN 7373, attempt 1: broken off, the robot fell.",
    ]


def test_decisions(history):
    assert told(history, "results", statistic="decisions") == ["0 decisions."]
    text = Title(zh="绕行", en="something stands in the way.")
    detour = RecordedDecision(citation=decision_citation("known", "J1"), time_s=3.25, code="detour", text=text)
    late = replace(detour, citation="known/J2", vin=BAD, text=Title(zh="迟到", en="it came late"))
    shift = replace(history.shifts[0], decisions=(detour, late))
    told_of = History(shifts=(shift,))
    every = ["At 3.25 s: something stands in the way.", "At 3.25 s, VIN 7372: it came late."]
    assert told(told_of, "results", statistic="decisions") == ["2 decisions.", *every]
    assert told(told_of, "results", statistic="decisions", vin="7372") == ["VIN 7372: 1 decision.", every[1]]
    assert every[1] in told(told_of, "why", vin="7372")
    assert told(told_of, "status")[-1] == every[1]
