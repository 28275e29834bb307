"""Verdicts of a shift that is known by hand."""

from __future__ import annotations

import pytest

from tests.brain.memory.known_shift import known_history, told


@pytest.fixture
def history(tmp_path):
    return known_history(tmp_path)


def test_which_cars_failed(history):
    assert told(history, "results", verdict="NOK") == [
        "1 of 3 inspected cars is NOK (33.33 %): 7372.",
        "2 of 7 characteristics are NOK (28.57 %), on 1 of 3 cars.",
        "VIN 7372 (the car is NOK): gap_hood_fender_left 5.43 mm, variant_badge_rear missing.",
    ]


def test_which_passed_on_the_left(history):
    assert told(history, "results", verdict="OK", side="left")[0] == (
        "Left side: 2 of 4 characteristics are OK (50 %), on 2 of 3 cars."
    )


def test_how_many_are_undecided_and_why(history):
    assert told(history, "results", verdict="NOT_DECIDABLE", statistic="count") == [
        "1 of 3 inspected cars is not decidable (33.33 %): 7373.",
        "2 of 7 characteristics are not decidable (28.57 %), on 2 of 3 cars.",
        "1 time: the robot touched the car.",
        "1 time: the robot fell.",
    ]
    listed = told(history, "results", verdict="NOT_DECIDABLE")
    assert listed[-1].startswith(
        "VIN 7373 (no. 3, sedan, badge=rs, paint=red, wheels=sport), broken off: not decidable;"
    )


def test_none_is_none_of_how_many(history):
    assert told(history, "results", verdict="NOK", methods=("flush",)) == [
        "Flush: 0 of 1 characteristic are NOK (0 %), on 0 of 1 car."
    ]


def test_the_whole_shift(history):
    sentences = told(history, "results")
    assert sentences[0] == "3 cars: 1 OK, 1 NOK, 1 not decidable, 0 not inspected."
    assert sentences[1] == "7 characteristics: 3 OK, 2 NOK, 2 not decidable, 0 not inspected."
    assert told(history, "results", statistic="count") == sentences[:2]


def test_what_fails_most(history):
    assert told(history, "results", verdict="NOK", statistic="most") == [
        "Most often NOK: gap_hood_fender_left (Gap hood to left fender) (1 of 3), "
        "variant_badge_rear (Rear badge) (1 of 3)."
    ]
    assert told(history, "results", statistic="worst", by="car")[0] == "Most often NOK: VIN 7372 (2 of 3)."
    assert told(history, "results", statistic="most", methods=("flush",)) == ["Flush: 0 of 1 characteristic are NOK."]
    assert told(history, "results", statistic="least", by="car")[0].startswith("Least often NOK: VIN 7371 (0 of 2)")


def test_whether_a_car_is_ok(history):
    bad = told(history, "results", vin="7372", verdict="OK")
    assert bad[0].startswith("VIN 7372 (no. 2, sedan, badge=rs, paint=red, wheels=sport), judged: NOK; NOK: gap_hood")
    assert len(bad) == 4
    assert told(history, "results", vin="7371", verdict="NOK") == told(history, "results", vin="7371")


def test_one_car(history):
    assert told(history, "results", vin="7372")[0] == (
        "VIN 7372 (no. 2, sedan, badge=rs, paint=red, wheels=sport), judged: NOK; "
        "NOK: gap_hood_fender_left, variant_badge_rear; not decidable: flush_door_left."
    )


def test_how_far_cars_got(history):
    sentences = told(history, "results", statistic="interrupted")
    assert sentences[0] == "1 of 3 cars broken off."
    assert sentences[1].endswith("broken off: not decidable; the robot fell.")
    assert told(history, "results", statistic="count missing") == ["0 of 3 cars never came."]
