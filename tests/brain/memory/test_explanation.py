"""Reasons of a shift that is known by hand."""

from __future__ import annotations

import pytest

from tests.brain.memory.known_shift import known_history, told


@pytest.fixture
def history(tmp_path):
    return known_history(tmp_path)


def test_why_a_car_is_nok(history):
    sentences = told(history, "why", vin="7372")
    assert sentences[1] == (
        "VIN 7372, gap_hood_fender_left (Gap hood to left fender): 5.43 mm, U = 0.08 mm (k = 2), allowed 3.3 mm to "
        "4.7 mm, 0.73 mm outside; NOK, outside the tolerance by more than the uncertainty; "
        "measured at 31.2 s; no picture is on record."
    )
    assert sentences[2].startswith(
        "VIN 7372, variant_badge_rear (Rear badge): missing, ordered rs; NOK, the part is mis"
    )
    assert "in detail: left hand" in sentences[3]
    assert sentences[4] == "At 233.25 s, VIN 7372, touch: left hand touched front_door_left."


def test_a_good_car_and_a_good_characteristic_are_told_too(history, tmp_path):
    assert told(history, "why", vin="7371")[1] == "All of its 2 characteristics are OK."
    [sentence] = told(history, "why", vin="7371", characteristic="gap_hood_fender_left")
    assert sentence.endswith(
        f"OK, inside the tolerance; measured at 31.2 s; evidence {tmp_path.as_posix()}/known/evidence/a.png."
    )


def test_of_many_cars_what_is_not_ok(history):
    stops, *sentences = told(history, "why")
    assert stops == "0 stops on 0 of 3 cars."
    assert sentences[0] == "3 cars: 1 OK, 1 NOK, 1 not decidable, 0 not inspected."
    assert [s[:8] for s in sentences if s.startswith("VIN") and "no. " in s] == ["VIN 7372", "VIN 7373"]
    assert len(told(history, "why", characteristic="badge")) == 2
    assert told(history, "why", methods=("gap",), vin="7373")[0].startswith("VIN 7373, gap_hood_fender_left")
