"""Line controller and station over a real socket."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from linewalker.errors import InputError, StationFault
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, RobotReport
from linewalker.factory.handshake.line_handshake import Cause, LineLimits
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.line_client import LineController
from linewalker.factory.opcua.station_server import StationPort
from tests.factory.conftest import ANY_PORT, CREDENTIALS
from tests.factory.fake_program import FakeProgram, say_ok
from tests.factory.handshake.plant import order
from tests.factory.opcua.wire import Wire

FAST = {"cycle_s": 0.02, "limits": LineLimits(reset_period_s=0.1, ready_timeout_s=20.0)}


@pytest.fixture(scope="module")
def port(pki):
    """One station for all tests that leave it ready for the next car."""
    with StationPort(credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as port:
        yield port


def line_to(port, pki, **changes) -> LineController:
    settings = {"endpoint": port.endpoint, "credentials": CREDENTIALS, "pki": pki, **FAST, **changes}
    return LineController(**settings)


def test_a_shift_goes_through_with_every_verdict_in_its_place(port, pki):
    verdicts = {1: LineResult.OK, 2: LineResult.NOK, 3: LineResult.NOT_DECIDABLE}

    def inspect(port, job):
        port.publish(RobotReport(robot_time_s=1.0, available=False, progress=0.3))
        verdict = verdicts[job.sequence]
        port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=verdict, reason="why", document="[1]"))

    told, seen = [], []
    controller = line_to(
        port,
        pki,
        station_certificate=port.certificate,
        on_outcome=told.append,
        on_image=lambda order, image: seen.append((order.vin, image.vin)),
    )
    with FakeProgram(port, inspect) as program:
        outcomes = controller.run([order(0), order(1), order(2)])
    assert [outcome.result for outcome in outcomes] == list(verdicts.values())
    assert [(job.vin, job.type_code, job.options) for job in program.jobs] == [
        (order(i).vin, "sedan", "paint=red") for i in range(3)
    ]
    assert tuple(told) == outcomes
    assert outcomes[1].document == "[1]"
    assert all(echo in ("", vin) for vin, echo in seen)


def test_a_fallen_robot_ends_the_shift_and_leaves_no_car_without_outcome(pki):
    gone = threading.Event()

    def fall(port, _):
        port.fail(FaultCode.ROBOT_FELL, "the robot fell")
        while not gone.wait(0.02):
            port.publish(RobotReport(robot_time_s=1.0, available=False, clear=False))
        port.abandon()

    limits = LineLimits(reset_period_s=0.1, ready_timeout_s=0.5, attempts=1)
    with StationPort(credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as port, FakeProgram(port, fall):
        outcomes = line_to(port, pki, limits=limits).run([order(0), order(1)])
        gone.set()
    assert [outcome.cause for outcome in outcomes] == [Cause.STATION_FAULT, Cause.STATION_FAULT]
    assert all(outcome.result is LineResult.NOT_DECIDABLE for outcome in outcomes)


def test_a_cable_that_is_pulled_for_a_moment_costs_nothing(port, pki):
    with Wire(port.endpoint) as wire:

        def pull_in_the_middle(port, job):
            port.publish(RobotReport(robot_time_s=1.0, available=False))
            wire.pull()
            port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=LineResult.NOK))
            time.sleep(0.3)
            wire.plug_in()

        with FakeProgram(port, pull_in_the_middle) as program:
            [outcome] = line_to(port, pki, endpoint=wire.endpoint).run([order(0)])
    assert (outcome.result, outcome.cause) == (LineResult.NOK, Cause.JUDGED)
    assert len(program.jobs) == 1


def test_a_line_that_is_away_too_long_stops_the_robot_and_starts_anew(pki):
    limits = HandshakeLimits(life_timeout_s=0.4)
    stops = []
    with (
        StationPort(credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki, limits=limits) as port,
        Wire(port.endpoint) as wire,
    ):

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

        with FakeProgram(port, retreat_the_first_time) as program:
            [outcome] = line_to(port, pki, endpoint=wire.endpoint).run([order(0)])
    assert stops == ["the line's LifeCounter stood still"]
    assert outcome.result is LineResult.OK
    assert len(program.jobs) == 2


def test_a_line_that_dies_before_it_acknowledges_gets_the_same_verdict_again(port, pki):
    verdicts = iter([LineResult.NOK, LineResult.OK])
    committed = {}

    def inspect_once(port, job):
        key = (job.vin, job.sequence)
        if key not in committed:
            committed[key] = CommittedResult(vin=job.vin, sequence=job.sequence, result=next(verdicts))
        port.finish(committed[key])

    def power_cut(_):
        raise ConnectionAbortedError

    with FakeProgram(port, inspect_once):
        with pytest.raises(ConnectionAbortedError):
            line_to(port, pki, on_outcome=power_cut).run([order(0)])
        outcomes = line_to(port, pki).run([order(0), order(1)])
    assert [outcome.result for outcome in outcomes] == [LineResult.NOK, LineResult.OK]


def test_a_wrong_password_is_bad_input_and_not_tried_again(port, pki):
    wrong = Credentials(user="line", password="wrong password")
    with pytest.raises(InputError, match="refuses user 'line'"):
        line_to(port, pki, credentials=wrong).run([order(0)])


def test_a_station_that_is_not_there_is_a_fault_that_says_what_to_do(pki):
    controller = LineController(
        endpoint="opc.tcp://127.0.0.1:9/linewalker", credentials=CREDENTIALS, pki=pki, connect_timeout_s=0.3
    )
    with pytest.raises(StationFault, match="linewalker station"):
        controller.run([order(0)])


def test_a_station_with_another_certificate_than_the_pinned_one_is_not_talked_to(port, pki):
    controller = line_to(port, pki, station_certificate=pki / "line.der")
    with pytest.raises(InputError, match="another certificate"):
        controller.run([order(0)])


def test_a_pinned_certificate_that_is_not_there_is_named(port, pki):
    with pytest.raises(InputError, match="no such certificate"):
        line_to(port, pki, station_certificate=pki / "none.der")


def test_stopping_the_line_ends_it_with_an_outcome_for_every_car(port, pki):
    controller = line_to(port, pki)

    def stop_the_line(port, _):
        controller.stop()
        while port.stop_requested is None:
            port.publish(RobotReport(robot_time_s=1.0, available=False))
            time.sleep(0.02)
        port.abandon()

    with FakeProgram(port, stop_the_line) as program:
        outcomes = controller.run([order(0), order(1)])
    assert [outcome.cause for outcome in outcomes] == [Cause.NOT_INSPECTED] * 2
    assert len(program.jobs) == 1


def test_orders_of_any_length_of_options_travel(port, pki):
    long = replace(order(0), options={f"option_{i}": "value" for i in range(50)})
    with FakeProgram(port) as program:
        [outcome] = line_to(port, pki).run([long])
    assert outcome.result is LineResult.OK
    assert program.jobs[0].options == long.options_text
