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
from dataclasses import dataclass
from pathlib import Path

from benchmarks.brain.fault_stage import Stage, ahead, black, blind, elsewhere, empty, senseless
from benchmarks.table import Row, Sheet
from linewalker.brain.inspector import VisitReport
from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.journal import read_journal
from linewalker.brain.navigator import Patience
from linewalker.console.streams import steady_output
from linewalker.factory.records.records import Records
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.simulated_workplace import simulated_workplace
from linewalker.station.approval.performer import Draft, Phase
from linewalker.station.run_folder import JOURNAL_FILE, RECORDS_FILE
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import SimulatedShift, read_simulated_shift

ROOT = Path(__file__).parents[2]
GOALS = (
    Goal(skill="inspect", slots={"ids": ("L2-gap",), "vin": "7371"}),
    Goal(skill="inspect", slots={"ids": ("P6",), "vin": "7372"}),
)
WALKING_S, REACHING_S, SCANNING_S = 4.5, 9.5, 10.5
"""Robot times at which it walks to the seam, reaches out to it, and scans it."""
_LONGEST_S = 900.0


Fault = Callable[[Stage], object]


def _cancelled_at(code: str) -> Fault:
    return lambda stage: stage.when(code, stage.performer.cancel)


FAULTS: dict[str, tuple[Fault, tuple[Phase, ...], str]] = {
    "nothing": (lambda _: None, (Phase.DONE,), "order_done"),
    "a push while it walks": (lambda s: s.at(WALKING_S, lambda: s.push(0.4)), (Phase.DONE,), "order_done"),
    "a push while it scans": (lambda s: s.at(SCANNING_S, lambda: s.push(0.5)), (Phase.DONE,), "order_done"),
    "a push it can not take": (lambda s: s.at(WALKING_S, lambda: s.push(4.0)), (Phase.FAILED,), "order_failed"),
    "the scanner is silent once": (lambda s: s.fails("scan", 1), (Phase.DONE,), "visit_repeated"),
    "the scanner is silent": (lambda s: s.fails("scan", 10**6), (Phase.DONE,), "visit_failed"),
    "profiles without numbers": (lambda s: s.gives("scan", empty), (Phase.DONE,), "order_done"),
    "the camera is silent once": (lambda s: s.fails("look", 1), (Phase.DONE,), "visit_repeated"),
    "the camera is silent": (lambda s: s.fails("look", 10**6), (Phase.DONE,), "visit_failed"),
    "black pictures": (lambda s: s.gives("look", black), (Phase.DONE,), "order_done"),
    "nobody sees it for 4 s": (lambda s: s.feels(blind, 4.0, 8.0), (Phase.DONE,), "place_found"),
    "nobody sees it any more": (lambda s: s.feels(blind, 4.0, 1e9), (Phase.STOPPED,), "place_given_up"),
    "it is seen elsewhere": (lambda s: s.feels(elsewhere, 4.0, 7.0), (Phase.STOPPED, Phase.DONE), "stopped"),
    "a gyro without sense for 60 ms": (lambda s: s.feels(senseless, 4.5, 4.56), (Phase.DONE,), "order_done"),
    "a gyro without sense for good": (lambda s: s.feels(senseless, 4.5, 1e9), (Phase.FAILED,), "order_failed"),
    "a pallet in the way": (lambda s: s.stands(0.2, -1.75, (4.0, 1e9)), (Phase.DONE,), "order_done"),
    "somebody at the seam for 8 s": (lambda s: s.stands(1.45, -1.5, (0.0, 12.0)), (Phase.DONE,), "way_waited_for"),
    "a pallet at the seam": (lambda s: s.stands(1.45, -1.5, (0.0, 1e9)), (Phase.DONE,), "way_given_up"),
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
    "the disk is full": (
        lambda s: s.at(SCANNING_S, lambda: s.refuses(s.records, "keep", 10**6)),
        (Phase.FAILED,),
        "order_failed",
    ),
    "the disk is full for one write": (
        lambda s: s.at(SCANNING_S, lambda: s.refuses(s.records, "keep", 1)),
        (Phase.FAILED,),
        "order_failed",
    ),
    "the journal takes nothing once": (
        lambda s: s.at(SCANNING_S, lambda: s.refuses(s.journal, "write", 1)),
        (Phase.FAILED,),
        "order_failed",
    ),
    "a result is not taken once": (lambda s: s.refuses(s.records, "commit", 1), (Phase.FAILED,), "order_failed"),
    "the scanner dies in a scan": (lambda s: s.fails("scan", 10**6, after=8), (Phase.DONE,), "visit_failed"),
    "the scanner has a gap in a scan": (lambda s: s.fails("scan", 1, after=8), (Phase.DONE,), "visit_repeated"),
    "a push while it reaches out": (lambda s: s.at(REACHING_S, lambda: s.push(0.4)), (Phase.DONE,), "order_done"),
    "somebody at the seam, twice": (
        lambda s: s.stands(1.45, -1.5, (0.0, 8.0), (10.0, 16.0)),
        (Phase.DONE,),
        "way_waited_for",
    ),
    "nobody sees it, twice": (
        lambda s: (s.feels(blind, 4.0, 7.0), s.feels(blind, 10.0, 13.0)),
        (Phase.DONE,),
        "place_found",
    ),
    "its clock jumps ahead": (lambda s: s.feels(ahead(2.0), WALKING_S, 1e9), (Phase.STOPPED, Phase.DONE), "stopped"),
    "its clock jumps back": (lambda s: s.feels(ahead(-1.0), WALKING_S, 1e9), (Phase.STOPPED, Phase.FAILED), "stopped"),
    "stop while it stops": (
        lambda s: [s.at(WALKING_S + late_s, s.performer.request_stop) for late_s in (0.0, 0.1, 0.3)],
        (Phase.STOPPED,),
        "stop_asked",
    ),
    "stop while it is held": (
        lambda s: (s.at(WALKING_S, s.performer.pause), s.at(WALKING_S + 3.0, s.performer.request_stop)),
        (Phase.STOPPED,),
        "stop_asked",
    ),
    "cancelled while it is held": (
        lambda s: (s.at(WALKING_S, s.performer.pause), s.at(WALKING_S + 3.0, s.performer.cancel)),
        (Phase.CANCELLED,),
        "order_cancelled",
    ),
    "the car leaves in a scan": (
        lambda s: s.at(SCANNING_S, s.crew.plant.take_away),
        (Phase.DONE,),
        "order_done",
    ),
    **{
        f"cancelled at {code}": (_cancelled_at(code), (Phase.CANCELLED,), "order_cancelled")
        for code in ("order_begun", "task_begun", "car_came", "car_judged", "task_done")
    },
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
    parser.add_argument(
        "--only", nargs="+", default=[""], metavar="WORD", help="faults with one of these in their name"
    )
    options = parser.parse_args()
    names = [name for name in FAULTS if any(word in name for word in options.only)]
    if not names:
        parser.error(f"--only {' '.join(options.only)}: no fault has this in its name; there are {', '.join(FAULTS)}")
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
    words = f" --only {' '.join(options.only)}" if any(options.only) else ""
    sheet.show("Faults in a shift that end well", [*rows, whole], f"python -m benchmarks.brain.faults{words}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
