"""Run as a program: a station kills itself (SIGKILL) at every n-th write of a shift, one child each.

Prints one JSON line per child: what it had said it kept, and what results.json says afterwards.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from linewalker.console.commands import write_results_again
from linewalker.errors import InputError
from linewalker.station.simulated_station import SimulatedShift
from tests.station.accounts import half_written, judged_in, results_of
from tests.station.cheap_station import Watcher, cheap_shift, work
from tests.station.full_disk import Disk, writing_to

_EVERY = 4


def work_and_die(shift: SimulatedShift, folder: Path, die_at: int, said: int) -> None:
    watcher = Watcher()

    def die(_refuse: object) -> None:
        os.write(said, json.dumps(sorted(watcher.kept)).encode())
        os.kill(os.getpid(), signal.SIGKILL)

    with writing_to(Disk(die_at, die)):
        work(shift, folder, watcher)
    os._exit(0)


def child_dies(shift: SimulatedShift, folder: Path, die_at: int) -> list[list[object]] | None:
    """What the child had kept when it died; None if it lived."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        work_and_die(shift, folder, die_at, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None


def main(folder: Path) -> None:
    shift = cheap_shift(folder / "files", cars=2)
    die_at = 30  # until then tables are made, about
    while (kept := child_dies(shift, folder / str(die_at), die_at)) is not None:
        left = len(half_written(folder / str(die_at)))
        try:
            write_results_again(folder / str(die_at))
        except InputError:
            assert not kept, kept  # it died before the shift was on record
            die_at += 1
            continue
        results = results_of(folder / str(die_at))
        found = {
            "vins": [car["vin"] for car in results["cars"]],
            "why": [car["reason"]["en"] for car in results["cars"] if car["interrupted"]],
            "kept": kept,
            "found": sorted(judged_in(results)),
            "half_written": left,
        }
        print(json.dumps({"died_at": die_at, **found}))
        die_at += _EVERY


if __name__ == "__main__":
    main(Path(sys.argv[1]))
