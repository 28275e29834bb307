"""A whole shift without physics: a robot that is where it is told to be, and a line without a wire.

Orders, plan, records, evidence and results are the real ones; only what costs time is faked, and everything that
happens can be made to go wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from linewalker.brain.inspector import CarJob, InspectionLog, VisitReport
from linewalker.brain.mission import Mission, calls_for
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Outcome
from linewalker.brain.skills.skills import SKILLS
from linewalker.brain.visit import SkillCall, Visit
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.errors import JobInterrupted
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import CommittedResult, Job, RobotReport
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.results import CarResult
from linewalker.geometry import Pose
from linewalker.inspection.seam.scan import SeamScan, Shot
from linewalker.inspection.verdict import Judgement, Reason, Undecided, Verdict
from linewalker.limbs.robot import LineProfile
from linewalker.station.program import StationProgram
from linewalker.station.run_shift import crew_of, open_desk
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import SimulatedShift, read_simulated_shift
from linewalker.station.true_answers import write_truth

PLAN = """
models:
  sedan:
    characteristics:
      - {id: G, name: {zh: 间隙, en: gap}, method: gap, feature: fender_left/front_door_left, at: {z: 250},
         unit: mm, nominal: 4, tolerance: 1, class: major}
      - {id: F, name: {zh: 面差, en: flush}, method: flush, feature: fender_left/front_door_left, at: {z: 250},
         unit: mm, nominal: 0, tolerance: 1, class: major}
      - {id: H, name: {zh: 间隙, en: gap}, method: gap, feature: front_door_left/rear_door_left, at: {z: 250},
         unit: mm, nominal: 4, tolerance: 1, class: major}
"""
VINS = ("LWKSD11A1T1000001", "LWKSD11A1T1000002", "LWKSD11A1T1000003")
HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)
TICK_S = 0.1
_SHOT = Shot(profile=LineProfile(time_s=0.0, x_mm=np.linspace(-30.0, 30.0, 64), z_mm=np.full(64, 150.0)), X_WS=Pose())


def cheap_shift(folder: Path, cars: int = 3, characteristics: int = 3) -> SimulatedShift:
    """A shift of so many cars, with so many characteristics each, read from files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{i + 1},{VINS[i]},sedan,paint=red\n" for i in range(cars))
    (folder / "shift.csv").write_text(f"sequence,vin,model,options\n{rows}")
    (folder / "plan.yaml").write_text("- {id:".join(PLAN.split("- {id:")[: characteristics + 1]), encoding="utf-8")
    files = ShiftFiles(shift=folder / "shift.csv", plan=folder / "plan.yaml", world=None, robot="g1", seed=1)
    return read_simulated_shift(files)


class Watcher:
    """An observer; `happens` is called at every step of the work with its name: where things go wrong.

    Attributes:
        late_s: how long a car takes to come.
        judged: (VIN, characteristic, value) of all that the robot judged.
        kept: of all that was judged when the program said that a visit is made.
    """

    def __init__(self, happens: Callable[[str], None] = lambda _: None):
        self.happens, self.late_s = happens, 0.0
        self.judged: set[tuple[str, str, float]] = set()
        self.kept: set[tuple[str, str, float]] = set()
        self.cars: list[CarResult] = []

    def car_begins(self, _order: BuildOrder, _visits: int) -> None:
        self.happens("car_begins")

    def visit_done(self, _report: VisitReport) -> None:
        self.kept |= self.judged
        self.happens("visit_done")

    def car_done(self, car: CarResult) -> None:
        self.cars.append(car)
        self.happens("car_done")


class _Body(nullcontext[None]):
    """What there is of a robot that does not move: a knee."""

    profile = SimpleNamespace(joints=("knee",), base="pelvis")


def _motion() -> SimpleNamespace:
    """What is known of it: it stands."""
    return SimpleNamespace(
        acknowledge=lambda: None,
        estimate=SimpleNamespace(X_WB=Pose(), X_WO=Pose(), q_rad=np.zeros(1)),
        dynamics=SimpleNamespace(
            com=np.array([0.0, 0.0, 0.7]), com_v=np.zeros(3), foot_p=np.zeros((2, 3)), foot_R=np.stack([np.eye(3)] * 2)
        ),
        state=SimpleNamespace(mode=Mode.STANDING, settled=True),
        stop_state=StopState.RUNNING,
        stop_causes=frozenset(),
    )


