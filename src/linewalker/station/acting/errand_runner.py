"""Carries the tasks of an errand out, one after the other; whatever happens, it stands on record what became of each.

A task that can not be done is skipped with its reason and the next one begins; only a robot that stops, falls or is
lost, and a disk that takes nothing, end the errand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from linewalker.brain.inspector import VisitReport
from linewalker.brain.operator import Routine
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.skill import Outcome
from linewalker.brain.skills.skills import SkillSet
from linewalker.errors import (
    JobInterrupted,
    MotionRefused,
    RobotFell,
    StationFault,
    TaktExpired,
    UnreachableError,
    in_words,
    noted_on,
)
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.records import UNDER_WAY, RunRecords
from linewalker.factory.records.results import CarState, Event, EventKind
from linewalker.factory.records.results_file import ResultsFile
from linewalker.geometry import Array
from linewalker.inspection.evidence import file_name
from linewalker.inspection.part.look import PartLook
from linewalker.inspection.plan import InspectionPlan
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason
from linewalker.station.acting.errand_maker import Errand
from linewalker.station.acting.log_book import Happening, LogBook
from linewalker.station.acting.task import ActTask, CarTask, Task
from linewalker.station.car_under_way import CarUnderWay, Rules
from linewalker.station.illustrate import illustrated
from linewalker.station.program import Crew
from linewalker.station.run_folder import LOOKS
from linewalker.wholefile import write_whole

_NOT_THERE = Title(zh="本该在那里做，而那里没有走到", en="it was to be done at a place that the robot did not come to")
"""Why what follows a skipped walk is not done elsewhere: nobody is told of an exhibit before another one."""


class OrderCancelled(JobInterrupted):
    """Somebody took the order back."""


class _CarLate(Exception):
    """Caught where cars are waited for."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Archive:
    """Where results go.

    Attributes:
        folder: of the run.
        plan: of which the characteristics are.
        records: where results are committed, exactly once.
        results: the file that everybody reads, kept up to date car by car.
        takt_limit_s: robot time one inspection may take.
        car_patience_s: robot time a car is waited for.
    """

    folder: Path
    plan: InspectionPlan
    records: RunRecords
    results: ResultsFile
    takt_limit_s: float
    car_patience_s: float = 30.0


