"""The station's program: wait for a job, inspect the car, commit the result, tell the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from linewalker.brain.inspector import CarInspector, CarJob, InspectionLog, StopReport
from linewalker.brain.operator import Operator, Skill
from linewalker.errors import InputError, JobInterrupted, MotionRefused, RobotFell, RobotStopped
from linewalker.factory.faults import FaultCode
from linewalker.factory.handshake import TAKT_EXPIRED
from linewalker.factory.job import Job, RobotReport
from linewalker.factory.opcua_station import StationPort
from linewalker.factory.records import ShiftRecords
from linewalker.factory.results import CarResult, CharacteristicResult, Event, EventKind
from linewalker.factory.shift import BuildOrder, ModelOptions, check_order
from linewalker.inspection.judging import undecided
from linewalker.inspection.plan import InspectionPlan
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason
from linewalker.station.evidence import illustrated
from linewalker.station.observer import HarmlessObserver, Observer

EVIDENCE = "evidence"
_IDLE_WAIT_S = 0.25
_RELEASE_WAIT_S = 30.0
_REPORT_EVERY_TICKS = 50
_FELL = Title(zh=Reason.ROBOT_FELL.title.zh, en=Reason.ROBOT_FELL.title.en)


class Plant(Protocol):
    """What brings cars: the simulator; on a real line nothing has to be done."""

    def bring(self, order: BuildOrder) -> Skill[None]:
        """The car of an order comes; it is in place when this ends."""

    def take_away(self) -> None:
        """It leaves."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Crew:
    """What works: robot and line.

    Attributes:
        operator: works the robot.
        inspector: inspects cars with it.
        job_of: everything the inspector has to know about an order.
        plant: brings the cars.
        balances: the robot has to be kept standing while it waits for a job, as a real one has. A simulation that runs
            as fast as it can rather stops its time, so that waiting, which is never twice the same, changes nothing.
    """

    operator: Operator
    inspector: CarInspector
    job_of: Callable[[BuildOrder], CarJob]
    plant: Plant
    balances: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Desk:
    """What is asked and where answers go.

    Attributes:
        plan: what to inspect.
        options: what each model can be ordered with.
        records: where results are committed.
        folder: of the run; evidence goes below it, results beside it.
        takt_limit_s: robot time a car may take.
    """

    plan: InspectionPlan
    options: Mapping[str, ModelOptions]
    records: ShiftRecords
    folder: Path
    takt_limit_s: float


@dataclass
class _CarUnderWay:
    """The car that is being inspected."""

    order: BuildOrder
    job: CarJob
    log: InspectionLog
    began_s: float
    judged: dict[str, Judgement] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


