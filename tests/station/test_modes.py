"""Modes at a station that works: what is on record of a car that passed, came again, or was overridden."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.factory.handshake.job import HandshakeLimits
from linewalker.factory.handshake.signals import ZONES, LineImage, LineMode, LineResult, Purpose, StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.records.archive import read_runs
from linewalker.factory.records.results import CarState
from linewalker.inspection.verdict import Verdict
from linewalker.station.program import StationProgram
from linewalker.station.run_folder import RECORDS_FILE, RESULTS_FILE
from linewalker.station.run_shift import crew_of, open_desk
from linewalker.station.simulated_station import SimulatedShift
from tests.factory.background import Background
from tests.factory.memory_wire import MemoryWire
from tests.station.cheap_station import VINS, Watcher, cheap_shift, cheap_station


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> SimulatedShift:
    return cheap_shift(tmp_path_factory.mktemp("files"), cars=1)


class LineByHand:
    """Says what it is told to, with a living counter, until the station says what is expected."""

    def __init__(self, wire: MemoryWire):
        self._link = wire.link()
        self._said = LineImage(mode=LineMode.AUTOMATIC, enter_permit=(True,) * ZONES)

    def until(self, expected: str, **signals: object) -> StationImage:
        return asyncio.run(self._until(expected, signals))

    async def _until(self, expected: str, signals: dict[str, object]) -> StationImage:
        await self._link.connect(lambda: False)
        self._said = replace(self._said, **signals)
        for _ in range(2000):
            self._said = replace(self._said, life_counter=self._said.life_counter + 1)
            await self._link.write(self._said)
            await asyncio.sleep(0.01)
            said = await self._link.read()
            if getattr(said, expected):
                return said
        raise AssertionError(f"{expected} never came; fault {said.fault_code}: {said.fault_text}")

    def car(self, sequence: int, expected: str = "done", **signals: object) -> StationImage:
        order = {"vin": VINS[0], "type_code": "sedan", "options": "paint=red", "sequence_no": sequence, **signals}
        self.until("ready", vehicle_in_place=True, **order)
        return self.until(expected, start_inspect=True)

    def release(self) -> None:
        self.until("vin", start_inspect=False)
        self.until("home_pos", ack_result=True)
        self.until("ready", ack_result=False, purpose=0, refers_to=0, mode=LineMode.AUTOMATIC)


class AtWork(Background):
    def __init__(self, program: StationProgram):
        super().__init__()
        self._program = program

    def work(self) -> None:
        self._program.serve(self._stop.is_set)


@contextmanager
def at_work(shift: SimulatedShift, folder: Path, watcher: Watcher) -> Iterator[LineByHand]:
    with (
        open_desk(shift, cheap_station(shift, watcher), folder, resume=True) as desk,
        MemoryWire(StationPort(HandshakeLimits())) as wire,
    ):
        crew = crew_of(cheap_station(shift, watcher), real_time=False)
        line = LineByHand(wire)
        with AtWork(StationProgram(wire.station, crew, desk, watcher)):
            yield line
            wire.connected = False


def cars(folder: Path):
    return [job.result for job in read_runs(folder / RECORDS_FILE)[-1].jobs]


def test_a_bypassed_car_is_on_record_as_not_inspected_and_nothing_moves(shift: SimulatedShift, tmp_path: Path) -> None:
    moved = []
    with at_work(shift, tmp_path, Watcher(moved.append)) as line:
        line.until("home_pos", mode=LineMode.BYPASS)
        said = line.car(1, enter_permit=(False,) * ZONES)
        assert (said.result, said.result_reason) == (LineResult.NOT_DECIDABLE, "bypassed by the line, not inspected")
        line.release()
    assert "bring" not in moved
    [car] = cars(tmp_path)
    assert (car.bypassed, car.state, car.verdict) == (True, CarState.NOT_INSPECTED, Verdict.NOT_DECIDABLE)
    results = json.loads((tmp_path / RESULTS_FILE).read_text(encoding="utf-8"))
    assert results["cars"][0]["bypassed"]
    assert results["summary"]["cars"]["NOT_INSPECTED"] == 1


def test_after_rework_a_car_comes_again_under_a_number_of_its_own_and_refers_to_the_first(
    shift: SimulatedShift, tmp_path: Path
) -> None:
    with at_work(shift, tmp_path, Watcher()) as line:
        said = line.car(7, expected="fault_code", purpose=Purpose.AFTER_REWORK, refers_to=1)
        assert said.fault_code == 107
        assert "no result of sequence 1" in said.fault_text
        line.until("home_pos", start_inspect=False)
        line.until("home_pos", fault_reset=True)
        line.until("ready", fault_reset=False, purpose=0, refers_to=0)
        assert line.car(1).result == LineResult.OK
        line.release()
        assert line.car(7, purpose=Purpose.AFTER_REWORK, refers_to=1).result == LineResult.OK
        line.release()
        assert line.car(8, purpose=Purpose.MASTER_PART).result == LineResult.OK
        line.release()
    found = {car.order.sequence: (car.purpose, car.refers_to) for car in cars(tmp_path)}
    assert found == {1: (Purpose.INSPECTION, 0), 7: (Purpose.AFTER_REWORK, 1), 8: (Purpose.MASTER_PART, 0)}


def test_a_persons_verdict_is_on_record_beside_the_robots(shift: SimulatedShift, tmp_path: Path) -> None:
    with at_work(shift, tmp_path, Watcher()) as line:
        assert line.car(1).result == LineResult.OK
        said = line.until("override_refused", store_override=True, override_result=2)
        assert not said.override_stored
        line.until("done", store_override=False)
        said = line.until(
            "override_stored", store_override=True, override_name="王工", override_reason="scratch on the hood"
        )
        assert said.result == LineResult.OK
        line.until("done", store_override=False)
        line.release()
    [car] = cars(tmp_path)
    assert (car.verdict, car.override.verdict, car.override.name) == (Verdict.OK, Verdict.NOK, "王工")
    [shown] = json.loads((tmp_path / RESULTS_FILE).read_text(encoding="utf-8"))["cars"]
    assert (shown["verdict"], shown["override"]["reason"]) == ("OK", "scratch on the hood")


def test_an_empty_carrier_leaves_nothing_on_record(shift: SimulatedShift, tmp_path: Path) -> None:
    with at_work(shift, tmp_path, Watcher()) as line:
        said = line.car(3, vin="", type_code="", options="", carrier_empty=True)
        assert (said.result, said.result_reason) == (LineResult.UNDEFINED, "empty carrier")
    assert [car.order.sequence for car in cars(tmp_path)] == [1]  # the one that was expected
