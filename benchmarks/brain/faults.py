"""Faults in a shift in true physics: does each end finished or safely stopped, its reason in the journal, nothing lost?

``python -m benchmarks.brain.faults`` works two cars, a seam on the one and a part on the other, once for every fault.
``--only WORD`` takes those with the word in their name.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.table import Row, Sheet
from linewalker.brain.inspector import VisitReport
from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.journal import read_journal
from linewalker.brain.navigator import Patience
from linewalker.brain.route import disc
from linewalker.console.streams import steady_output
from linewalker.errors import SensorFailed, StorageFault
from linewalker.factory.records.records import Records
from linewalker.geometry import Pose
from linewalker.limbs.robot import Readings
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.simulated_workplace import simulated_workplace
from linewalker.station.acting.workplace import Workplace
from linewalker.station.approval.performer import Draft, Phase
from linewalker.station.run_folder import JOURNAL_FILE, RECORDS_FILE
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import SimulatedShift, read_simulated_shift

ROOT = Path(__file__).parents[2]
GOALS = (
    Goal(skill="inspect", slots={"ids": ("L2-gap",), "vin": "7371"}),
    Goal(skill="inspect", slots={"ids": ("P6",), "vin": "7372"}),
)
WALKING_S, SCANNING_S, LOOKING_S = 4.5, 10.5, 29.0
"""Robot times at which it walks to the seam, scans it, and is about to look at the part."""
_LONGEST_S = 900.0


@dataclass
class Stage:
    """A station at work, and ways to make things go wrong in it.

    Attributes:
        place, performer: who works.
        judged: values that were judged, as whoever watches heard of them.
    """

    place: Workplace
    performer: StationPerformer
    judged: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def robot(self) -> Any:
        """The simulated robot, with its physics."""
        return self.place.operator.robot

    @property
    def crew(self) -> Any:
        """Inspector and plant."""
        return self.place.runner._crew

    def at(self, time_s: float, do: Callable[[], object]) -> None:
        """Do something at a robot time."""
        due = [do]
        self.place.operator.on_tick.append(
            lambda: due.pop()() if due and self.place.operator.now_s >= time_s else None  # type: ignore[func-returns-value]
        )

    def push(self, speed_m_s: float) -> None:
        """From its right, all at once."""
        self.robot.data.qvel[1] += speed_m_s

    def feels(self, change: Callable[[Readings], Readings], since_s: float, until_s: float) -> None:
        """Changes what the robot feels for a while."""
        sense = self.robot.sense

        def changed() -> Readings:
            readings = sense()
            return change(readings) if since_s <= readings.time_s < until_s else readings

        self.robot.sense = changed

    def fails(self, sensor: str, times: int) -> None:
        """A sensor gives nothing so many times."""
        take, left = getattr(self.robot, sensor), [times]

        def failing(name: str) -> Any:
            if left[0] > 0:
                left[0] -= 1
                raise SensorFailed(f"the {name} gives no data")
            return take(name)

        setattr(self.robot, sensor, failing)

    def gives(self, sensor: str, change: Callable[[Any], Any]) -> None:
        """A sensor gives something else."""
        take = getattr(self.robot, sensor)
        setattr(self.robot, sensor, lambda name: change(take(name)))

    def stands(self, x: float, y: float, since_s: float, until_s: float) -> None:
        """Somebody is reported on the floor for a while."""
        operator, outline = self.place.operator, disc(x, y, 0.3)
        navigator = self.crew.inspector.navigator
        navigator.obstacles = lambda: (outline,) if since_s <= operator.now_s < until_s else ()

    def breaks(self, error: Exception) -> None:
        """The first scan ends in an error that nobody foresaw."""
        skill = self.crew.inspector._skills["scan_seam"]
        do, left = skill.do, [error]

        def broken(values: Any, site: Any) -> Iterator[None]:
            if left:
                raise left.pop()
            return (yield from do(values, site))

        skill.do = broken

    def late(self, by_s: float) -> None:
        """The first car takes longer."""
        bring, operator, left = self.crew.plant.bring, self.place.operator, [by_s]

        def slowly(order: Any) -> Iterator[None]:
            yield from operator.wait(left.pop() if left else 0.0)
            yield from bring(order)

        self.crew.plant.bring = slowly

    def disk_full(self) -> None:
        """No record is taken any more."""

        def refuse(*_: object) -> None:
            raise StorageFault("no space left")

        self.place.runner._archive.records.keep = refuse  # type: ignore[union-attr,method-assign,assignment]


def _blind(readings: Readings) -> Readings:
    return replace(readings, fix=None, tool_fixes=())


def _elsewhere(readings: Readings) -> Readings:
    if readings.fix is None:
        return readings
    return replace(readings, fix=replace(readings.fix, X_WT=Pose.planar(0.6, 0.0, 0.0) @ readings.fix.X_WT))


def _senseless(readings: Readings) -> Readings:
    return replace(readings, gyro_rad_s=np.full(3, np.nan))


def _black(image: Any) -> Any:
    return replace(image, rgb=np.zeros_like(image.rgb))


def _empty(profile: Any) -> Any:
    return replace(profile, z_mm=np.full_like(profile.z_mm, np.nan))


Fault = Callable[[Stage], object]
FAULTS: dict[str, tuple[Fault, tuple[Phase, ...], str]] = {
    "nothing": (lambda _: None, (Phase.DONE,), "order_done"),
    "a push while it walks": (lambda s: s.at(WALKING_S, lambda: s.push(0.4)), (Phase.DONE,), "order_done"),
    "a push while it scans": (lambda s: s.at(SCANNING_S, lambda: s.push(0.5)), (Phase.DONE,), "order_done"),
    "a push it can not take": (lambda s: s.at(WALKING_S, lambda: s.push(4.0)), (Phase.FAILED,), "order_failed"),
    "the scanner is silent once": (lambda s: s.fails("scan", 1), (Phase.DONE,), "visit_repeated"),
    "the scanner is silent": (lambda s: s.fails("scan", 10**6), (Phase.DONE,), "visit_failed"),
    "profiles without numbers": (lambda s: s.gives("scan", _empty), (Phase.DONE,), "order_done"),
    "the camera is silent once": (lambda s: s.fails("look", 1), (Phase.DONE,), "visit_repeated"),
    "the camera is silent": (lambda s: s.fails("look", 10**6), (Phase.DONE,), "visit_failed"),
    "black pictures": (lambda s: s.gives("look", _black), (Phase.DONE,), "order_done"),
    "nobody sees it for 4 s": (lambda s: s.feels(_blind, 4.0, 8.0), (Phase.DONE,), "place_found"),
    "nobody sees it any more": (lambda s: s.feels(_blind, 4.0, 1e9), (Phase.STOPPED,), "place_given_up"),
    "it is seen elsewhere": (lambda s: s.feels(_elsewhere, 4.0, 7.0), (Phase.STOPPED, Phase.DONE), "stopped"),
    "a gyro without sense for 60 ms": (lambda s: s.feels(_senseless, 4.5, 4.56), (Phase.DONE,), "order_done"),
    "a gyro without sense for good": (lambda s: s.feels(_senseless, 4.5, 1e9), (Phase.FAILED,), "order_failed"),
    "a pallet in the way": (lambda s: s.stands(0.2, -1.75, 4.0, 1e9), (Phase.DONE,), "order_done"),
    "somebody at the seam for 8 s": (lambda s: s.stands(1.45, -1.5, 0.0, 12.0), (Phase.DONE,), "way_waited_for"),
    "a pallet at the seam": (lambda s: s.stands(1.45, -1.5, 0.0, 1e9), (Phase.DONE,), "way_given_up"),
    "the car is late": (lambda s: s.late(10.0), (Phase.DONE,), "car_came"),
    "the car never comes": (lambda s: s.late(1e9), (Phase.DONE,), "car_late"),
    "a skill with a bug": (lambda s: s.breaks(KeyError("trim")), (Phase.DONE,), "visit_failed"),
    "somebody says stop": (lambda s: s.at(WALKING_S, s.performer.request_stop), (Phase.STOPPED,), "stop_asked"),
    "stop while it scans": (lambda s: s.at(SCANNING_S, s.performer.request_stop), (Phase.STOPPED,), "stop_asked"),
    "somebody pauses for 3 s": (
        lambda s: (s.at(WALKING_S, s.performer.pause), s.at(WALKING_S + 3.0, s.performer.resume)),
        (Phase.DONE,),
        "held",
    ),
    "somebody cancels": (lambda s: s.at(SCANNING_S, s.performer.cancel), (Phase.CANCELLED,), "order_cancelled"),
    "the robot does not answer": (lambda s: s.at(WALKING_S, lambda: s.robot.close()), (Phase.FAILED,), "order_failed"),
    "the disk is full": (lambda s: s.at(SCANNING_S, s.disk_full), (Phase.FAILED,), "order_failed"),
}
"""Name -> what goes wrong, how it may end, and what has to stand in the journal."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """What became of one fault.

    Attributes:
        phase: how the order ended.
        reason: whether the journal says why.
        lost, doubled: values that were judged and do not stand on record once.
        time_s: robot time it took.
    """

    phase: Phase
    reason: bool
    lost: int
    doubled: int
    time_s: float

    @property
    def accounted(self) -> bool:
        """Nothing lost, nothing doubled, and why is on record."""
        return self.reason and not self.lost and not self.doubled


@contextmanager
def _watched(stage: Stage) -> Iterator[None]:
    """Whoever watches hears of every value before it goes on record."""
    heard = stage.crew.inspector.on_visit

    def hear(report: VisitReport) -> None:
        stage.judged += [(j.characteristic, j.value) for j in report.judgements if j.value is not None]
        heard(report)

    stage.crew.inspector.on_visit = hear
    yield


def measure(shift: SimulatedShift, name: str, folder: Path) -> Account:
    """One shift with one fault."""
    inject, _, told = FAULTS[name]
    with simulated_workplace(shift, folder) as place, StationPerformer(place) as performer:
        stage = Stage(place, performer)
        stage.crew.inspector.navigator.patience = Patience(walk_s=60.0, way_s=10.0, place_s=6.0)
        with _watched(stage):
            draft = performer.prepare(GOALS)
            assert isinstance(draft, Draft)
            inject(stage)
            against = performer.begin("F", GOALS, draft.plan)
            assert against is None
            performer.wait(_LONGEST_S)
            phase, time_s = performer.progress().phase, place.operator.now_s
    with Records(folder / RECORDS_FILE) as book:
        run = book.last_run()
        cars = () if run is None else run.cars()
    kept = Counter((e.id, e.value) for car in cars for e in car.characteristics if e.value is not None)
    judged = Counter(stage.judged)
    codes = {entry.code for entry in read_journal(folder / JOURNAL_FILE)}
    return Account(
        phase=phase,
        reason=told in codes,
        lost=sum((judged - kept).values()),
        doubled=sum((kept - judged).values()),
        time_s=time_s,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.brain.faults", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="faults with this word in their name")
    options = parser.parse_args()
    names = [name for name in FAULTS if options.only in name]
    if not names:
        parser.error(f"--only {options.only}: no fault has this in its name; there are {', '.join(FAULTS)}")
    examples = ROOT / "examples"
    files = ShiftFiles(
        shift=examples / "shift.csv", plan=examples / "plan.yaml", world=examples / "world.yaml", robot="g1", seed=1
    )
    shift, rows, good = read_simulated_shift(files), list[Row](), 0
    for name in names:
        with tempfile.TemporaryDirectory() as temporary:
            found = measure(shift, name, Path(temporary))
        well = found.accounted and found.phase in FAULTS[name][1]
        good += well
        said = f"{found.phase.value}, lost {found.lost}, doubled {found.doubled}, in {found.time_s:.0f} s"
        print(f"{name}: {'well' if well else 'NOT WELL'}; {said}; reason on record: {found.reason}", flush=True)
        rows.append(Row(what=name, values={"": float(well)}, must={"": 1.0}, at_least=True, digits=0, note=said))
    whole = Row(what="all", values={"": float(good)}, must={"": float(len(names))}, at_least=True, digits=0)
    sheet = Sheet()
    words = f" --only {options.only}" if options.only else ""
    sheet.show("Faults in a shift that end well", [*rows, whole], f"python -m benchmarks.brain.faults{words}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
