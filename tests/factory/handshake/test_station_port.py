"""Between robot program and wire: what the port tells either, over every wire and without one."""

from __future__ import annotations

import threading
import time

import pytest

from linewalker.errors import StationFault, TaktExpired
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, RobotReport
from linewalker.factory.handshake.signals import ZONES, LineImage, LineMode, LineResult, StationImage
from linewalker.factory.handshake.station_port import StationPort
from tests.factory.handshake.plant import VINS
from tests.factory.memory_wire import MemoryWire, WireBroke

STANDS = RobotReport(robot_time_s=0.0, available=True, home=True)
WORKS = RobotReport(robot_time_s=0.0, available=False, in_zone=(0,))


class ByHand:
    """A wire that scans when it is told to, and whoever is at its other end."""

    def __init__(self, station: StationPort):
        self._station = station
        self._count = 0
        self._said: dict[str, object] = {"mode": LineMode.AUTOMATIC, "enter_permit": (True,) * ZONES}

    def tell(self, **signals: object) -> StationImage:
        self._count += 1
        self._said |= signals
        return self._station.scan(LineImage(life_counter=self._count, **self._said), connected=True)

    def start(self) -> StationImage:
        """A car comes and its job is started."""
        self.tell()
        assert self.tell(vehicle_in_place=True, vin=VINS[0], type_code="sedan", sequence_no=5).ready
        return self.tell(start_inspect=True)


@pytest.fixture
def station():
    station = StationPort(HandshakeLimits(takt_s=60.0))
    with station.carried("the wire"):
        station.publish(STANDS)
        yield station


def test_without_a_wire_the_program_can_not_work():
    station = StationPort()
    with pytest.raises(StationFault, match="with block"):
        station.publish(STANDS)
    with pytest.raises(StationFault, match="with block"):
        station.wait_for_job(STANDS, 10.0)


def test_whoever_listens_hears_every_scan(station):
    heard = []
    station.on_scan = lambda line, said, connected: heard.append((line.life_counter, said.ready, connected))
    wire = ByHand(station)
    assert wire.tell(vehicle_in_place=True).home_pos
    station.scan(LineImage(), connected=False)
    assert [(count, connected) for count, _, connected in heard] == [(1, True), (0, False)]


def test_a_wire_that_dies_is_told_to_the_program_with_its_error_at_once():
    station = StationPort()
    with MemoryWire(station) as wire:
        threading.Timer(0.05, wire.break_down).start()
        with pytest.raises(StationFault, match="the memory wire of the station died") as fault:
            station.wait_for_job(STANDS, 60.0)
        assert isinstance(fault.value.__cause__, WireBroke)
        with pytest.raises(StationFault, match="died"):
            station.finish(CommittedResult(vin=VINS[0], sequence=1, result=LineResult.OK))
        station.fail(FaultCode.ROBOT_FAULT, "kept")  # what can not be told any more is no second error
        station.abandon()


def test_a_station_can_be_put_on_another_wire():
    with MemoryWire(StationPort()) as first:
        pass
    with MemoryWire(first.station):
        first.station.publish(STANDS)


def test_waiting_without_a_line_ends_with_no_job(wire):
    before_s = time.monotonic()
    assert wire.station.wait_for_job(STANDS, 0.1) is None
    assert time.monotonic() - before_s >= 0.1
    assert wire.station.stop_requested is None
    assert wire.station.wait_until_alone(STANDS, 0.1)


def test_a_job_is_given_once_and_its_result_goes_out_with_its_car(station):
    line = ByHand(station)
    assert line.start().busy
    job = station.wait_for_job(STANDS, 0.0)
    assert (job.vin, job.type_code, job.sequence) == (VINS[0], "sedan", 5)
    assert station.wait_for_job(WORKS, 0.0) is None
    assert not station.finish(CommittedResult(vin=VINS[1], sequence=5, result=LineResult.OK))
    assert not line.tell().done
    assert station.finish(CommittedResult(vin=VINS[0], sequence=5, result=LineResult.NOK, reason="why"))
    said = line.tell()
    assert (said.done, said.result, said.vin, said.result_reason) == (True, LineResult.NOK, VINS[0], "why")
    assert not station.wait_until_released(STANDS, 0.0)
    line.tell(start_inspect=False, ack_result=True)
    line.tell(ack_result=False)
    assert station.wait_until_released(STANDS, 0.0)


def test_a_takt_that_expired_is_raised_as_such_and_a_stop_as_a_stop(station):
    line = ByHand(station)
    line.start()
    station.wait_for_job(STANDS, 0.0)
    assert station.stop_requested is None
    station.publish(RobotReport(robot_time_s=61.0, available=False))
    assert isinstance(station.stop_requested, TaktExpired)
    line.tell(vehicle_in_place=False)
    stop = station.stop_requested
    assert not isinstance(stop, TaktExpired)
    assert "VehicleInPlace" in str(stop)
    assert stop.in_chinese == "任务中车辆到位信号消失"
    station.abandon()
    assert not station.wait_until_reset(STANDS, 0.0)
    line.tell(start_inspect=False, fault_reset=False)
    line.tell(fault_reset=True)
    assert station.wait_until_reset(STANDS, 0.0)


def test_a_scan_wakes_whoever_waits_for_a_job(station):
    line, found = ByHand(station), []
    waiting = threading.Thread(target=lambda: found.append(station.wait_for_job(STANDS, 30.0)))
    waiting.start()
    line.start()
    waiting.join(10.0)
    assert found
    assert found[0].vin == VINS[0]
