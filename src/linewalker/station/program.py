"""The station's program: wait for a job, inspect the car, commit the result, tell the line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from linewalker.brain.inspector import CarInspector, CarJob, VisitReport
from linewalker.brain.operator import Operator, Routine
from linewalker.errors import (
    InputError,
    JobInterrupted,
    MotionRefused,
    RobotFell,
    RobotLost,
    RobotStopped,
    StorageFault,
    TaktExpired,
    in_words,
    noted_on,
)
from linewalker.factory.handshake.faults import FAULT_MEANINGS, FaultCode
from linewalker.factory.handshake.job import CommittedResult, Job, Override, RobotReport
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.records.records import UNDER_WAY, RunRecords
from linewalker.factory.records.results import CarState, Event, EventKind
from linewalker.factory.records.results_file import ResultsFile
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason
from linewalker.modeloptions import ModelOptions
from linewalker.station.acting.log_book import Happening, LogBook
from linewalker.station.car_under_way import CarUnderWay, Rules
from linewalker.station.illustrate import illustrated
from linewalker.station.job_order import order_of
from linewalker.station.observer import HarmlessObserver, Observer

BYPASSED = Title(zh="线体旁路，未检测", en="bypassed by the line, not inspected")
_IDLE_WAIT_S = 0.25
_RELEASE_WAIT_S, _GOODBYE_WAIT_S = 30.0, 5.0
_REPORT_EVERY_TICKS = 50
_CAR_PATIENCE_S = 60.0


class Plant(Protocol):
    """What brings cars: the simulator; on a real line nothing has to be done."""

    def bring(self, order: BuildOrder) -> Routine[None]:
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
        rules: plan, folder and takt.
        options: what each model can be ordered with.
        records: where results are committed.
        results: the file that everybody reads, kept up to date car by car.
        log: of what happens and what is decided.
        orders: what the plant system announced.
    """

    rules: Rules
    options: Mapping[str, ModelOptions]
    records: RunRecords
    results: ResultsFile
    log: LogBook
    orders: OrderBook


