"""What is left of a shift in which something goes badly wrong: are all cars accounted for, is all kept that was judged?

``python -m benchmarks.mishaps --mishap killed --cars 20 --car 7`` works a random shift in true physics, in a process of
its own; the mishap comes at a random stop of that car. Then ``linewalker report`` is asked.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import mujoco
import numpy as np

from benchmarks.random_shift import draw_shift
from linewalker.brain.inspector import VisitReport
from linewalker.console.commands import write_results_again
from linewalker.console.report import write_report
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult
from linewalker.station.inputs import load_models
from linewalker.station.run_folder import RECORDS_FILE, REPORT_FILE, RESULTS_FILE
from linewalker.station.run_shift import work_shift
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import Station, build, read_simulated_shift

SEAMS, PARTS = 10, 7
_PUSH_M_S = 4.0  # no robot takes that


class Mishap(StrEnum):
    """What goes wrong."""

    NONE = "none"
    KILLED = "killed"
    CRASHED = "crashed"
    DISK_FULL = "disk-full"
    FALLEN = "fallen"


@dataclass(frozen=True, kw_only=True)
class Account:
    """What the folder says afterwards.

    Attributes:
        states: of every car of the shift in its order: judged, interrupted, not_inspected.
        said: (VIN, characteristic) of everything the robot judged, as its observer heard.
        lost: of those, what stands nowhere in the results.
        missing_in_report: VINs that the report does not mention.
        unexplained: VINs of cars that are not judged and have no reason.
    """

    states: tuple[str, ...]
    said: frozenset[tuple[str, str]]
    lost: frozenset[tuple[str, str]]
    missing_in_report: frozenset[str]
    unexplained: frozenset[str]

    @property
    def whole(self) -> bool:
        """Whether nothing and nobody is missing."""
        return not (self.lost or self.missing_in_report or self.unexplained)


def account_of(folder: Path, mishap: Mishap, *, cars: int, car: int, seed: int) -> Account:
    """Work a shift with a mishap in one of its cars (from 1), and look what is left."""
    words = ["--mishap", mishap, "--cars", str(cars), "--car", str(car), "--seed", str(seed), "--inside", str(folder)]
    subprocess.run([sys.executable, "-m", "benchmarks.mishaps", *words], check=False)
    out = folder / "out"
    write_results_again(out)
    page = write_report(out / RECORDS_FILE, out / REPORT_FILE).read_text(encoding="utf-8")
    results = json.loads((out / RESULTS_FILE).read_text(encoding="utf-8"))
    said = frozenset(tuple(json.loads(line)) for line in (folder / "said").read_text(encoding="utf-8").splitlines())
    left_over = {"aborted", "robot_fell", "not_inspected", "takt_expired"}
    kept = {
        (found["vin"], entry["id"])
        for found in results["cars"]
        for entry in found["characteristics"]
        if entry["reason"]["code"] not in left_over
    }
    return Account(
        states=tuple(found["state"] for found in results["cars"]),
        said=said,
        lost=said - kept,
        missing_in_report=frozenset(found["vin"] for found in results["cars"] if found["vin"] not in page),
        unexplained=frozenset(
            found["vin"] for found in results["cars"] if found["state"] != "judged" and not found["reason"]["en"]
        ),
    )


class _Saying:
    """Writes down what was judged, and makes the mishap happen some ticks after a stop of one car."""

    def __init__(self, said: Path, station: Station, mishap: Callable[[], None], car: int, rng: np.random.Generator):
        self._said = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._car, self._cars, self._visit = car, 0, int(rng.integers(1, 8))
        self._ticks_left, self._mishap = -1, mishap
        self._vin, self._ticks = "", int(rng.integers(1, 4000))
        station.operator.on_tick.append(self._tick)

    def car_begins(self, order: BuildOrder, visits: int) -> None:
        self._cars += order.vin != self._vin  # one that was broken off begins anew
        self._vin = order.vin
        self._visit = min(self._visit, visits)
        print(f"  {order.vin}: {visits} visits", flush=True)

    def visit_done(self, report: VisitReport) -> None:
        for judgement in report.judgements:
            os.write(self._said, (json.dumps([self._vin, judgement.characteristic]) + "\n").encode())
        self._visit -= self._cars == self._car
        if self._cars == self._car and self._visit == 0:
            self._ticks_left = self._ticks

    def car_done(self, car: CarResult) -> None:
        print(f"  {car.state.value}: {car.verdict.name}", flush=True)

    def _tick(self) -> None:
        self._ticks_left -= 1
        if self._ticks_left == 0:
            self._mishap()


def _happening(mishap: Mishap, station: Station) -> Callable[[], None]:
    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def crash() -> None:
        raise KeyError("a bug in the middle of the work")

    def fill_disk() -> None:
        def full(_descriptor: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        os.fsync = full

    def push() -> None:
        scene: Any = station.plant.scene
        floating = np.flatnonzero(scene.model.jnt_type == mujoco.mjtJoint.mjJNT_FREE)[0]
        scene.data.qvel[scene.model.jnt_dofadr[floating]] += _PUSH_M_S

    calls = {Mishap.KILLED: kill, Mishap.CRASHED: crash, Mishap.DISK_FULL: fill_disk, Mishap.FALLEN: push}
    return calls.get(mishap, lambda: None)


def _work_inside(folder: Path, mishap: Mishap, *, cars: int, car: int, seed: int) -> None:
    drawn = draw_shift(folder, load_models(), cars=cars, seams=SEAMS, parts=PARTS, seed=seed)
    files = ShiftFiles(shift=drawn.shift, plan=drawn.plan, world=drawn.world, robot="g1", seed=seed)
    shift = read_simulated_shift(files)
    station = build(shift)
    rng = np.random.default_rng([seed, car])
    watching = _Saying(folder / "said", station, _happening(mishap, station), car, rng)
    work_shift(shift, station, folder / "out", watching)


def main() -> int:
    """Returns 0 if everything is accounted for."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.mishaps", description=__doc__)
    reader.add_argument("--mishap", type=Mishap, choices=list(Mishap), default=Mishap.KILLED)
    reader.add_argument("--cars", type=int, default=3)
    reader.add_argument("--car", type=int, default=2, help="in which it happens, from 1")
    reader.add_argument("--seed", type=int, default=0)
    reader.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    told = reader.parse_args()
    if told.inside is not None:
        _work_inside(told.inside, told.mishap, cars=told.cars, car=told.car, seed=told.seed)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        account = account_of(Path(folder), told.mishap, cars=told.cars, car=told.car, seed=told.seed)
    print(f"{told.mishap} in car {told.car} of {told.cars}: {', '.join(account.states)}")
    print(f"judged {len(account.said)}, lost {len(account.lost)}, {'all accounted for' if account.whole else account}")
    return 0 if account.whole else 1


if __name__ == "__main__":
    sys.exit(main())
