"""Results that were told, and for how long they can be asked for."""

from __future__ import annotations

from dataclasses import replace

from linewalker.factory.handshake.signals import LineImage, LineResult, StationImage
from linewalker.factory.opcua.standards.told import MOST_HANDLES, MOST_RESULTS, Told

LINE = LineImage(type_code="sedan")
IDLE = StationImage()


def cycle(told: Told, number: int):
    busy = replace(IDLE, busy=True, job_id=f"VIN-{number}", vin="VIN", sequence_no=number)
    done = replace(busy, busy=False, done=True, result=2, result_reason="gap", result_json="{}")
    assert told.follow(LINE, IDLE, busy) is None
    new = told.follow(LINE, busy, done)
    assert told.follow(LINE, done, done) is None
    return new, done


def test_a_result_is_new_once_stands_until_it_is_taken_over_and_can_be_asked_for_later():
    told = Told()
    new, done = cycle(told, 7)
    assert (new.job_id, new.vin, new.sequence, new.model) == ("VIN-7", "VIN", 7, "sedan")
    assert (new.result, new.reason, new.document) == (LineResult.NOK, "gap", "{}")
    assert new.started <= new.ended
    assert told.standing is told.latest is told.find("VIN-7") is new
    told.follow(LINE, done, IDLE)
    assert told.standing is None
    assert told.latest is told.find("VIN-7") is new


def test_an_empty_carrier_has_no_result():
    told = Told()
    assert told.follow(LINE, IDLE, replace(IDLE, done=True)) is None
    assert told.standing is None


def test_the_oldest_go():
    told = Told()
    for number in range(MOST_RESULTS + 3):
        cycle(told, number)
    assert len(told.all) == MOST_RESULTS
    assert told.find("VIN-2") is None
    assert told.find("VIN-3") is not None


def test_handles_are_given_back_once_and_there_are_not_too_many():
    told = Told()
    new, _ = cycle(told, 1)
    handles = [told.hand_out([new]) for _ in range(MOST_HANDLES + 1)]
    assert len(set(handles)) == len(handles)
    assert told.take_back(handles[0]) is None
    assert told.take_back(handles[-1]) == {"VIN-1"}
    assert told.take_back(handles[-1]) is None
