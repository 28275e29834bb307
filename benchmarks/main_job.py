"""The main job on random shifts: accuracy, what is found, takt, speed of the whole run with rendering."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks.random_shift import draw_shift
from benchmarks.table import Row
from linewalker.brain.inspector import StopReport
from linewalker.factory.results import CarResult
from linewalker.factory.shift import BuildOrder
from linewalker.station.inputs import load_models
from linewalker.station.shift import ShiftFiles, build, clear_folder, read_shift_files, work_shift
from linewalker.study.score import score_run

SEAMS, PARTS = 10, 7


class _Quiet:
    """Prints a line per car."""

    def car_begins(self, order: BuildOrder, stops: int) -> None:
        print(f"  {order.vin} {order.model}: {stops} stops", flush=True)

    def stop_done(self, report: StopReport) -> None:
        pass

    def car_done(self, car: CarResult) -> None:
        print(f"  {car.verdict.name} in {car.takt_s:.0f} s of robot time", flush=True)


def work_random_shift(folder: Path, *, cars: int, seed: int) -> tuple[dict[str, Any], float]:
    """Draw a shift, work through it, score it; returns the score, and robot time over wall time."""
    drawn = draw_shift(folder, load_models(), cars=cars, seams=SEAMS, parts=PARTS, seed=seed)
    files = ShiftFiles(shift=drawn.shift, plan=drawn.plan, world=drawn.world, robot="g1", seed=seed)
    shift = read_shift_files(files)
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
    command = f"python -m benchmarks --cars {cars} --seed {seed}"
    judged, undecided = overall["count"], overall["undecided"]
    return [
        Row("gap and flush, 95 % within", f"{overall['p95_mm']:.3f} mm", "0.10 mm", command),
        Row("gap and flush, worst", f"{overall['worst_mm']:.3f} mm", "0.25 mm", command),
        Row("really NOK: found / missed", f"{overall['found']} / {overall['misses']}", "all found", command),
        Row("false NOK", str(overall["false_alarms"]), "0", command),
        Row("NOT_DECIDABLE", f"{undecided} of {judged} ({undecided / judged:.1%})", "2 %", command),
        Row("falls / touches", f"{score['falls']} / {score['contacts']}", "0 / 0", command),
        Row("longest takt", f"{score['longest_takt_s']:.0f} s", "240 s", command),
        Row("whole run against wall time, rendering included", f"{pace:.1f} x", "2 x", command),
    ]
