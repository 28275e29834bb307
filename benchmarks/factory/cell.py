"""One station and one line that are killed again and again while they work a shift off, and what is left of it."""

from __future__ import annotations

import os
import random
import signal
import socket
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.factory.instant import LineBook, Told, drive, serve
from linewalker.factory.handshake.short_results import ShortResults
from linewalker.factory.records.archive import read_runs
from linewalker.factory.records.car_lines import json_text
from linewalker.factory.records.tables import COMMITTED
from linewalker.station.run_folder import RECORDS_FILE
from linewalker.station.simulated_station import SimulatedShift

_LOOK_S = 0.02
_MEAN_LIFE_S, _SHARE_AT_A_WRITE, _MOST_WRITES = 0.8, 0.6, 120
_TO_A_WRITE_S = 4.0
"""Who is to die at a write is left alone so long."""
_STUCK_S = 120.0


@dataclass
class Tally:
    """What became of kills.

    Attributes:
        kills: who was killed how often: ``station``, ``line``, ``station at a write``.
        cars: judged.
        lost: a line was told of them, or brought them, and they are not on record.
        differing: on record stands something else than the line was told.
        doubled: committed more than once, or the line was told twice.
        resumed_s: from the start of whoever had died to the next car that was judged.
    """

    kills: Counter[str] = field(default_factory=Counter)
    cars: int = 0
    lost: int = 0
    differing: int = 0
    doubled: int = 0
    resumed_s: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another one in."""
        self.kills += other.kills
        for name in ("cars", "lost", "differing", "doubled", "resumed_s"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def child(work: Callable[[], None]) -> int:
    """A process that does this and ends; its number."""
    number = os.fork()
    if number:
        return number
    try:
        work()
        os._exit(0)
    except BaseException:  # noqa: BLE001  nothing of the parent's is to be left by the child
        traceback.print_exc()
    finally:
        os._exit(1)


class Cell:
    """A shift, the folder it is worked in, and the two processes.

    Args:
        shift: its orders, one after the other.
        folder: empty, of this cell alone.
        chance: when who dies.
    """

    def __init__(self, shift: SimulatedShift, folder: Path, chance: random.Random):
        self._shift, self._folder, self._chance = shift, folder, chance
        self._endpoint = f"modbus.tcp://127.0.0.1:{_free_port()}"
        self._book = LineBook(folder / "line.jsonl")
        self._tally = Tally()
        self._noted, self._began_s, self._dies_s = 0, 0.0, 0.0
        self._station = self._line = 0

    def work(self) -> Tally:
        """Until every car is judged."""
        (self._folder / "station").mkdir(parents=True)
        self._start_station()
        self._start_line()
        self._kill_again_and_again()
        self._end(self._station)
        return self._accounts()

    def _kill_again_and_again(self) -> None:
        while True:
            time.sleep(_LOOK_S)
            self._look_at_book()
            if os.waitpid(self._station, os.WNOHANG)[0]:
                self._tally.kills["station at a write"] += 1
                self._start_station()
            ended, status = os.waitpid(self._line, os.WNOHANG)
            if ended:
                if status:
                    raise RuntimeError(f"the line in {self._folder} failed: {status}")
                return
            if time.monotonic() > self._dies_s:
                self._kill(self._chance.choice(("station", "line")))

    def _kill(self, victim: str) -> None:
        self._tally.kills[victim] += 1
        self._dies_s = time.monotonic() + self._chance.expovariate(1.0 / _MEAN_LIFE_S)
        if victim == "station":
            self._end(self._station)
            self._start_station()
        else:
            self._end(self._line)
            self._start_line()

    def _start_station(self) -> None:
        at_a_write = self._chance.random() < _SHARE_AT_A_WRITE
        die_at = self._chance.randint(1, _MOST_WRITES) if at_a_write else 0
        folder, shift, endpoint = self._folder / "station", self._shift, self._endpoint
        self._station = child(lambda: serve(shift, folder, endpoint, die_at))
        self._began_s = time.monotonic()
        self._dies_s = self._began_s + (_TO_A_WRITE_S if at_a_write else self._chance.expovariate(1.0 / _MEAN_LIFE_S))

    def _start_line(self) -> None:
        orders, endpoint, book = self._shift.orders, self._endpoint, self._book
        self._line = child(lambda: drive(orders, endpoint, book))
        self._began_s = time.monotonic()

    def _look_at_book(self) -> None:
        """How long it took until a car was judged after the last start."""
        told, now_s = len(self._book.read()), time.monotonic()
        if told > self._noted:
            self._noted = told
            if self._began_s:
                self._tally.resumed_s.append(now_s - self._began_s)
                self._began_s = 0.0
        elif self._began_s and now_s - self._began_s > _STUCK_S:
            raise RuntimeError(f"nothing goes on in {self._folder} for {_STUCK_S:g} s")

    @staticmethod
    def _end(process: int) -> None:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)

    def _accounts(self) -> Tally:
        tally, told, committed = self._tally, self._book.read(), committed_in(self._folder / "station")
        tally.cars = len(self._shift.orders)
        tally.lost = sum(order.sequence not in committed for order in self._shift.orders)
        tally.differing = sum(one not in committed.get(one[1], [one]) for one in told)
        tally.doubled = sum(len(rows) - 1 for rows in committed.values())
        tally.doubled += len(told) - len({sequence for _, sequence, _, _ in told})
        return tally


def committed_in(folder: Path) -> dict[int, list[Told]]:
    """What is on record in the folder of a station as committed, by sequence, as a line is told it."""
    committed: dict[int, list[Told]] = {}
    for run in read_runs(folder / RECORDS_FILE):
        for attempt in (attempt for job in run.jobs for attempt in job.attempts if attempt.state == COMMITTED):
            car = attempt.car
            values = ShortResults.of(json_text(car.document())).characteristic_value[: len(car.characteristics)]
            row = (car.order.vin, car.order.sequence, car.verdict.value, values)
            committed.setdefault(car.order.sequence, []).append(row)
    return committed


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