class StationProgram:
    """One station at work. The port must be open.

    Attributes:
        finished: cars whose results were told to the line.
    """

    def __init__(self, port: StationPort, crew: Crew, desk: Desk, observer: Observer):
        self._port, self._crew, self._desk = port, crew, desk
        self._observer = HarmlessObserver(observer)
        self._start_s = crew.operator.now_s
        self._ticks = 0
        self._car: _CarUnderWay | None = None
        self._leaving = False
        self._finished: Callable[[], bool] = lambda: False
        self.finished = 0
        crew.operator.on_tick.append(self._report_to_line)
        crew.inspector.on_stop = self._stop_done

    def serve(self, finished: Callable[[], bool]) -> None:
        """Work off jobs until ``finished`` says so; it is asked between jobs.

        Raises:
            RobotFell: after the records are complete and the line knows.
            RobotStopped: the robot stopped itself and holds, and nobody is left who could release it.
        """
        self._finished = finished
        while not finished():
            if self._crew.balances:
                self._crew.operator.run(self._crew.operator.wait(_IDLE_WAIT_S))
            job = self._port.wait_for_job(self._report(home=True), 0.0 if self._crew.balances else _IDLE_WAIT_S)
            if job is not None:
                self._work(job)
        self._port.wait_until_released(self._report(home=True), _RELEASE_WAIT_S)

    def _work(self, job: Job) -> None:
        try:
            order = check_order(
                sequence=job.sequence,
                vin=job.vin,
                model=job.type_code,
                options=job.options,
                models=self._desk.options,
            )
            self._desk.plan.applicable(order.model, order.options)
        except InputError as error:
            self._port.fail(FaultCode.ORDER_INVALID, str(error))
            self._port.abandon()
            return
        known = self._desk.records.committed(order.vin, order.sequence)
        if known is not None:
            self._port.finish(known)
            self.finished += 1
            return
        self._inspect(order)

    def _inspect(self, order: BuildOrder) -> None:
        crew = self._crew
        crew.operator.run(crew.plant.bring(order))
        job = crew.job_of(order)
        car = self._car = _CarUnderWay(order, job, crew.inspector.begin(job), self._now_s())
        self._desk.records.begin_job(order, car.began_s)
        self._observer.car_begins(order, len(job.mission.stops))
        try:
            crew.operator.run(crew.inspector.inspect(job, car.log))
            self._commit(car)
        except JobInterrupted as stop:
            self._break_off(car, str(stop))
        except RobotStopped as stop:
            self._after_stop(car, stop)
        except RobotFell as fall:
            car.events.append(Event(time_s=self._now_s(), kind=EventKind.FALL, text=str(fall)))
            self._desk.records.interrupt(self._result(car, Reason.ROBOT_FELL, _FELL))
            self._port.fail(FaultCode.ROBOT_FELL, str(fall))
            raise
        finally:
            self._car = None
            crew.plant.take_away()

    def _commit(self, car: _CarUnderWay, left_over: Reason = Reason.ABORTED) -> None:
        result = self._result(car, left_over)
        told = self._desk.records.commit(result)
        self._observer.car_done(result)
        self._port.finish(told)
        self.finished += 1

    def _break_off(self, car: _CarUnderWay, why: str) -> None:
        """The line stopped the job, or the takt is over: leave the car, and keep what there is."""
        self._leaving = True
        try:
            self._crew.operator.run(self._crew.inspector.leave(car.job, car.log))
        finally:
            self._leaving = False
        if why == TAKT_EXPIRED:
            self._commit(car, Reason.TAKT_EXPIRED)
            return
        self._interrupt(car, why)
        self._port.abandon()

    def _after_stop(self, car: _CarUnderWay, stop: RobotStopped) -> None:
        """The robot stopped itself and holds: nothing moves before the line resets; then it leaves the car."""
        self._interrupt(car, str(stop))
        self._leaving = True
        try:
            while True:
                self._wait_for_reset(stop)
                try:
                    self._crew.operator.motion.acknowledge()
                    self._crew.operator.run(self._crew.inspector.leave(car.job, car.log))
                    return
                except (MotionRefused, RobotStopped) as still:
                    self._port.fail(FaultCode.ROBOT_STOPPED, str(still))
        finally:
            self._leaving = False

    def _wait_for_reset(self, stop: RobotStopped) -> None:
        """Hold until the line has reset the fault; what called for the stop may pass meanwhile."""
        holding = replace(self._report(home=False), available=True)
        self._port.fail(FaultCode.ROBOT_STOPPED, str(stop))
        self._port.abandon()
        while not self._port.wait_until_reset(holding, _IDLE_WAIT_S):
            if self._finished():
                raise stop
            self._crew.operator.run(self._crew.operator.wait(_IDLE_WAIT_S))

    def _interrupt(self, car: _CarUnderWay, why: str) -> None:
        car.events.append(Event(time_s=self._now_s(), kind=EventKind.STOP, text=why))
        result = self._result(car, Reason.ABORTED, Title(zh=f"{Reason.ABORTED.title.zh}：{why}", en=why))
        self._desk.records.interrupt(result)
        self._observer.car_done(result)

    # ------------------------------------------------------------------ what is told
    def _result(self, car: _CarUnderWay, left_over: Reason, interrupted: Title | None = None) -> CarResult:
        judged = self._judgements(car, left_over)
        wanted = self._desk.plan.applicable(car.order.model, car.order.options)
        return CarResult(
            order=car.order,
            characteristics=tuple(CharacteristicResult.of(c, judged[c.id], self._desk.folder) for c in wanted),
            events=tuple(car.events),
            began_s=car.began_s,
            finished_s=self._now_s(),
            takt_limit_s=self._desk.takt_limit_s,
            walking_s=car.log.walking_s,
            inspecting_s=car.log.working_s,
            interrupted=interrupted,
        )

    def _judgements(self, car: _CarUnderWay, left_over: Reason) -> dict[str, Judgement]:
        """By characteristic; what was not reached is not decidable."""
        judged = dict(car.judged)
        refused = car.job.mission.refused
        for characteristic in self._desk.plan.applicable(car.order.model, car.order.options):
            if characteristic.id not in judged:
                unreachable = characteristic.id in refused
                reason = Reason.NOT_REACHED if unreachable else left_over
                detail = refused.get(characteristic.id, "")
                judged[characteristic.id] = undecided(characteristic, reason, detail, self._now_s())
        return judged

    # ------------------------------------------------------------------ while the robot works
    def _stop_done(self, report: StopReport) -> None:
        car = self._car
        assert car is not None
        for judgement in illustrated(report, self._desk.folder / EVIDENCE / car.order.vin):
            car.judged[judgement.characteristic] = replace(judgement, time_s=judgement.time_s - self._start_s)
        if report.touched:
            named = ", ".join(judgement.characteristic for judgement in report.judgements)
            text = f"the robot touched the car at {named}"
            car.events.append(Event(time_s=self._now_s(), kind=EventKind.CONTACT, text=text))
        self._observer.stop_done(report)

    def _report_to_line(self) -> None:
        self._ticks += 1
        if self._ticks % _REPORT_EVERY_TICKS:
            return
        self._port.publish(self._report(home=self._car is None))
        if self._car is not None and not self._leaving and (why := self._port.stop_requested):
            raise JobInterrupted(why)

    def _report(self, *, home: bool) -> RobotReport:
        car = self._car
        progress = 0.0
        if car is not None and car.job.mission.stops:
            progress = len(car.log.reports) / len(car.job.mission.stops)
        return RobotReport(
            robot_time_s=self._crew.operator.now_s,
            available=car is None,
            in_zone=() if home else (0,),
            clear=True,
            home=home,
            progress=progress,
        )

    def _now_s(self) -> float:
        return self._crew.operator.now_s - self._start_s
