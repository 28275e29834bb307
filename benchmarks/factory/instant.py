"""A station and a line that work a shift off without physics, each to be run in a process that may be killed.

Records, results, evidence, handshake, wire (Modbus TCP) and both programs are the real ones; the robot is one of the
tests, which is where it is told to be. Every attempt measures other values, so a car that is inspected twice shows.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from tests.station.cheap_station import PLAN, Watcher, cheap_station
from tests.station.full_disk import Disk, writing_to

from linewalker.factory.fieldbus.modbus_link import ModbusLink
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.handshake.line_controller import LineController
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause, LineLimits
from linewalker.factory.handshake.signals import StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.station.program import StationProgram
from linewalker.station.run_shift import crew_of, open_desk
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import SimulatedShift, read_simulated_shift

Told = tuple[str, int, int, tuple[int, ...]]
"""VIN, sequence, result, and what was measured in 1/100 mm, as a line was told."""

_CYCLE_S = 0.01
_PATIENT = LineLimits(reset_period_s=0.1, attempts=10**6, ready_timeout_s=1e6, lost_timeout_s=1e6)
"""A car stays until it is judged, whoever dies meanwhile."""
GREATEST_START_S = 20_000.0


def shift_of(folder: Path, cars: int) -> SimulatedShift:
    """A shift of so many cars, three characteristics each."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{i},LWKSD11A1T1{i:06d},sedan,paint=red\n" for i in range(1, cars + 1))
    (folder / "shift.csv").write_text(f"sequence,vin,model,options\n{rows}", encoding="utf-8")
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    files = ShiftFiles(shift=folder / "shift.csv", plan=folder / "plan.yaml", world=None, robot="g1", seed=1)
    return read_simulated_shift(files)


def serve(shift: SimulatedShift, folder: Path, endpoint: str, die_at: int) -> None:
    """A station that goes on with the shift in a folder until it is ended, or before its n-th write; 0: never."""
    station = cheap_station(shift, Watcher())
    station.operator.now_s = random.SystemRandom().uniform(0.0, GREATEST_START_S)
    dying = writing_to(Disk(die_at, lambda _: os.kill(os.getpid(), 9))) if die_at else nullcontext()
    with (
        dying,
        open_desk(shift, station, folder, resume=True) as desk,
        ModbusServer(StationPort(), endpoint=endpoint) as server,
    ):
        crew = replace(crew_of(station, real_time=False), balances=False)
        StationProgram(server.station, crew, desk, Watcher()).serve(lambda: False)


class LineBook:
    """What a line was told, a line each, on disk before it acknowledges."""

    def __init__(self, path: Path):
        self._path = path

    def note(self, told: Told) -> None:
        """One more."""
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(told) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def read(self) -> list[Told]:
        """All of them; one that was cut off by a kill counts as not told."""
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines(keepends=True)
        return list(_whole(lines))

    def mend(self) -> None:
        """Take away what a kill left half."""
        whole = [json.dumps(told) + "\n" for told in self.read()]
        self._path.write_text("".join(whole), encoding="utf-8")


def _whole(lines: Sequence[str]) -> Iterator[Told]:
    for line in lines:
        if line.endswith("\n"):
            vin, sequence, result, values = json.loads(line)
            yield vin, sequence, result, tuple(values)


def drive(orders: Sequence[BuildOrder], endpoint: str, book: LineBook) -> None:
    """A line that brings the cars it was told nothing of; returns when all are judged."""
    book.mend()
    done = {sequence for _, sequence, _, _ in book.read()}
    shown: dict[int, tuple[int, ...]] = {}

    def look(order: BuildOrder, said: StationImage) -> None:
        if said.done:
            shown[order.sequence] = said.characteristic_value[:3]

    def note(outcome: CarOutcome) -> None:
        assert outcome.cause is Cause.JUDGED, outcome
        book.note((outcome.vin, outcome.sequence, int(outcome.result), shown[outcome.sequence]))

    link = ModbusLink(endpoint, connect_timeout_s=600.0)
    controller = LineController(link, limits=_PATIENT, cycle_s=_CYCLE_S, on_image=look, on_outcome=note)
    controller.run([order for order in orders if order.sequence not in done])
