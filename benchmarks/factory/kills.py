"""``python -m benchmarks.factory.kills``: kill -9 of station and line, at random and at every write; power cuts."""

from __future__ import annotations

import argparse
import os
import pickle
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.factory.cell import Cell, Tally, child
from benchmarks.factory.instant import shift_of
from benchmarks.factory.power import cut_again_and_again
from benchmarks.motion.__main__ import whole
from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output
from linewalker.station.simulated_station import SimulatedShift

_CARS = 12


def kill(shift: SimulatedShift, folder: Path, kills: int, seed: int) -> Tally:
    """Shift after shift, until so many died."""
    tally = Tally()
    chance = random.Random(seed)
    while tally.kills.total() < kills:
        place = folder / f"shift{tally.cars}"
        tally.add(Cell(shift, place, chance).work())
        shutil.rmtree(place)
    return tally


def at_once(work: Callable[[int], Tally], cells: int) -> Iterator[Tally]:
    """The same in several processes, each forked off this one, which has one thread."""
    ends = []
    for number in range(cells):
        reader, writer = os.pipe()
        child(lambda: _tell(writer, work(number)))  # noqa: B023
        os.close(writer)
        ends.append(reader)
    for reader in ends:
        with os.fdopen(reader, "rb") as stream:
            said = stream.read()
        if not said:
            raise SystemExit("a cell failed; see above")
        yield pickle.loads(said)
        os.wait()


def _tell(writer: int, tally: Tally) -> None:
    with os.fdopen(writer, "wb") as stream:
        stream.write(pickle.dumps(tally))


def rows(tally: Tally) -> Iterator[Row]:
    """What is left."""
    died = ", ".join(f"{count} of the {who}" for who, count in sorted(tally.kills.items()))
    yield Row(what="died", values={"": tally.kills.total()}, unit="times", digits=0, note=f"({died})")
    yield one("cars", tally.cars, digits=0)
    for what in ("lost", "differing", "doubled"):
        yield one(f"results {what}", getattr(tally, what), must=0, digits=0)
    if tally.resumed_s:
        p50, p99, worst = np.percentile(tally.resumed_s, [50, 99, 100])
        values = {"p50": p50, "p99": p99, "worst": worst}
        yield Row(what="from a start to the next car that is judged", values=values, unit="s", must={"worst": 15})


def main() -> None:
    """Kill and count."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.factory.kills", description=__doc__)
    parser.add_argument("--count", type=whole(1), default=10_000, help="kills")
    parser.add_argument("--cuts", type=whole(1), default=200, help="of the power")
    parser.add_argument("--cells", type=whole(1), default=6, help="stations with a line each, at the same time")
    parser.add_argument("--seed", type=int, default=0, help="of who dies when")
    given = parser.parse_args()
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shift = shift_of(folder / "files", _CARS)
        for title, option, count, work in (
            ("Power cuts: what was not synced is gone", "--cuts", given.cuts, cut_again_and_again),
            ("Kills (SIGKILL)", "--count", given.count, kill),
        ):
            each = -(-count // given.cells)
            tally = Tally()
            for part in at_once(lambda n: work(shift, folder / option / str(n), each, given.seed + n), given.cells):  # noqa: B023
                tally.add(part)
            sheet.show(title, rows(tally), f"python -m benchmarks.factory.kills {option} {count}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
