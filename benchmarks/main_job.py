"""The main job on random shifts: accuracy, what is found, takt, speed of the whole run with rendering."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks.random_shift import draw_shift
from benchmarks.table import Row, one
from linewalker.brain.inspector import VisitReport
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult
from linewalker.station.inputs import load_models
from linewalker.station.run_folder import clear_folder
from linewalker.station.run_shift import work_shift
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import build, read_simulated_shift
from linewalker.study.score import score_run

SEAMS, PARTS = 10, 7


class _Quiet:
    """Prints a line per car."""

    def car_begins(self, order: BuildOrder, visits: int) -> None:
        print(f"  {order.vin} {order.model}: {visits} visits", flush=True)

    def visit_done(self, report: VisitReport) -> None:
        pass

    def car_done(self, car: CarResult) -> None:
        print(f"  {car.verdict.name} in {car.takt_s:.0f} s of robot time", flush=True)


def work_random_shift(folder: Path, *, cars: int, seed: int) -> tuple[dict[str, Any], float]:
    """Draw a shift, work through it, score it; returns the score, and robot time over wall time."""
    drawn = draw_shift(folder, load_models(), cars=cars, seams=SEAMS, parts=PARTS, seed=seed)
    files = ShiftFiles(shift=drawn.shift, plan=drawn.plan, world=drawn.world, robot="g1", seed=seed)
    shift = read_simulated_shift(files)
    out = folder / "out"
    clear_folder(out)
    station = build(shift)
    began_s, began = station.operator.now_s, time.monotonic()
    work_shift(shift, station, out, _Quiet())
    return score_run(out), (station.operator.now_s - began_s) / (time.monotonic() - began)


def measure_main_job(folder: Path, *, cars: int, seed: int) -> list[Row]:
    """The numbers of a random shift."""
    score, pace = work_random_shift(folder, cars=cars, seed=seed)
    overall = score["overall"]
    judged, undecided = overall["count"], overall["undecided"]
    return [
        one("gap and flush, 95 % within", overall["p95_mm"], "mm", must=0.10, digits=3),
        one("gap and flush, worst", overall["worst_mm"], "mm", must=0.25, digits=3),
        one("really NOK: found", overall["found"], digits=0),
        one("really NOK: missed", overall["misses"], must=0, digits=0),
        one("false NOK", overall["false_alarms"], must=0, digits=0),
        one(f"NOT_DECIDABLE, of {judged}", 100 * undecided / judged, "%", must=2, digits=1),
        one("falls", score["falls"], must=0, digits=0),
        one("touches", score["contacts"], must=0, digits=0),
        one("longest takt", score["longest_takt_s"], "s", must=240, digits=0),
        one("whole run against wall time, rendering included", pace, "x", must=2, at_least=True, digits=1),
    ]
