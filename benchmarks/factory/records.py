"""``python -m benchmarks.factory.records``: a long shift put on record as a station does it, without the robot."""

from __future__ import annotations

import argparse
import gc
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.archive import read_job
from linewalker.factory.records.records import NOT_YET, Records
from linewalker.factory.records.results import CarResult, CharacteristicResult, RunHeader
from linewalker.factory.records.results_file import ResultsFile
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict

HEADER = RunHeader(
    shift="long.csv", shift_sha256="a" * 64, plan="plan.yaml", plan_sha256="b" * 64, station="benchmark",
    robot="none", software="linewalker",
)  # fmt: skip
_NAME = Title(zh="左前门/左后门 间隙", en="left front door / rear door, gap")
Result = TypeVar("Result")
_ENDS = 100
"""Cars at the beginning, and at the end, that are compared."""


def measure(folder: Path, *, shifts: int, cars: int, characteristics: int) -> Iterator[Row]:
    """Commit every car, and bring results.json up to date after each car of the last shift; then read."""
    file, commits, updates = folder / "records.sqlite", Times(), Times()
    with Records(file) as records:
        for first in range(0, shifts * cars, cars):
            numbers = range(first, first + cars)
            expected = (judged_car(i, characteristics, came=False) for i in numbers)
            begin = Times()
            run = begin(lambda: records.begin_run(HEADER, expected=expected))  # noqa: B023
            last = first == (shifts - 1) * cars
            results = ResultsFile(folder / "results.json", run)
            with results if last else nullcontext():
                for i in numbers:
                    car = judged_car(i, characteristics, came=True)
                    commits(lambda: run.commit(car))  # noqa: B023
                    if last:
                        updates(lambda: results.update(car.order))  # noqa: B023
        yield one("a shift is put on record before its first car", begin.wall_s[0], "s")
        yield commits.row("append a car (commit)", must_p99=20.0)
        yield updates.row("results.json after a car, first 100", of=slice(1, _ENDS))
        yield updates.row("results.json after a car, last 100", of=slice(-_ENDS, None))
        written = Times()
        written(lambda: run.write_results(folder / "r"))
        yield one("results of the shift, written", written.wall_s[0], "s", must=1.0)
    pages = Times()
    for i in range(0, shifts * cars, max(1, shifts * cars // 200)):
        pages(lambda: _page(file, i))  # noqa: B023
    yield pages.row("page of one car", must_p99=50.0)
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0  # before a reader of everything takes his
    yield one("memory at most, whole process", memory_mb, "MB", must=300, digits=0)
    read = Times()
    read(lambda: _read(folder / "r"))
    yield one(f"results of the shift, read ({(folder / 'r').stat().st_size / 1e6:.0f} MB)", read.wall_s[0], "s")


class Times:
    """How long calls take: by the clock on the wall, and of the processor."""

    def __init__(self) -> None:
        self.wall_s: list[float] = []
        self.cpu_s: list[float] = []

    def __call__(self, call: Callable[[], Result]) -> Result:
        wall_s, cpu_s = time.perf_counter(), time.process_time()
        result = call()
        self.wall_s.append(time.perf_counter() - wall_s)
        self.cpu_s.append(time.process_time() - cpu_s)
        return result

    def row(self, what: str, *, must_p99: float | None = None, of: slice = slice(None)) -> Row:
        """Of some of them."""
        p50, p99 = (1e3 * np.percentile(self.wall_s[of], [50, 99])).tolist()
        cpu_p99 = 1e3 * float(np.percentile(self.cpu_s[of], 99))
        must = {} if must_p99 is None else {"p99": must_p99}
        return Row(what=what, values={"p50": p50, "p99": p99, "p99 of CPU time": cpu_p99}, unit="ms", must=must)


def _page(file: Path, number: int) -> None:
    order = _order(number)
    job = read_job(file, order.vin)
    assert job[-1].jobs[-1].result.order == order


def _read(path: Path) -> None:
    with path.open("rb") as stream:
        json.load(stream)


def _order(number: int) -> BuildOrder:
    return BuildOrder(sequence=number + 1, vin=f"LSVAA49J{number:09d}", model="sedan", options={"paint": "red"})


def judged_car(number: int, characteristics: int, *, came: bool) -> CarResult:
    random = np.random.default_rng(number)
    verdict, reason = (Verdict.OK, Reason.INSIDE_TOLERANCE) if came else (Verdict.NOT_DECIDABLE, Reason.NOT_INSPECTED)
    return CarResult(
        order=_order(number),
        characteristics=tuple(
            CharacteristicResult(
                id=f"GAP-{i:03d}", title=_NAME, method="gap", feature="front_door_left/rear_door_left",
                severity="major", unit="mm", nominal=4.0, lower=3.3, upper=4.7,
                value=float(random.normal(4.0, 0.1)) if came else None, expanded_uncertainty=0.06 if came else None,
                verdict=verdict, reason=reason, time_s=60.0 * number,
                evidence=f"evidence/LSVAA49J{number:09d}/1-1/GAP-{i:03d}.svg" if came else None,
            )
            for i in range(characteristics)
        ),
        began_s=60.0 * number if came else 0.0,
        finished_s=60.0 * number + 50.0 if came else 0.0,
        takt_limit_s=300.0,
        interrupted=None if came else NOT_YET,
        inspected=came,
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.factory.records", description=__doc__)
    parser.add_argument("--shifts", type=int, default=1, help="one after the other, into the same records")
    parser.add_argument("--cars", type=int, default=3000, help="of a shift")
    parser.add_argument("--characteristics", type=int, default=28, help="of a car")
    options = parser.parse_args()
    sheet = Sheet()
    gc.freeze()  # as a station does
    with tempfile.TemporaryDirectory() as folder:
        given = {name: getattr(options, name) for name in ("shifts", "cars", "characteristics")}
        title = "Records of {shifts} shifts, {cars} cars each, {characteristics} characteristics each".format(**given)
        command = " ".join(("python -m benchmarks.factory.records", *(f"--{name} {n}" for name, n in given.items())))
        sheet.show(title, measure(Path(folder), **given), command)
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
