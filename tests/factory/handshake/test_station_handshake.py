"""The station's rules, one by one, against a line driven by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.errors import TAKT_EXPIRED
from linewalker.factory.handshake.faults import Fault, FaultCode
from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, RobotReport
from linewalker.factory.handshake.signals import ZONES, LineMode, LineResult, StationImage
from linewalker.factory.handshake.station_handshake import JobPhase
from tests.factory.handshake.plant import VINS, Plant, result

PERMIT = (True,) * ZONES


@pytest.fixture
def plant() -> Plant:
    """A ready station and a line that says nothing yet but is alive."""
    plant = Plant()
    plant.tell(mode=LineMode.AUTOMATIC)
    assert plant.tell().ready
    return plant


def start(plant: Plant, number: int = 0) -> StationImage:
    said = plant.tell(
        vehicle_in_place=True,
        vin=VINS[number],
        type_code="sedan",
        options="paint=red",
        sequence_no=number + 1,
        enter_permit=PERMIT,
    )
    assert said.ready
    said = plant.tell(start_inspect=True)
    plant.program.take()
    return said


def test_a_car_goes_through_the_four_phases(plant):
    said = start(plant)
    assert (said.ready, said.busy, said.done) == (False, True, False)
    assert (said.vin, said.sequence_no, said.result) == (VINS[0], 1, 0)
    plant.program.finish(LineResult.NOK)
    said = plant.tell()
    assert (said.ready, said.busy, said.done, said.result) == (False, False, True, LineResult.NOK)
    assert said.result_json == f'{{"vin":"{VINS[0]}"}}'
    said = plant.tell(start_inspect=False, ack_result=True)
    assert (said.ready, said.done, said.result, said.vin, said.result_json) == (False, False, 0, "", "")
    said = plant.tell(ack_result=False)
    assert said.ready


def test_nothing_is_ready_before_the_line_lives_and_the_program_reports():
    plant = Plant()
    assert not plant.scan_station().ready
    plant.program.report(plant.now_s)
    assert not plant.scan_station().ready  # a counter that stands is not alive
    assert plant.tell(mode=LineMode.OFF).zone_clear == PERMIT
    assert not plant.tell(mode=LineMode.OFF).ready
    assert plant.tell(mode=LineMode.AUTOMATIC).ready


@pytest.mark.parametrize("level", ["start_inspect", "ack_result", "fault_reset"])
def test_a_level_left_high_keeps_the_station_from_ready(level):
    plant = Plant()
    for _ in range(3):
        assert not plant.tell(mode=LineMode.AUTOMATIC, **{level: True}).ready
    assert plant.tell(**{level: False}).ready


def test_start_waits_for_the_car_and_every_permit(plant):
    order = {"vin": VINS[0], "sequence_no": 1, "start_inspect": True}
    assert plant.tell(**order).ready
    assert plant.tell(vehicle_in_place=True, enter_permit=(True,) + (False,) * (ZONES - 1)).ready
    assert plant.tell(enter_permit=PERMIT).busy


def test_a_vin_that_is_none_starts_nothing(plant):
    said = plant.tell(vin="SHORT", sequence_no=1, vehicle_in_place=True, enter_permit=PERMIT, start_inspect=True)
    assert said.fault_code == FaultCode.ORDER_INVALID
    assert "5 characters" in said.fault_text
    assert plant.station.take_job() is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"mode": LineMode.OFF}, FaultCode.LINE_STOPPED),
        ({"vehicle_in_place": False}, FaultCode.VEHICLE_MOVED),
        ({"enter_permit": (False,) * ZONES}, FaultCode.PERMIT_WITHDRAWN),
        ({"start_inspect": False}, FaultCode.START_WITHDRAWN),
        ({"vin": VINS[1]}, FaultCode.ORDER_CHANGED),
        ({"sequence_no": 77}, FaultCode.ORDER_CHANGED),
        ({"options": "paint=silver"}, FaultCode.ORDER_CHANGED),
    ],
)
def test_a_job_stops_when_the_line_takes_back_what_it_needs(plant, change, code):
    start(plant)
    said = plant.tell(**change)
    assert said.fault_code == code
    assert not any((said.busy, said.done, said.ready))
    assert said.vin == VINS[0]  # whose job it was
    job = plant.program.job
    assert not plant.station.finish(result(job))  # too late: not told
    assert plant.tell().result == 0


def test_a_lost_line_stops_a_running_job(plant):
    start(plant)
    plant.now_s += 4.9
    plant.program.report(plant.now_s)
    assert plant.scan_station().busy
    plant.now_s += 0.3
    plant.program.report(plant.now_s)
    said = plant.scan_station()
    assert said.fault_code == FaultCode.LINE_LOST
    assert not said.zone_clear[0]
    assert said.zone_clear[1]


def test_a_lost_line_drops_ready_without_a_fault(plant):
    plant.now_s += 6.0
    plant.program.report(plant.now_s)
    said = plant.scan_station()
    assert (said.ready, said.fault_code) == (False, 0)
    assert plant.tell().ready


def test_a_silent_program_is_a_fault_and_leaves_no_zone_clear(plant):
    start(plant)
    plant.now_s += 31.0
    alive = replace(plant.to_station, life_counter=plant.to_station.life_counter + 1)
    said = plant.station.cycle(alive, plant.now_s)
    assert said.fault_code == FaultCode.PROGRAM_SILENT
    assert not any(said.zone_clear)
    assert not said.home_pos


def test_no_restart_without_a_rising_edge_of_fault_reset(plant):
    start(plant)
    plant.tell(start_inspect=False, fault_reset=True)  # high already when the fault comes
    for _ in range(5):
        plant.program.abandon()
        assert plant.tell().fault_code == FaultCode.START_WITHDRAWN
    assert plant.tell(fault_reset=False).fault_code
    assert plant.tell(fault_reset=True).fault_code == 0
    assert not plant.tell().ready  # the reset must fall before
    assert plant.tell(fault_reset=False).ready


def test_no_reset_while_the_robot_is_still_at_the_car(plant):
    start(plant)
    plant.tell(start_inspect=False)
    assert plant.tell(fault_reset=True).fault_code
    plant.tell(fault_reset=False)
    plant.program.abandon()
    plant.tell()
    assert plant.tell(fault_reset=True).fault_code == 0


def test_a_program_that_holds_a_job_is_not_available_whatever_it_says(plant):
    start(plant)
    plant.tell(start_inspect=False)
    boast = RobotReport(robot_time_s=plant.program.robot_time_s, available=True)
    for reset in (False, True):
        plant.station.report(boast, plant.now_s)
        plant.to_station = replace(plant.to_station, fault_reset=reset)
        said = plant.scan_station()
        assert said.fault_code == FaultCode.START_WITHDRAWN


def test_a_fallen_robot_can_not_be_reset(plant):
    start(plant)
    plant.program.fallen = True
    plant.station.fail(Fault(code=FaultCode.ROBOT_FELL, text="the robot lies in front of the car"))
    plant.program.abandon()
    for reset in (False, True, False, True):
        said = plant.tell(fault_reset=reset)
        assert said.fault_code == FaultCode.ROBOT_FELL
        assert not any(said.zone_clear)


def test_an_acknowledgement_must_name_the_car_and_come_after_done(plant):
    start(plant)
    plant.tell(ack_result=True)  # too early
    plant.program.finish(LineResult.OK)
    assert plant.tell(start_inspect=False).done
    plant.tell(ack_result=False)
    assert plant.tell(ack_result=True, vin=VINS[1]).done
    assert plant.tell(vin=VINS[0], sequence_no=9).done
    assert plant.tell(sequence_no=1, start_inspect=True).done
    assert not plant.tell(start_inspect=False).done


def test_a_result_waits_for_a_line_that_comes_back(plant):
    start(plant)
    plant.program.finish(LineResult.OK)
    plant.tell()
    plant.now_s += 3600.0
    plant.program.report(plant.now_s)
    said = plant.scan_station()
    assert (said.done, said.result, said.vin) == (True, LineResult.OK, VINS[0])
    assert not plant.tell(start_inspect=False, ack_result=True).done


def test_a_result_survives_a_fall_after_done_and_then_the_fault_stays(plant):
    start(plant)
    plant.program.finish(LineResult.OK)
    plant.station.fail(Fault(code=FaultCode.ROBOT_FELL, text="fell on the way home"))
    said = plant.tell()
    assert (said.done, said.result, said.fault_code) == (True, LineResult.OK, FaultCode.ROBOT_FELL)
    plant.tell(start_inspect=False, ack_result=True)
    said = plant.tell(ack_result=False)
    assert plant.station.phase is JobPhase.FAULT
    assert not said.ready


def test_an_expired_takt_is_never_ok(plant):
    start(plant)
    plant.program.robot_time_s += 300.5
    plant.tell()
    assert plant.station.takt_expired
    plant.station.finish(result(plant.program.job, LineResult.OK))
    said = plant.tell()
    assert (said.result, said.result_reason) == (LineResult.NOT_DECIDABLE, TAKT_EXPIRED)


def test_a_result_of_another_car_is_refused(plant):
    start(plant)
    other = CommittedResult(vin=VINS[2], sequence=1, result=LineResult.OK)
    assert not plant.station.finish(other)
    assert plant.tell().busy


def test_a_job_is_handed_to_the_program_once(plant):
    start(plant)
    assert plant.program.job is not None
    assert plant.station.take_job() is None


def test_progress_stays_between_nothing_and_all(plant):
    assert plant.tell().progress == 0.0
    start(plant)
    assert plant.tell().progress == 0.5
    plant.program.finish(LineResult.OK)
    assert plant.tell().progress == 1.0


@pytest.mark.parametrize(
    "wrong", [{"life_timeout_s": 0.0}, {"takt_s": -1.0}, {"program_timeout_s": 0.0}, {"zones": (16,)}]
)
def test_limits_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        HandshakeLimits(**wrong)


def test_a_committed_result_has_a_verdict():
    with pytest.raises(ValueError, match="OK, NOK or NOT_DECIDABLE"):
        CommittedResult(vin=VINS[0], sequence=1, result=LineResult.UNDEFINED)