class ErrandRunner:
    """See the module. It works in the thread that runs it; `cancelled` and `held` may be set from any.

    Args:
        crew: robot and cars.
        skills: of the robot.
        home: where it waits.
        archive: where results go; None at a station without cars.
        log: of what happens.

    Attributes:
        held: whether the robot is to rest.
        cancelled: whether the order was taken back.
        in_place: the car that is there.
        on_step: told after every step of the work.
        looked: pictures that were taken, newest last.
    """

    def __init__(self, crew: Crew, skills: SkillSet, home: Waypoint, archive: Archive | None, log: LogBook):
        self._crew, self._skills, self._home, self._archive, self._log = crew, skills, home, archive, log
        self._navigator = crew.inspector.navigator
        self._start_s = crew.operator.now_s
        self._car: CarUnderWay | None = None
        self._outline: tuple[Array, ...] = ()
        self._deadline_s: float | None = None
        self._working = False
        self.held = self.cancelled = False
        self.in_place: BuildOrder | None = None
        self.on_step: Callable[[Task], None] = lambda _: None
        self.looked: list[Path] = []
        self._navigator.held = lambda: self.held
        self._navigator.tell = log.decide
        crew.inspector.on_visit = self._visit_done
        crew.operator.on_tick.append(self._watch)

    def run(self, errand: Errand) -> None:
        """All tasks.

        Raises:
            OrderCancelled: the order was taken back; the robot stands.
            RobotStopped: it stopped, and holds.
            StationFault: it can not go on.
        """
        missed: Title | None = None
        for task in errand:
            self._log.note(Happening.TASK_BEGUN, what=task.title)
            self._working = True
            somewhere = not isinstance(task, ActTask) or task.place is not None
            try:
                skipped = None if somewhere else missed
                if skipped is None:
                    skipped = self._act(task) if isinstance(task, ActTask) else self._at_car(task)
            finally:
                self._deadline_s, self._working = None, False
            if skipped is None:
                self._log.note(Happening.TASK_DONE, what=task.title)
            else:
                self._log.note(Happening.TASK_SKIPPED, what=task.title, why=skipped)
            if somewhere:
                missed = None if skipped is None or isinstance(task, CarTask) else _NOT_THERE
            self.on_step(task)

    def draw_in(self) -> None:
        """After a task was broken off: arms back, and stand."""
        operator = self._crew.operator
        operator.motion.stop()
        operator.run(self._drawing_in())

    def _drawing_in(self) -> Routine[None]:
        yield from self._skills.withdraw()
        motion = self._crew.operator.motion
        deadline_s = self._crew.operator.now_s + 5.0
        while not motion.state.settled and self._crew.operator.now_s < deadline_s:
            yield

    # ------------------------------------------------------------------ acts
    def _act(self, task: ActTask) -> Title | None:
        """Returns why it was skipped, if it was."""
        skill = self._skills[task.call.skill]
        assert isinstance(skill, Act)
        try:
            self._crew.operator.run(self._acting(task, skill))
        except UnreachableError as error:
            self._crew.operator.run(skill.withdraw())
            return _said(error)
        except (StationFault, MotionRefused):
            raise
        except Exception as error:  # noqa: BLE001  an act of a package that breaks costs that act
            self._crew.operator.run(skill.withdraw())
            return _said(error)
        return None

    def _acting(self, task: ActTask, skill: Act) -> Routine[Outcome]:
        if task.place is not None:
            yield from self._navigator.walk(task.place, self._outline)
        yield from self._navigator.rest_while_held()
        return (yield from skill.act(task.call.values))

    # ------------------------------------------------------------------ at a car
    def _at_car(self, task: CarTask) -> Title | None:
        """Returns why it was skipped, if it was."""
        if not task.characteristics:
            return self._look(task)
        assert self._archive is not None
        order = replace(task.order, sequence=self._next_sequence())
        only = InspectionPlan(file=self._archive.plan.file, models={order.model: task.characteristics})
        rules = Rules(plan=only, folder=self._archive.folder, takt_limit_s=self._archive.takt_limit_s)
        car = CarUnderWay(order=order, rules=rules, began_s=self._now_s())
        self._keep(car)
        try:
            self._bring(task.order)
        except _CarLate:
            why = Title(zh="车辆没有按时到位", en="the car was not in place in time")
            self._interrupt(car, EventKind.FAULT, why, Reason.NOT_INSPECTED)
            return why
        self._inspect(task, car)
        return None

    def _inspect(self, task: CarTask, car: CarUnderWay) -> None:
        crew = self._crew
        car.job = replace(crew.job_of(car.order), mission=task.mission)
        car.log, car.began_s = crew.inspector.begin(car.job), self._now_s()
        self._car = car
        self._log.context |= {"vin": car.order.vin, "sequence": car.order.sequence}
        if task.within_s is not None:
            self._deadline_s = crew.operator.now_s + task.within_s
        try:
            crew.operator.run(crew.inspector.inspect(car.job, car.log))
            self._commit(car)
        except TaktExpired:
            self._log.note(Happening.NO_TIME_LEFT, within_s=task.within_s or 0.0)
            crew.operator.run(crew.inspector.leave(car.job, car.log))
            self._commit(car, Reason.TAKT_EXPIRED)
        except BaseException as error:  # whatever it is: what is judged is kept before it goes on
            kind = EventKind.FALL if isinstance(error, RobotFell) else EventKind.STOP
            with noted_on(error):
                self._interrupt(car, kind, _said(error))
            raise
        finally:
            self._car = None
            for name in ("vin", "sequence"):
                self._log.context.pop(name, None)

    def _look(self, task: CarTask) -> Title | None:
        crew = self._crew
        try:
            self._bring(task.order)
        except _CarLate:
            return Title(zh="车辆没有按时到位", en="the car was not in place in time")
        job, before = replace(crew.job_of(task.order), mission=task.mission), len(self.looked)
        crew.operator.run(crew.inspector.inspect(job, crew.inspector.begin(job)))
        return None if len(self.looked) > before else Title(zh="没有拍到照片", en="no picture was taken")

    def _bring(self, order: BuildOrder) -> None:
        """Have this car in place; another one leaves first, when the robot is home."""
        if self.in_place is not None and self.in_place.vin == order.vin:
            return
        if self.in_place is not None:
            self._crew.operator.run(self._navigator.walk(self._home, self._outline))
            self._crew.plant.take_away()
            self.in_place, self._outline = None, ()
        self._crew.operator.run(self._arrival(order))
        self.in_place = order
        footprint = 1e-3 * self._crew.job_of(order).catalogue.footprint_mm
        self._outline = (footprint,)
        self._log.note(Happening.CAR_CAME, vin=order.vin)

    def _arrival(self, order: BuildOrder) -> Routine[None]:
        patience_s = np.inf if self._archive is None else self._archive.car_patience_s
        deadline_s = self._crew.operator.now_s + patience_s
        for _ in self._crew.plant.bring(order):
            if self._crew.operator.now_s > deadline_s:
                self._crew.plant.take_away()
                self._log.note(Happening.CAR_LATE, vin=order.vin, waited_s=patience_s)
                raise _CarLate
            yield

    # ------------------------------------------------------------------ what is kept
    def _visit_done(self, report: VisitReport) -> None:
        if (car := self._car) is not None:
            car.judge(report.judgements, self._start_s)
            if report.touched:
                named = ", ".join(judgement.characteristic for judgement in report.judgements)
                text = f"the robot touched the car at {named}"
                car.events.append(Event(time_s=self._now_s(), kind=EventKind.CONTACT, text=text))
            car.judge(illustrated(report, car.evidence_folder), self._start_s)
            self._keep(car)
        elif self._archive is not None and report.outcome is not None and isinstance(report.outcome.evidence, PartLook):
            self._save(report.outcome.evidence, self._archive.folder)

    def _save(self, look: PartLook, folder: Path) -> None:
        path = folder / LOOKS / f"{file_name(look.part.name)}-{round(1000 * look.image.time_s)}.jpg"
        _, jpeg = cv2.imencode(".jpg", cv2.cvtColor(look.image.rgb, cv2.COLOR_RGB2BGR))
        write_whole(path, jpeg.tobytes())
        self.looked.append(path)

    def _next_sequence(self) -> int:
        assert self._archive is not None
        return 1 + self._archive.records.greatest_sequence()

    def _keep(self, car: CarUnderWay) -> None:
        assert self._archive is not None
        car.attempt = self._archive.records.keep(car.result(self._now_s(), Reason.ABORTED, UNDER_WAY))

    def _commit(self, car: CarUnderWay, left_over: Reason = Reason.ABORTED) -> None:
        assert self._archive is not None
        result = car.result(self._now_s(), left_over)
        self._archive.records.commit(result)
        car.stored = CarState.JUDGED
        vin, sequence, verdict = car.order.vin, car.order.sequence, result.verdict.name
        self._log.note(Happening.CAR_JUDGED, vin=vin, sequence=sequence, verdict=verdict)
        self._archive.results.update(car.order)

    def _interrupt(self, car: CarUnderWay, kind: EventKind, why: Title, left_over: Reason = Reason.ABORTED) -> None:
        if self._archive is None or car.stored is not None:
            return
        car.events.append(Event(time_s=self._now_s(), kind=kind, text=why.en))
        self._archive.records.interrupt(car.result(self._now_s(), left_over, why))
        car.stored = CarState.INTERRUPTED
        self._log.note(Happening.CAR_INTERRUPTED, vin=car.order.vin, sequence=car.order.sequence, why=why)
        self._archive.results.update(car.order)

    def _watch(self) -> None:
        """Called at every tick of whatever runs."""
        if self.cancelled and self._working:
            self.cancelled = False
            raise OrderCancelled("it was cancelled on request", "按要求取消")
        if self._deadline_s is not None and self._crew.operator.now_s > self._deadline_s:
            self._deadline_s = None
            raise TaktExpired("the time it was given is over")

    def _now_s(self) -> float:
        return self._crew.operator.now_s - self._start_s


def _said(error: BaseException) -> Title:
    """Why it did not go on; what only the error knows is English."""
    zh = error.in_chinese if isinstance(error, JobInterrupted) else ""
    return Title(zh=zh or f"没有做完（{in_words(error)}）", en=str(error) or in_words(error))
