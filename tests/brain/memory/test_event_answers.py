"""Events and attempts of a shift that is known by hand."""

from __future__ import annotations

import pytest

from tests.brain.memory.known_shift import known_history, told


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
