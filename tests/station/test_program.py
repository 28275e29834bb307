"""The program at a real port: whole jobs, over a wire of memory. Breakdowns have a file of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.brain.memory.journal import read_journal
from linewalker.errors import RobotStopped
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import HandshakeLimits
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.verdict import Reason
from linewalker.station.program import StationProgram
from linewalker.station.run_folder import JOURNAL_FILE
from linewalker.station.run_shift import Line, crew_of, open_desk
from linewalker.station.simulated_station import SimulatedShift
from tests.factory.memory_wire import MemoryWire
from tests.station.accounts import results_of, states
from tests.station.cheap_station import VINS, Port, Watcher, cheap_shift, cheap_station, work


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> SimulatedShift:
    return cheap_shift(tmp_path_factory.mktemp("files"))


@contextmanager
def at_the_line(
    shift: SimulatedShift, folder: Path, watcher: Watcher, orders: list[BuildOrder], takt_s: float = 300.0
) -> Iterator[tuple[StationProgram, Line, MemoryWire]]:
    """A program that has worked off what the line ordered; the line's outcomes are in."""
    with (
        open_desk(shift, cheap_station(shift, watcher), folder, resume=True) as desk,
        MemoryWire(StationPort(HandshakeLimits(takt_s=takt_s))) as wire,
    ):
        line = Line(orders, wire.link())
        crew = crew_of(cheap_station(shift, watcher), real_time=False)
        program = StationProgram(wire.station, crew, desk, watcher)
        program.serve(lambda: line.done)
        yield program, line, wire


def results(outcomes: tuple[CarOutcome, ...]) -> list[LineResult]:
    return [outcome.result for outcome in outcomes]


def test_a_shift_goes_through_and_the_line_is_told_what_is_on_record(shift: SimulatedShift, tmp_path: Path) -> None:
    watcher = Watcher()
    with at_the_line(shift, tmp_path, watcher, list(shift.orders)) as (program, line, wire):
        assert results(line.outcomes) == [LineResult.OK] * 3
        assert {outcome.cause for outcome in line.outcomes} == {Cause.JUDGED}
        assert program.finished == 3
        said = wire.said_by_station
        assert said.home_pos
        assert all(said.zone_clear)
    assert states(results_of(tmp_path)) == dict.fromkeys(VINS, "judged")
    for outcome, car in zip(line.outcomes, watcher.cars):
        assert (outcome.vin, outcome.sequence) == (car.order.vin, car.order.sequence)
        assert car.order.vin in outcome.document


def test_a_job_that_is_ordered_again_is_answered_from_the_records_and_nothing_moves(
    shift: SimulatedShift, tmp_path: Path
) -> None:
    [first, *_] = shift.orders
    for watcher, moved in ((Watcher(), True), (Watcher(), False)):
        happened: list[str] = []
        watcher.happens = happened.append
        with at_the_line(shift, tmp_path, watcher, [first]) as (program, line, _):
            assert results(line.outcomes) == [LineResult.OK]
            assert program.finished == 1
        assert ("bring" in happened) == moved
        assert bool(watcher.cars) == moved


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"model": "coupe"}, "unknown model 'coupe'"),
        ({"options": {"paint": "plaid"}}, "no value 'plaid'"),
        ({"options": {"sunroof": "yes"}}, "no option 'sunroof'"),
    ],
)
def test_an_order_the_station_can_not_read_is_a_fault_that_says_why(
    shift: SimulatedShift, tmp_path: Path, changes: dict[str, object], named: str
) -> None:
    watcher = Watcher()
    happened: list[str] = []
    watcher.happens = happened.append
    port = Port([replace(shift.orders[0], **changes), shift.orders[1]])
    work(shift, tmp_path, watcher, port)
    [(code, text)] = port.faults
    assert code is FaultCode.ORDER_INVALID
    assert named in text
    assert [result.vin for result in port.told] == [VINS[1]]  # the next car goes through
    assert happened.count("bring") == 1


def test_a_takt_that_expires_sends_the_robot_away_and_keeps_what_was_judged(
    shift: SimulatedShift, tmp_path: Path
) -> None:
    watcher = Watcher()
    happened: list[str] = []
    watcher.happens = happened.append
    with at_the_line(shift, tmp_path, watcher, [shift.orders[0]], takt_s=8.0) as (_, line, _wire):
        [outcome] = line.outcomes
        assert (outcome.result, outcome.cause) == (LineResult.NOT_DECIDABLE, Cause.JUDGED)
        assert outcome.reason == "not decidable: H"
    [car] = watcher.cars
    assert {entry.reason for entry in car.characteristics} == {Reason.INSIDE_TOLERANCE, Reason.TAKT_EXPIRED}
    assert "leave" in happened


def test_a_robot_that_stopped_itself_goes_on_after_the_lines_reset(shift: SimulatedShift, tmp_path: Path) -> None:
    watcher = Watcher()
    stops = iter([RobotStopped("lost its way")])

    def stop_once(what: str) -> None:
        if what == "walk" and (stop := next(stops, None)) is not None:
            raise stop

    watcher.happens = stop_once
    with at_the_line(shift, tmp_path, watcher, [shift.orders[0]]) as (_, line, _wire):
        assert results(line.outcomes) == [LineResult.OK]  # started anew
    assert [car.interrupted is not None for car in watcher.cars] == [True, False]


def test_a_car_that_does_not_come_is_told_and_the_next_one_goes_through(shift: SimulatedShift, tmp_path: Path) -> None:
    watcher = Watcher()
    watcher.late_s = 100.0

    def come_in_time_next(what: str) -> None:
        if what == "take_away":
            watcher.late_s = 0.0

    watcher.happens = come_in_time_next
    port = Port(shift.orders[:2])
    work(shift, tmp_path, watcher, port)
    [(code, text)] = port.faults
    assert code is FaultCode.VEHICLE_MOVED
    assert "not in place within 60 s" in text
    assert [result.vin for result in port.told] == [VINS[1]]
    assert states(results_of(tmp_path)) == {VINS[0]: "interrupted", VINS[1]: "judged", VINS[2]: "not_inspected"}


def test_what_became_of_every_car_is_in_the_journal(shift: SimulatedShift, tmp_path: Path) -> None:
    watcher = Watcher()
    stops = iter([RobotStopped("lost its way")])

    def stop_once(what: str) -> None:
        if what == "walk" and (stop := next(stops, None)) is not None:
            raise stop

    watcher.happens = stop_once
    work(shift, tmp_path, watcher, Port(shift.orders))
    entries = read_journal(tmp_path / JOURNAL_FILE)
    codes = {vin: [entry.code for entry in entries if entry.about.get("vin") == vin] for vin in VINS}
    assert codes[VINS[0]] == ["car_came", "car_interrupted", "stopped", "released"]
    assert codes[VINS[1]] == codes[VINS[2]] == ["car_came", "car_judged"]
    assert all(entry.about["sequence"] for entry in entries)
