"""Run as a program, as root of a namespace: a shift on file systems of growing size, until one is large enough.

Prints one JSON line per size: how the shift ended, what had been kept, and what results.json says when there is space.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from linewalker.console.commands import write_results_again
from linewalker.errors import StorageFault
from linewalker.station.run_folder import RECORDS_FILE
from tests.station.accounts import half_written, judged_in, results_of
from tests.station.cheap_station import Watcher, cheap_shift, work

_FIRST_KIB, _STEP_KIB = 200, 28


def main(folder: Path) -> None:
    shift = cheap_shift(folder / "files")
    kib, ended = _FIRST_KIB, ""
    while ended != "well":
        disk, watcher = folder / f"{kib}", Watcher()
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "none", disk], check=True)
        ended = "well"
        try:
            work(shift, disk, watcher)
        except StorageFault as error:
            ended = type(error).__name__
        assert half_written(disk) == []
        if (disk / "results.json").exists():
            results_of(disk)
        if watcher.judged:
            subprocess.run(["mount", "-o", "remount,size=9m", disk], check=True)
            write_results_again(disk)
            results = results_of(disk)
            vins = [car["vin"] for car in results["cars"]]
            found = {"vins": vins, "kept": sorted(watcher.kept), "found": sorted(judged_in(results))}
            print(json.dumps({"kib": kib, "ended": ended, **found}))
        assert (disk / RECORDS_FILE).exists() or not watcher.judged
        subprocess.run(["umount", disk], check=True)
        kib += _STEP_KIB


if __name__ == "__main__":
    main(Path(sys.argv[1]))
