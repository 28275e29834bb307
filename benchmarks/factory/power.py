"""A station whose power is cut again and again in the middle of a shift: it goes on with what was synced."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.station.cheap_station import Port, Watcher, cheap_station
from tests.station.full_disk import Disk, writing_to

from benchmarks.factory.cell import Tally, child, committed_in
from benchmarks.factory.instant import GREATEST_START_S, LineBook
from benchmarks.factory.platter import Platter
from linewalker.factory.handshake.job import CommittedResult
from linewalker.factory.handshake.short_results import ShortResults
from linewalker.station.program import StationProgram
from linewalker.station.run_folder import RESULTS_FILE
from linewalker.station.run_shift import crew_of, open_desk
from linewalker.station.simulated_station import SimulatedShift

_MOST_WRITES = 350


class _Heard(Port):
    """A line that is not in the power cut: what it was told stays."""

    def __init__(self, shift: SimulatedShift, book: LineBook):
        super().__init__(shift.orders)
        self._book = book

    def finish(self, result: CommittedResult, ids: Sequence[str] = ()) -> bool:
        values = ShortResults.of(result.document, ids).characteristic_value
        self._book.note((result.vin, result.sequence, int(result.result), tuple(values[: len(ids)])))
        return True


def _work(shift: SimulatedShift, platter: Platter, book: LineBook, cut_at: int, synced: Path) -> None:
    """Go on with the shift until the power is cut at the n-th write, or the shift is over."""

    def cut(_: object) -> None:
        synced.write_bytes(pickle.dumps(platter))
        os.kill(os.getpid(), 9)

    disk = Disk(cut_at, cut)
    platter.mount()
    platter.watch(lambda: disk.take(lambda: None))
    station = cheap_station(shift, Watcher())
    station.operator.now_s = random.SystemRandom().uniform(0.0, GREATEST_START_S)
    port = _Heard(shift, book)
    with writing_to(disk), open_desk(shift, station, platter.root, resume=True) as desk:
        StationProgram(port, crew_of(station, real_time=False), desk, Watcher()).serve(port.done)


def cut_again_and_again(shift: SimulatedShift, folder: Path, cuts: int, seed: int) -> Tally:
    """Shift after shift, each from cut to cut, until the power failed so often."""
    tally, chance = Tally(), random.Random(seed)
    while tally.kills.total() < cuts:
        place = folder / f"shift{tally.cars}"
        book = LineBook(place / "line.jsonl")
        (place / "0").mkdir(parents=True)
        for turn in range(10_000):
            platter = Platter(root=place / str(turn), links=place / f"links{turn}")
            cut_at, synced = chance.randint(1, _MOST_WRITES), place / "synced"
            process = child(lambda: _work(shift, platter, book, cut_at, synced))  # noqa: B023
            _, status = os.waitpid(process, 0)
            if status == 0:
                break
            if not synced.exists():
                raise RuntimeError(f"the station in {place} failed: {status}")
            some = random.Random(chance.random()) if turn % 2 else None
            tally.kills["power cut, part of it kept" if turn % 2 else "power cut"] += 1
            pickle.loads(synced.read_bytes()).after_a_cut(place / str(turn + 1), some)
            synced.unlink()
            _account(tally, book, place / str(turn + 1))
        tally.cars += len(shift.orders)
        tally.lost += sum(order.sequence not in committed_in(place / str(turn)) for order in shift.orders)
        shutil.rmtree(place)
    return tally


def _account(tally: Tally, book: LineBook, folder: Path) -> None:
    """What the line was told is there after the cut, whole, once, with its pictures; results.json can be read."""
    told_so_far = book.read()
    committed = committed_in(folder) if told_so_far else {}  # before, there may be no tables yet
    for told in told_so_far:
        rows = committed.get(told[1], [])
        tally.lost += not rows
        tally.differing += bool(rows) and told not in rows
    tally.doubled += sum(len(rows) - 1 for rows in committed.values())
    if (folder / RESULTS_FILE).exists():
        cars = json.loads((folder / RESULTS_FILE).read_text(encoding="utf-8"))["cars"]
        pictures = [entry["evidence"] for car in cars if car["state"] == "judged" for entry in car["characteristics"]]
        tally.lost += sum(not (folder / picture).is_file() or not (folder / picture).stat().st_size
                          for picture in pictures if picture)  # fmt: skip
