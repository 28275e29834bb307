"""``python -m benchmarks``: the numbers of the main job, on a shift drawn at random."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.main_job import measure_main_job
from benchmarks.table import Sheet
from linewalker.console.streams import steady_output


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cars", type=int, default=3, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="of the random shift")
    parser.add_argument("--keep", type=Path, help="folder for the shift and its results; default one that is removed")
    options = parser.parse_args()
    if options.cars < 1:
        parser.error(f"--cars {options.cars}: expected at least 1")
    with tempfile.TemporaryDirectory() as temporary:
        rows = measure_main_job(options.keep or Path(temporary), cars=options.cars, seed=options.seed)
    sheet = Sheet()
    title = f"The main job, {options.cars} cars drawn at random"
    sheet.show(title, rows, f"python -m benchmarks --cars {options.cars} --seed {options.seed}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
