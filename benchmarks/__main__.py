"""``python -m benchmarks``: the numbers of the project, each with the command behind it."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.loop import measure_loop
from benchmarks.main_job import measure_main_job
from benchmarks.table import show


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cars", type=int, default=3, help="cars of the random shift; 0 leaves it out")
    parser.add_argument("--seed", type=int, default=1, help="of the random shift")
    parser.add_argument("--keep", type=Path, help="folder for the shift and its results; default one that is removed")
    options = parser.parse_args()
    show("Motion", measure_loop())
    if options.cars:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or Path(temporary)
            show(
                f"The main job, {options.cars} cars drawn at random",
                measure_main_job(folder, cars=options.cars, seed=options.seed),
            )


if __name__ == "__main__":
    main()