class Robot:
    """Operator and inspector in one; time passes, nothing moves."""

    def __init__(self, watcher: Watcher):
        self.now_s = 0.0
        self.on_tick: list[Callable[[], None]] = []
        self.on_visit: Callable[[VisitReport], None] = lambda _: None
        self.motion, self.robot = _motion(), _Body()
        self.navigator = SimpleNamespace()
        self._watcher = watcher
        self.vin = ""

    def run(self, skill: Iterator[None]) -> None:
        for _ in skill:
            self.now_s += TICK_S
            for call in self.on_tick:
                call()

    def wait(self, duration_s: float) -> Iterator[None]:
        self._watcher.happens("wait")
        yield from (None for _ in range(round(duration_s / TICK_S)))

    def begin(self, _job: CarJob) -> InspectionLog:
        return InspectionLog(vehicle=None, prior=None)  # type: ignore[arg-type]

    def inspect(self, job: CarJob, log: InspectionLog) -> Iterator[None]:
        for visit in job.mission.visits:
            self._watcher.happens("walk")
            yield from self.wait(6.0)
            (call,) = visit.calls
            report = self._report(call)
            log.reports.append(report)
            log.working_s += 1.0
            self.on_visit(report)
        self._watcher.happens("go_home")
        yield

    def leave(self, _job: CarJob, _log: InspectionLog) -> Iterator[None]:
        self._watcher.happens("leave")
        yield

    def _report(self, call: SkillCall) -> VisitReport:
        judgements = []
        for characteristic in call.characteristics:
            value = 4.0 + 1e-3 * round(self.now_s)
            self._watcher.judged.add((self.vin, characteristic.id, value))
            judgements.append(
                Judgement(
                    characteristic=characteristic.id, verdict=Verdict.OK, reason=Reason.INSIDE_TOLERANCE, value=value,
                    unit="mm", expanded_uncertainty=0.05, time_s=self.now_s,
                )
            )  # fmt: skip
        scan = SeamScan(measurement=Undecided(reason=Reason.NO_SEAM), shots=(_SHOT,), time_s=self.now_s)
        return VisitReport(call=call, outcome=Outcome(evidence=scan), judgements=tuple(judgements), touched=False)


class Port:
    """The station's port, with a line that starts one car after the other as long as the station is well.

    Attributes:
        told: VINs and sequences of results the line has.
        faults: what the station reported.
        stop: what the line says while the robot works.
    """

    def __init__(self, orders: Sequence[BuildOrder]):
        self._waiting = list(orders)
        self.told: list[CommittedResult] = []
        self.faults: list[tuple[FaultCode, str]] = []
        self.stop: JobInterrupted | None = None

    @property
    def stop_requested(self) -> JobInterrupted | None:
        stop, self.stop = self.stop, None
        return stop

    def done(self) -> bool:
        return not self._waiting

    def wait_for_job(self, _report: RobotReport, _timeout_s: float) -> Job:
        order = self._waiting.pop(0)
        return Job(
            job_id=order.vin, vin=order.vin, type_code=order.model, options=order.options_text, sequence=order.sequence
        )

    def finish(self, result: CommittedResult, _ids: Sequence[str] = ()) -> bool:
        self.told.append(result)
        return True

    def fail(self, code: FaultCode, text: str) -> None:
        self.faults.append((code, text))

    def take_override(self) -> None:
        pass

    def abandon(self) -> None:
        pass

    def publish(self, _report: RobotReport) -> None:
        pass

    def wait_until_released(self, _report: RobotReport, _timeout_s: float) -> bool:
        return True

    wait_until_alone = wait_until_reset = wait_until_released


def cheap_station(shift: SimulatedShift, watcher: Watcher) -> Any:
    """What `linewalker.station.simulated_station.build_station` gives, without physics."""
    robot = Robot(watcher)

    def bring(order: BuildOrder) -> Iterator[None]:
        robot.vin = order.vin
        watcher.happens("bring")
        yield from (None for _ in range(round(watcher.late_s / TICK_S)))
        yield

    def job_of(order: BuildOrder) -> CarJob:
        watcher.happens("plan")
        catalogue = shift.models.catalogues[order.model]
        calls = calls_for(shift.plan.applicable(order.model, order.options), SKILLS)
        mission = Mission(visits=tuple(Visit(stance=HOME, calls=(call,)) for call in calls), refused={})
        return CarJob(catalogue=catalogue, options=order.options, mission=mission, pictures=None)  # type: ignore[arg-type]

    plant = SimpleNamespace(bring=bring, take_away=lambda: watcher.happens("take_away"))

    def truth(orders: Iterable[BuildOrder], folder: Path) -> None:
        write_truth(
            shift.plan, shift.models, lambda order: shift.world.car(order.vin, shift.files.seed), orders, folder
        )

    return SimpleNamespace(operator=robot, inspector=robot, plant=plant, job_of=job_of, write_truth=truth)


def work(
    shift: SimulatedShift,
    folder: Path,
    watcher: Watcher,
    port: Port | None = None,
    *,
    resume: bool = False,
    balances: bool = False,
) -> Port:
    """Work through a shift; returns the port."""
    port = port or Port(shift.orders)
    station = cheap_station(shift, watcher)
    with open_desk(shift, station, folder, resume=resume) as desk:
        crew = replace(crew_of(station, real_time=False), balances=balances)
        StationProgram(port, crew, desk, watcher).serve(port.done)  # type: ignore[arg-type]
    return port
