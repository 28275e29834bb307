"""``python -m benchmarks.factory.records``: a long shift put on record as a station does it, without the robot."""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
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

_HEADER = RunHeader(
    shift="long.csv", shift_sha256="a" * 64, plan="plan.yaml", plan_sha256="b" * 64, station="benchmark",
    robot="none", software="linewalker",
)  # fmt: skip
_NAME = Title(zh="左前门/左后门 间隙", en="left front door / rear door, gap")
_ENDS = 100
"""Cars at the beginning, and at the end, that are compared."""

Result = TypeVar("Result")


def measure_results(folder: Path, *, cars: int, characteristics: int) -> Iterator[Row]:
    """Commit every car, and bring results.json up to date after each; then read."""
    file, commits, updates = folder / "records.sqlite", list[float](), list[float]()
    with Records(file) as records:
        run = records.begin_run(_HEADER, expected=(_car(i, characteristics, came=False) for i in range(cars)))
        with ResultsFile(folder / "results.json", run) as results:
            for i in range(cars):
                car = _car(i, characteristics, came=True)
                commits.append(_time(lambda: run.commit(car)))  # noqa: B023
                updates.append(_time(lambda: results.update(car.order)))  # noqa: B023
        yield _percentiles("append a car (commit)", commits, must_p99=20.0)
        yield _percentiles(f"results.json, first {_ENDS} cars", updates[1:_ENDS])
        yield _percentiles(f"results.json, last {_ENDS} cars", updates[-_ENDS:])
        yield one("results.json, whole, at the end of the shift", _time(lambda: run.write_results(folder / "r")), "s")
        pages = [_time(lambda: _page(file, i)) for i in range(0, cars, max(1, cars // 200))]  # noqa: B023
    yield _percentiles("page of one car", pages, must_p99=50.0)
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0  # before a reader of everything takes his
    yield one("memory at most, whole process", memory_mb, "MB", must=300, digits=0)
    yield one("results of the shift, read", _time(lambda: _read(folder / "r")), "s", must=1.0)


def _page(file: Path, number: int) -> None:
    order = _order(number)
    job = read_job(file, order.vin)
    assert job[-1].jobs[-1].result.order == order


def _read(path: Path) -> None:
    with path.open("rb") as stream:
        json.load(stream)


def _time(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _percentiles(what: str, times_s: list[float], must_p99: float | None = None) -> Row:
    p50, p99 = (1e3 * np.percentile(times_s, [50, 99])).tolist()
    must = {} if must_p99 is None else {"p99": must_p99}
    return Row(what=what, values={"p50": p50, "p99": p99}, unit="ms", must=must)


def _order(number: int) -> BuildOrder:
    return BuildOrder(sequence=number + 1, vin=f"LSVAA49J{number:09d}", model="sedan", options={"paint": "red"})


def _car(number: int, characteristics: int, *, came: bool) -> CarResult:
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
    parser.add_argument("--cars", type=int, default=3000, help="of the shift")
    parser.add_argument("--characteristics", type=int, default=28, help="of a car")
    options = parser.parse_args()
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure_results(Path(folder), cars=options.cars, characteristics=options.characteristics)
        title = f"Records of {options.cars} cars with {options.characteristics} characteristics each"
        command = f"python -m benchmarks.factory.records --cars {options.cars}"
        sheet.show(title, rows, command)
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
