"""Comparisons of a shift that is known by hand."""

from __future__ import annotations

import pytest

from tests.brain.memory.known_shift import known_history, told


@pytest.fixture
def history(tmp_path):
    return known_history(tmp_path)


def test_cars_against_each_other(history):
    assert told(history, "compare", by="car", feature="gap") == [
        "gap_hood_fender_left (Gap hood to left fender): NOK: VIN 7371 0 of 1 (0 %), VIN 7372 1 of 1 (100 %), "
        "VIN 7373 0 of 1 (0 %).",
        "Gap, mean value: VIN 7371 4.12 mm (1 value), VIN 7372 5.43 mm (1 value), VIN 7373 4.12 mm (1 value); "
        "largest VIN 7372, smallest VIN 7371; 1.31 mm apart.",
    ]


def test_one_group_has_nothing_to_be_compared_with(history):
    sentences = told(history, "compare", by="paint")
    assert sentences[0] == "Not known: there is one group on record (red), and nothing to compare it with."
    assert sentences[1] == "NOK: red 2 of 7 (28.57 %)."
    assert sentences[-1] == "Mean takt time: red 165.25 s (2 cars)."


def test_shifts(tmp_path):
    known_history(tmp_path)
    twice = known_history(tmp_path)
    assert told(twice, "compare")[0] == "NOK: known:1 2 of 7 (28.57 %), known:2 2 of 7 (28.57 %)."
    assert told(twice, "compare", statistic="takt max") == [
        "Largest takt time: known:1 180.5 s (2 cars), known:2 180.5 s (2 cars)."
    ]
    assert told(twice, "compare", vin="7371", feature="left")[0].startswith(
        "VIN 7371, left side: NOK: known:1 0 of 1 (0 %), known:2 0 of 1 (0 %)"
    )


def test_what_can_not_be_compared(history):
    assert told(history, "compare", by="weather")[0].startswith("Not known: records can not be told apart by 'weather'")