class StationProgram:
    """One station at work. The port must be open.

    Attributes:
        finished: cars whose results were told to the line.
        on_car: told of every car that is in place, with its job and its log; it must not raise.
    """

    def __init__(self, port: StationPort, crew: Crew, desk: Desk, observer: Observer):
        self._port, self._crew, self._desk = port, crew, desk
        self._observer = HarmlessObserver(observer)
        self._start_s = crew.operator.now_s
        self._ticks = 0
        self._car: CarUnderWay | None = None
        self._leaving = False
        self._finished: Callable[[], bool] = lambda: False
        self.finished = 0
        self.on_car: Callable[[CarUnderWay], None] = lambda _: None
        crew.operator.on_tick.append(self._report_to_line)
        crew.inspector.on_visit = self._visit_done
        crew.inspector.navigator.tell = desk.log.decide

    def serve(self, finished: Callable[[], bool]) -> None:
        """Work off jobs until ``finished`` says so; it is asked between jobs.

        Raises:
            RobotFell: after the records are complete and the line knows; so with whatever else goes wrong in a car.
                A robot may fall, be lost or stop while it waits for a car, too.
            RobotStopped: the robot stopped itself and holds, and nobody is left who could release it.
        """
        self._finished = finished
        while not finished():
            job = self._port.wait_for_job(self._report(home=True), self._idle())
            if job is not None:
                self._work(job)
            if (override := self._port.take_override()) is not None:
                self._override(override)
        self._await(self._port.wait_until_released, _RELEASE_WAIT_S)
        self._await(self._port.wait_until_alone, _GOODBYE_WAIT_S)

    def _idle(self) -> float:
        """Keep a real robot standing for a moment; returns the real time that may be waited besides."""
        if not self._crew.balances:
            return _IDLE_WAIT_S
        try:
            self._crew.operator.run(self._crew.operator.wait(_IDLE_WAIT_S))
        except RobotStopped as stop:
            self._hold_until_released(stop)
        except (RobotFell, RobotLost) as end:
            self._port.fail(FaultCode.ROBOT_FELL if isinstance(end, RobotFell) else FaultCode.ROBOT_FAULT, str(end))
            raise
        return 0.0

    def _await(self, wait: Callable[[RobotReport, float], bool], patience_s: float) -> None:
        """Stand at home until something has come true, or patience is at its end."""
        for _ in range(round(patience_s / _IDLE_WAIT_S)):
            if wait(self._report(home=True), self._idle()):
                return

    def _work(self, job: Job) -> None:
        try:
            order = self._desk.orders.begin(job.vin, job.sequence, lambda announced: self._order(job, announced))
            known = self._desk.records.committed(order, job.purpose, job.refers_to)
        except InputError as error:
            self._port.fail(FaultCode.ORDER_INVALID, str(error))
            self._port.abandon()
            return
        if known is not None:
            self._tell(known, order)
            self.finished += 1
            return
        if job.bypass:
            self._pass_by(job, order)
        else:
            self._inspect(job, order)

    def _order(self, job: Job, announced: BuildOrder | None) -> BuildOrder:
        order = order_of(job, announced, self._desk.options)
        self._desk.rules.plan.applicable(order.model, order.options)
        return order

    def _pass_by(self, job: Job, order: BuildOrder) -> None:
        """The line lets this car pass: nothing moves for it, and nobody says that it is good."""
        now_s, passed = self._now_s(), self._desk.rules.not_inspected(order, BYPASSED)
        of_job = replace(passed, purpose=job.purpose, refers_to=job.refers_to, bypassed=True)
        result = replace(of_job, began_s=now_s, finished_s=now_s)
        self._tell(self._desk.records.commit(result), order)
        self.finished += 1
        self._desk.log.note(Happening.CAR_BYPASSED, vin=order.vin, sequence=order.sequence)
        self._observer.car_done(result)
        self._desk.results.update(order)

    def _override(self, override: Override) -> None:
        try:
            order = self._desk.records.override(override)
        except InputError:
            self._port.answer_override(stored=False)
            return
        self._port.answer_override(stored=True)
        said = {"verdict": override.result.name, "name": override.name, "why": override.reason}
        self._desk.log.note(Happening.OVERRIDDEN, vin=override.vin, sequence=override.sequence, **said)
        self._desk.results.update(order)

    def _inspect(self, job: Job, order: BuildOrder) -> None:
        car = CarUnderWay(
            order=order,
            rules=self._desk.rules,
            began_s=self._now_s(),
            purpose=job.purpose,
            refers_to=job.refers_to,
        )
        self._desk.log.context = {"vin": order.vin, "sequence": order.sequence}
        try:
            self._keep(car)
            self._attend(car)
        except BaseException as error:  # whatever it is: what is judged is kept, and the line told, before it goes on
            self._break_down(car, error)
            raise
        finally:
            self._car = None
            self._desk.log.context = {}
            self._crew.plant.take_away()

    def _attend(self, car: CarUnderWay) -> None:
        try:
            try:
                self._work_off(car)
            except TaktExpired:
                self._leave(car)
                self._commit(car, Reason.TAKT_EXPIRED)
            except JobInterrupted as stop:
                self._leave(car)
                self._interrupt(car, EventKind.STOP, str(stop), in_chinese=stop.in_chinese)
                self._port.abandon()
        except RobotStopped as stop:
            self._after_stop(car, stop)

    def _work_off(self, car: CarUnderWay) -> None:
        crew = self._crew
        crew.operator.run(self._arrival(car.order))
        car.job = crew.job_of(car.order)
        car.log, car.began_s = crew.inspector.begin(car.job), self._now_s()
        self._car = car
        self._keep(car)
        self._desk.results.update(car.order)
        self.on_car(car)
        self._observer.car_begins(car.order, car.job.mission.calls)
        crew.operator.run(crew.inspector.inspect(car.job, car.log))
        self._commit(car)

    def _arrival(self, order: BuildOrder) -> Routine[None]:
        """Until the car is in place; one that does not come is told to the line, and the next one is waited for."""
        deadline_s = self._crew.operator.now_s + _CAR_PATIENCE_S
        for _ in self._crew.plant.bring(order):
            if self._crew.operator.now_s > deadline_s:
                self._desk.log.note(Happening.CAR_LATE, vin=order.vin, waited_s=_CAR_PATIENCE_S)
                why = f"the car was not in place within {_CAR_PATIENCE_S:g} s"
                self._port.fail(FaultCode.VEHICLE_MOVED, why)
                raise JobInterrupted(why, "车辆没有按时到位")
            yield
        self._desk.log.note(Happening.CAR_CAME, vin=order.vin)

    def _commit(self, car: CarUnderWay, left_over: Reason = Reason.ABORTED) -> None:
        result = car.result(self._now_s(), left_over)
        told = self._desk.records.commit(result)
        car.stored = CarState.JUDGED
        self._tell(told, car.order)
        vin, sequence, verdict = car.order.vin, car.order.sequence, result.verdict.name
        self._desk.log.note(Happening.CAR_JUDGED, vin=vin, sequence=sequence, verdict=verdict)
        self.finished += 1
        self._observer.car_done(result)
        self._desk.results.update(car.order)

    def _tell(self, result: CommittedResult, order: BuildOrder) -> None:
        self._port.finish(result, [c.id for c in self._desk.rules.plan.models[order.model]])

    def _leave(self, car: CarUnderWay) -> None:
        """Away from the car, to where the robot waits; the line may say what it wants meanwhile."""
        if car.job is not None and car.log is not None:
            with self._undisturbed():
                self._crew.operator.run(self._crew.inspector.leave(car.job, car.log))

    def _after_stop(self, car: CarUnderWay, stop: RobotStopped) -> None:
        """The robot stopped itself and holds: nothing moves before the line resets; then it leaves the car."""
        self._interrupt(car, EventKind.STOP, str(stop), in_chinese=FAULT_MEANINGS[FaultCode.ROBOT_STOPPED][1])
        self._hold_until_released(stop, lambda: self._leave(car))

    def _hold_until_released(self, stop: RobotStopped, then: Callable[[], None] = lambda: None) -> None:
        """Nothing moves before the line resets and what called for the stop is gone; then the robot may do this."""
        self._desk.log.note(Happening.STOPPED, why=str(stop))
        while True:
            self._wait_for_reset(stop)
            try:
                self._crew.operator.motion.acknowledge()
                self._desk.log.note(Happening.RELEASED)
                then()
                return
            except (MotionRefused, RobotStopped) as still:
                self._port.fail(FaultCode.ROBOT_STOPPED, str(still))

    def _wait_for_reset(self, stop: RobotStopped) -> None:
        """Hold until the line has reset the fault; what called for the stop may pass meanwhile."""
        holding = replace(self._report(home=self._car is None), available=True)
        self._port.fail(FaultCode.ROBOT_STOPPED, str(stop))
        self._port.abandon()
        with self._undisturbed():
            while not self._port.wait_until_reset(holding, _IDLE_WAIT_S):
                if self._finished():
                    raise stop
                self._crew.operator.run(self._crew.operator.wait(_IDLE_WAIT_S))

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """The job is broken off already; what the line stops now is no news."""
        self._leaving = True
        try:
            yield
        finally:
            self._leaving = False

    # ------------------------------------------------------------------ what is kept
    def _keep(self, car: CarUnderWay) -> None:
        """What is known so far goes on record, as it would stand there if the program died now."""
        car.attempt = self._desk.records.keep(car.result(self._now_s(), Reason.ABORTED, UNDER_WAY))

    def _interrupt(
        self, car: CarUnderWay, kind: EventKind, why: str, left_over: Reason = Reason.ABORTED, in_chinese: str = ""
    ) -> None:
        """The job is broken off for good, or, if it was before, more is known of it."""
        car.events.append(Event(time_s=self._now_s(), kind=kind, text=why))
        said = f"{in_chinese}（{why}）" if in_chinese else why
        because = Title(zh=f"{left_over.title.zh}：{said}", en=why)
        result = car.result(self._now_s(), left_over, because)
        self._desk.records.interrupt(result, amend=car.stored is CarState.INTERRUPTED)
        first, car.stored = car.stored is None, CarState.INTERRUPTED
        vin, sequence = car.order.vin, car.order.sequence
        self._desk.log.note(Happening.CAR_INTERRUPTED, vin=vin, sequence=sequence, why=because)
        if first:
            self._observer.car_done(result)
        self._desk.results.update(car.order)

    def _break_down(self, car: CarUnderWay, error: BaseException) -> None:
        """Nothing goes on after this error: tell the line first, then keep what there is."""
        code, kind, left_over = FaultCode.ROBOT_FAULT, EventKind.FAULT, Reason.ABORTED
        if isinstance(error, RobotFell):
            code, kind, left_over = FaultCode.ROBOT_FELL, EventKind.FALL, Reason.ROBOT_FELL
        elif isinstance(error, StorageFault):
            code = FaultCode.RECORDS_FAULT
        self._port.fail(code, in_words(error))
        told = car.stored is CarState.JUDGED or (car.stored is not None and isinstance(error, RobotStopped))
        if not told:
            with noted_on(error):
                self._interrupt(car, kind, in_words(error), left_over)

    # ------------------------------------------------------------------ while the robot works
    def _visit_done(self, report: VisitReport) -> None:
        car = self._car
        assert car is not None
        car.judge(report.judgements, self._start_s)  # first of all: what fails now costs a picture, not the value
        if report.touched:
            named = ", ".join(judgement.characteristic for judgement in report.judgements)
            text = f"the robot touched the car at {named}"
            car.events.append(Event(time_s=self._now_s(), kind=EventKind.CONTACT, text=text))
        car.judge(illustrated(report, car.evidence_folder), self._start_s)
        self._keep(car)
        self._observer.visit_done(report)

    def _report_to_line(self) -> None:
        self._ticks += 1
        if self._ticks % _REPORT_EVERY_TICKS:
            return
        self._port.publish(self._report(home=self._car is None))
        if self._car is not None and not self._leaving and (stop := self._port.stop_requested) is not None:
            raise stop

    def _report(self, *, home: bool) -> RobotReport:
        return RobotReport(
            robot_time_s=self._crew.operator.now_s,
            available=self._car is None,
            in_zone=() if home else (0,),
            clear=True,
            home=home,
            progress=0.0 if self._car is None else self._car.progress,
        )

    def _now_s(self) -> float:
        return self._crew.operator.now_s - self._start_s
