"""Times of a shift that is known by hand."""

from __future__ import annotations

import pytest

from linewalker.brain.memory.statistic import Quantity
from linewalker.brain.memory.time_answers import time_of
from tests.brain.memory.known_shift import known_history, told


@pytest.fixture
def history(tmp_path):
    return known_history(tmp_path)


def test_a_single_car(history):
    assert told(history, "results", vin="7372", statistic="takt") == [
        "VIN 7372 (judged) took 180.5 s from 210 s on, walking 100 s and inspecting 60 s of it; the limit is 300 s."
    ]
    assert told(history, "results", vin="7373", statistic="takt")[0].startswith("VIN 7373 (broken off) took 60 s")


@pytest.mark.parametrize(
    ("statistic", "answer"),
    [
        ("mean takt", "Mean takt time of 2 cars that were judged: 165.25 s."),
        ("takt max", "Longest takt time of 2 cars that were judged: 180.5 s (VIN 7372)."),
        ("walking mean", "Mean walking time of 2 cars that were judged: 95 s."),
        ("inspecting sum", "Sum of the inspecting time of 2 cars that were judged: 115 s."),
        ("takt best", "Shortest takt time of 2 cars that were judged: 150 s (VIN 7371)."),
    ],
)
def test_statistics_known_by_hand(history, statistic, answer):
    sentences = told(history, "results", statistic=statistic)
    assert sentences[0] == answer
    assert sentences[1] == "Not counted: 1 car not inspected to the end, VIN 7373."


def test_how_many_were_late(history):
    assert told(history, "results", statistic="takt rate") == [
        "0 of 2 judged cars exceeded the limit of the takt time."
    ]


def test_what_can_not_be_said_of_one_car(history):
    assert told(history, "results", statistic="takt spread", vin="7372") == [
        "Not known: VIN 7372: there is no standard deviation of the takt time of 1 car that was judged."
    ]
    assert told(history, "results", statistic="takt cpk")[0].startswith("Not known: there is no such statistic")


def test_the_three_times_of_a_car(history):
    car = history.shifts[0].cars[0]
    assert [time_of(car, q) for q in (Quantity.TAKT, Quantity.WALKING, Quantity.INSPECTING)] == [150.0, 90.0, 55.0]


def test_when(history):
    assert "measured at 31.2 s" in told(history, "results", statistic="when", feature="gap", vin="7371")[0]
    assert "from 210 s on" in told(history, "results", statistic="when", vin="7372")[0]
