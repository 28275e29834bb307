"""Whole jobs between line controller and station, over every wire: the laws that no wire may change."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, RobotReport
from linewalker.factory.handshake.line_controller import LineController
from linewalker.factory.handshake.line_handshake import Cause, LineLimits
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort
from tests.factory.fake_program import FakeProgram, say_ok
from tests.factory.handshake.plant import order
from tests.factory.wires import NAMES, WITHOUT_DOCUMENTS, Wire, wired

LIMITS = LineLimits(reset_period_s=0.1, ready_timeout_s=20.0)


def line_on(wire: Wire, **changes) -> LineController:
    return LineController(wire.link(), **{"cycle_s": 0.02, "limits": LIMITS, **changes})


def test_a_shift_goes_through_with_every_verdict_in_its_place(wire):
    verdicts = {1: LineResult.OK, 2: LineResult.NOK, 3: LineResult.NOT_DECIDABLE}

    def inspect(port, job):
        port.publish(RobotReport(robot_time_s=1.0, available=False, progress=0.3))
        verdict = verdicts[job.sequence]
        port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=verdict, reason="why", document="[1]"))

    told, seen = [], []
    controller = line_on(
        wire, on_outcome=told.append, on_image=lambda order, image: seen.append((order.vin, image.vin))
    )
    with FakeProgram(wire.station, inspect) as program:
        outcomes = controller.run([order(0), order(1), order(2)])
    assert [outcome.result for outcome in outcomes] == list(verdicts.values())
    assert [(job.vin, job.type_code, job.options) for job in program.jobs] == [
        (order(i).vin, "sedan", "paint=red") for i in range(3)
    ]
    assert tuple(told) == outcomes
    assert outcomes[1].document == ("" if wire.name in WITHOUT_DOCUMENTS else "[1]")
    assert all(echo in ("", vin) for vin, echo in seen)


@pytest.mark.parametrize("name", NAMES)
def test_a_fallen_robot_ends_the_shift_and_leaves_no_car_without_outcome(name, pki):
    gone = threading.Event()

    def fall(port, _):
        port.fail(FaultCode.ROBOT_FELL, "the robot fell")
        while not gone.wait(0.02):
            port.publish(RobotReport(robot_time_s=1.0, available=False, clear=False))
        port.abandon()

    limits = LineLimits(reset_period_s=0.1, ready_timeout_s=0.5, attempts=1)
    with wired(name, StationPort(), pki) as wire, FakeProgram(wire.station, fall):
        outcomes = line_on(wire, limits=limits).run([order(0), order(1)])
        gone.set()
    assert [outcome.cause for outcome in outcomes] == [Cause.STATION_FAULT, Cause.STATION_FAULT]
    assert all(outcome.result is LineResult.NOT_DECIDABLE for outcome in outcomes)


def test_a_wire_that_is_pulled_for_a_moment_costs_nothing(wire):
    def pull_in_the_middle(port, job):
        port.publish(RobotReport(robot_time_s=1.0, available=False))
        wire.pull()
        port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=LineResult.NOK))
        time.sleep(0.3)
        wire.plug_in()

    with FakeProgram(wire.station, pull_in_the_middle) as program:
        [outcome] = line_on(wire).run([order(0)])
    assert (outcome.result, outcome.cause) == (LineResult.NOK, Cause.JUDGED)
    assert len(program.jobs) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_line_that_is_away_too_long_stops_the_robot_and_starts_anew(name, pki):
    stops = []
    with wired(name, StationPort(HandshakeLimits(life_timeout_s=0.4)), pki) as wire:

        def retreat_the_first_time(port, job):
            if stops:
                say_ok(port, job)
                return
            wire.pull()
            while port.stop_requested is None:
                port.publish(RobotReport(robot_time_s=1.0, available=False, in_zone=(0,)))
                time.sleep(0.02)
            stops.append(str(port.stop_requested))
            wire.plug_in()
            port.abandon()

        with FakeProgram(wire.station, retreat_the_first_time) as program:
            [outcome] = line_on(wire).run([order(0)])
    assert stops == ["the line's LifeCounter stood still"]
    assert outcome.result is LineResult.OK
    assert len(program.jobs) == 2


def test_a_line_that_dies_before_it_acknowledges_gets_the_same_verdict_again(wire):
    verdicts = iter([LineResult.NOK, LineResult.OK])
    committed = {}

    def inspect_once(port, job):
        key = (job.vin, job.sequence)
        if key not in committed:
            committed[key] = CommittedResult(vin=job.vin, sequence=job.sequence, result=next(verdicts))
        port.finish(committed[key])

    def power_cut(_):
        raise ConnectionAbortedError

    with FakeProgram(wire.station, inspect_once):
        with pytest.raises(ConnectionAbortedError):
            line_on(wire, on_outcome=power_cut).run([order(0)])
        outcomes = line_on(wire).run([order(0), order(1)])
    assert [outcome.result for outcome in outcomes] == [LineResult.NOK, LineResult.OK]


def test_stopping_the_line_ends_it_with_an_outcome_for_every_car(wire):
    controller = line_on(wire)

    def stop_the_line(port, _):
        controller.stop()
        while port.stop_requested is None:
            port.publish(RobotReport(robot_time_s=1.0, available=False))
            time.sleep(0.02)
        port.abandon()

    with FakeProgram(wire.station, stop_the_line) as program:
        outcomes = controller.run([order(0), order(1)])
    assert [outcome.cause for outcome in outcomes] == [Cause.NOT_INSPECTED] * 2
    assert len(program.jobs) == 1


def test_orders_of_any_length_of_options_travel(wire):
    most = 15 if wire.name in WITHOUT_DOCUMENTS else 50  # a STRING of an S7 has 254 bytes
    long = replace(order(0), options={f"option_{i}": "value" for i in range(most)})
    with FakeProgram(wire.station) as program:
        [outcome] = line_on(wire).run([long])
    assert outcome.result is LineResult.OK
    assert program.jobs[0].options == long.options_text
