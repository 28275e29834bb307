"""Modes as a line knows them: each with what it must never do."""

from __future__ import annotations

import pytest

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.signals import ZONES, LineMode, LineResult, Purpose
from linewalker.factory.handshake.station_handshake import EMPTY_CARRIER
from tests.factory.handshake.plant import VINS, Plant

PERMIT = (True,) * ZONES
CAR = {"vehicle_in_place": True, "vin": VINS[0], "type_code": "sedan", "options": "paint=red", "sequence_no": 5}


@pytest.fixture
def plant() -> Plant:
    plant = Plant()
    plant.tell(mode=LineMode.AUTOMATIC, enter_permit=PERMIT)
    assert plant.tell().ready
    return plant


def start(plant: Plant, **changes: object):
    plant.tell(**{**CAR, **changes})
    said = plant.tell(start_inspect=True)
    plant.program.take()
    return said


def test_in_manual_nothing_is_ready_and_nothing_starts(plant):
    assert not plant.tell(mode=LineMode.MANUAL).ready
    said = start(plant)
    assert not (said.ready)
    assert not (said.busy)
    assert not (said.fault_code)
    assert plant.station.take_job() is None


def test_manual_stops_a_job_and_the_reset_is_taken_there(plant):
    assert start(plant).busy
    assert plant.tell(mode=LineMode.MANUAL).fault_code == FaultCode.LINE_STOPPED
    plant.program.abandon()
    plant.tell(start_inspect=False)
    assert plant.tell(fault_reset=True).fault_code == 0
    assert not plant.tell(fault_reset=False).ready
    assert plant.tell(mode=LineMode.AUTOMATIC).ready


def test_stop_at_end_of_cycle_lets_the_job_end_and_no_other_begin(plant):
    start(plant)
    said = plant.tell(stop_at_end_of_cycle=True)
    assert (said.busy, said.cycle_stopped) == (True, False)
    plant.program.finish(LineResult.OK)
    assert plant.tell().result == LineResult.OK
    plant.tell(start_inspect=False, ack_result=True)
    said = plant.tell(ack_result=False)
    assert (said.ready, said.cycle_stopped) == (False, True)
    assert not plant.tell(start_inspect=True).busy
    plant.tell(start_inspect=False)
    said = plant.tell(stop_at_end_of_cycle=False)
    assert (said.ready, said.cycle_stopped) == (True, False)


def test_a_bypassed_car_needs_no_permit_and_its_job_says_so(plant):
    plant.tell(mode=LineMode.BYPASS, enter_permit=(False,) * ZONES)
    assert start(plant).busy
    job = plant.program.job
    assert job.bypass
    assert plant.tell().busy  # still without a permit
    assert plant.tell(mode=LineMode.AUTOMATIC).fault_code == FaultCode.LINE_STOPPED


def test_an_empty_carrier_passes_without_job_permit_or_verdict(plant):
    said = start(plant, vin="", carrier_empty=True, enter_permit=(False,) * ZONES)
    assert (said.done, said.busy, said.result) == (True, False, LineResult.UNDEFINED)
    assert (said.result_reason, said.vin, said.sequence_no) == (EMPTY_CARRIER, "", 5)
    assert plant.program.job is None
    assert plant.tell(start_inspect=False, ack_result=True, sequence_no=6).done  # another one's acknowledgement
    plant.tell(ack_result=False, sequence_no=5)
    assert not plant.tell(ack_result=True).done
    assert plant.tell(ack_result=False, carrier_empty=False).ready


def test_an_empty_carrier_with_a_car_on_it_is_a_fault(plant):
    assert start(plant, carrier_empty=True).fault_code == FaultCode.ORDER_INVALID


def test_a_carrier_that_becomes_empty_in_a_job_stops_it(plant):
    start(plant)
    assert plant.tell(carrier_empty=True).fault_code == FaultCode.ORDER_CHANGED


@pytest.mark.parametrize(
    ("purpose", "refers_to"),
    [(Purpose.REINSPECTION, 0), (Purpose.AFTER_REWORK, 5), (Purpose.INSPECTION, 1), (Purpose.MASTER_PART, 1), (7, 0)],
)
def test_a_purpose_refers_to_an_inspection_before_if_it_follows_on_one_and_to_none_else(plant, purpose, refers_to):
    assert start(plant, purpose=purpose, refers_to=refers_to).fault_code == FaultCode.ORDER_INVALID


@pytest.mark.parametrize(
    ("purpose", "refers_to"),
    [(Purpose.REINSPECTION, 4), (Purpose.AFTER_REWORK, 9), (Purpose.INSPECTION, 0), (Purpose.MASTER_PART, 0)],
)
def test_a_job_carries_what_it_is_for_and_neither_may_change(plant, purpose, refers_to):
    assert start(plant, purpose=purpose, refers_to=refers_to).busy
    assert (plant.program.job.purpose, plant.program.job.refers_to) == (purpose, refers_to)
    assert plant.tell(refers_to=refers_to + 1).fault_code == FaultCode.ORDER_CHANGED


def test_late_is_not_decidable_whatever_the_purpose(plant):
    start(plant, purpose=Purpose.AFTER_REWORK, refers_to=4)
    plant.program.robot_time_s += 301.0
    plant.program.report(plant.now_s)
    plant.program.finish(LineResult.OK)
    assert plant.tell().result == LineResult.NOT_DECIDABLE


def test_a_persons_verdict_goes_to_the_program_and_leaves_the_robots_alone(plant):
    start(plant)
    plant.program.finish(LineResult.NOK)
    plant.tell()
    plant.tell(store_override=True, override_result=1, override_name="Li", override_reason="dust")
    override = plant.station.take_override()
    assert (override.vin, override.sequence, override.result) == (VINS[0], 5, LineResult.OK)
    said = plant.tell(start_inspect=False, ack_result=True)
    assert (said.done, said.override_stored) == (True, False)  # it waits until that is stored
    plant.station.answer_override(stored=True)
    said = plant.tell(ack_result=False)
    assert (said.result, said.override_stored) == (LineResult.NOK, True)
    plant.tell(store_override=False)
    assert not plant.tell(ack_result=True).done


def test_nobody_overrides_what_is_not_there(plant):
    said = plant.tell(**CAR, store_override=True, override_result=1, override_name="Li", override_reason="dust")
    assert said.override_refused
    assert plant.station.take_override() is None
