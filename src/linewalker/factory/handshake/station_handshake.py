"""The station's side of the line handshake: four phases, level-based, no I/O, no clock of its own.

Ready -> (StartInspect) -> Busy -> Done -> (AckResult, StartInspect low) -> released -> (AckResult low) -> Ready.

`StationHandshake.cycle` is one scan: what the line says goes in, what the station says comes out. Between scans the
robot program reports where the robot is and finishes jobs. Two clocks are kept apart: ``now_s`` of the scan
(monotonic: life counters, silence) and the robot's own time (takt), because a simulation may run at any pace.

The rules that make it safe to build a line on:

- a job has one result; a result is published only with the VIN and SequenceNo it belongs to, and is taken back only
  by an acknowledgement that names the same car;
- what is not finished is never OK: a takt that expired is NOT_DECIDABLE whatever was found;
- after a stop nothing moves again without a rising edge of FaultReset;
- what passes without an inspection, a bypassed car or an empty carrier, is never OK; the robot does not move for it;
- a person's verdict is stored beside the robot's, and takes nothing of it away;
- ZoneClear is said only when the robot program said so lately and nothing puts the robot's place in doubt.

This mirrors the plant's safety circuit for the program's convenience; it is not a safety function.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from linewalker.errors import TAKT_EXPIRED
from linewalker.factory.handshake.faults import PLACE_IN_DOUBT, Fault, FaultCode
from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, Job, Override, RobotReport
from linewalker.factory.handshake.life import LifeWatch
from linewalker.factory.handshake.override_request import OverrideRequest
from linewalker.factory.handshake.short_results import ShortResults
from linewalker.factory.handshake.signals import ZONES, LineImage, LineMode, LineResult, Purpose, StationImage
from linewalker.factory.orders.vin import vin_problem

EMPTY_CARRIER = "empty carrier"
"""ResultReason of a carrier on which there was nothing to inspect."""


class JobPhase(Enum):
    """Where the handshake stands."""

    NOT_READY = "not ready"
    READY = "ready"
    BUSY = "busy"
    DONE = "done"
    RELEASED = "released"
    FAULT = "fault"


class StationHandshake:
    """The state machine. Not thread-safe: whoever shares it holds a lock.

    Attributes:
        phase: where it stands.
        fault: what stopped it, until the line resets it.
        job: the job that runs or waits for its acknowledgement.
    """

    def __init__(self, limits: HandshakeLimits | None = None):
        self.limits = limits or HandshakeLimits()
        self.phase = JobPhase.NOT_READY
        self.fault: Fault | None = None
        self.job: Job | None = None
        self._life = LifeWatch(self.limits.life_timeout_s)
        self._report: RobotReport | None = None
        self._reported_s: float | None = None
        self._job_began_s: float | None = None
        self._job_waits = False
        self._held: Job | None = None  # what the program works on, or retreats from
        self._result: CommittedResult | None = None
        self._numbers = ShortResults()
        self._override = OverrideRequest()
        self._reset_was_low = False
        self._ack_was_low = False

    # ------------------------------------------------------------------ the line's side
    def cycle(self, line: LineImage, now_s: float) -> StationImage:
        """One scan.

        Args:
            line: what the line says now.
            now_s: monotonic time.
        """
        self._life.saw(line.life_counter, now_s)
        if not line.fault_reset:
            self._reset_was_low = True
        if self.phase is JobPhase.BUSY and (fault := self._reason_to_stop(line, now_s)):
            self._stop(fault)
        self._override.hear(line, self._result if self.phase is JobPhase.DONE else None)
        if self.phase is JobPhase.DONE and not self._override.waits:
            self._await_acknowledgement(line)
        if self.phase is JobPhase.RELEASED and not line.ack_result:
            self.phase = JobPhase.NOT_READY if self.fault is None else JobPhase.FAULT
        if self.phase is JobPhase.FAULT and self._reset(line, now_s):
            self.phase, self.fault, self.job = JobPhase.NOT_READY, None, None
        if self.phase in (JobPhase.NOT_READY, JobPhase.READY):
            self._idle(line, now_s)
        return self._image(line, now_s)

    def _idle(self, line: LineImage, now_s: float) -> None:
        if not self._may_work(line, now_s) or line.stop_at_end_of_cycle:
            self.phase = JobPhase.NOT_READY
        elif self.phase is JobPhase.NOT_READY:
            # Every level must have come back first: a start that was never taken back starts nothing.
            if not (line.start_inspect or line.ack_result or line.fault_reset):
                self.phase = JobPhase.READY
        elif line.start_inspect and line.vehicle_in_place:
            stays = line.carrier_empty or line.mode == LineMode.BYPASS
            if stays or self._permitted(line):
                self._start(line)

    def _start(self, line: LineImage) -> None:
        if problem := _problem_of(line):
            self._stop(Fault(code=FaultCode.ORDER_INVALID, text=problem))
            return
        self.job = Job(
            job_id=f"{line.vin or 'EMPTY'}-{line.sequence_no}",
            vin=line.vin,
            type_code=line.type_code,
            options=line.options,
            sequence=line.sequence_no,
            purpose=Purpose(line.purpose),
            refers_to=line.refers_to,
            bypass=line.mode == LineMode.BYPASS,
        )
        if line.carrier_empty:
            self._ack_was_low, self.phase = False, JobPhase.DONE
            return
        self._job_waits = True
        self._job_began_s = self._report.robot_time_s if self._report else None
        self.phase = JobPhase.BUSY

    def _may_work(self, line: LineImage, now_s: float) -> bool:
        return self._life.alive(now_s) and line.mode in (LineMode.AUTOMATIC, LineMode.BYPASS) and self._available(now_s)

    def _permitted(self, line: LineImage) -> bool:
        return all(line.enter_permit[zone] for zone in self.limits.zones)

    def _reason_to_stop(self, line: LineImage, now_s: float) -> Fault | None:
        job = self.job
        assert job is not None
        said = (line.vin, line.type_code, line.options, line.sequence_no, line.purpose, line.refers_to)
        same_order = not line.carrier_empty and said == (
            job.vin,
            job.type_code,
            job.options,
            job.sequence,
            job.purpose,
            job.refers_to,
        )
        mode = LineMode.BYPASS if job.bypass else LineMode.AUTOMATIC
        doubts = (
            (self._life.alive(now_s), FaultCode.LINE_LOST, "the line's LifeCounter stood still"),
            (line.mode == mode, FaultCode.LINE_STOPPED, f"the line set Mode to {line.mode}"),
            (line.vehicle_in_place, FaultCode.VEHICLE_MOVED, "the line took VehicleInPlace back"),
            (job.bypass or self._permitted(line), FaultCode.PERMIT_WITHDRAWN, "the line took EnterPermit back"),
            (line.start_inspect, FaultCode.START_WITHDRAWN, "the line took StartInspect back before Done"),
            (same_order, FaultCode.ORDER_CHANGED, f"the line changed the order of job {job.job_id} while it ran"),
            (self._program_alive(now_s), FaultCode.PROGRAM_SILENT, "the robot program stopped reporting"),
        )
        return next((Fault(code=code, text=text) for fine, code, text in doubts if not fine), None)

    def _await_acknowledgement(self, line: LineImage) -> None:
        assert self.job is not None
        same_car = (line.vin, line.sequence_no) == (self.job.vin, self.job.sequence)
        if not line.ack_result:
            self._ack_was_low = True
        elif self._ack_was_low and not line.start_inspect and same_car:
            self.phase = JobPhase.RELEASED
            self.job = self._result = None

    def _reset(self, line: LineImage, now_s: float) -> bool:
        return line.fault_reset and self._reset_was_low and self._life.alive(now_s) and self._available(now_s)

    def _available(self, now_s: float) -> bool:
        stands = self._report is not None and self._report.available and self._program_alive(now_s)
        return stands and self._held is None

    def _program_alive(self, now_s: float) -> bool:
        return self._reported_s is not None and now_s - self._reported_s <= self.limits.program_timeout_s

    # ------------------------------------------------------------------ the robot program's side
    def report(self, report: RobotReport, now_s: float) -> None:
        """Take what the robot program says about the robot."""
        self._report, self._reported_s = report, now_s
        if self.phase is JobPhase.BUSY and self._job_began_s is None:
            self._job_began_s = report.robot_time_s

    def take_job(self) -> Job | None:
        """The job that was started since the last call, once; None if there is none."""
        if self.phase is not JobPhase.BUSY or not self._job_waits:
            return None
        self._job_waits = False
        self._held = self.job
        return self.job

    @property
    def takt_expired(self) -> bool:
        """Whether the running job took longer, in robot time, than it may."""
        if self.phase is not JobPhase.BUSY or self._report is None or self._job_began_s is None:
            return False
        return self._report.robot_time_s - self._job_began_s > self.limits.takt_s

    def finish(self, result: CommittedResult, ids: Sequence[str] = ()) -> bool:
        """Publish the result of the job the program took.

        Args:
            result: of the car.
            ids: of the characteristics of its model, as `ShortResults.of` wants them.

        Returns:
            False if that job does not run any more (it was stopped meanwhile): the result stays in the records, where
            a repeated start finds it. False, too, if the result is of another car.
        """
        held = self._held
        if held is None or (result.vin, result.sequence) != (held.vin, held.sequence):
            return False
        self._held = None
        if self.phase is not JobPhase.BUSY:
            return False
        if self.takt_expired and result.result is not LineResult.NOT_DECIDABLE:
            result = replace(result, result=LineResult.NOT_DECIDABLE, reason=TAKT_EXPIRED)
        self._result, self._numbers = result, ShortResults.of(result.document, ids)
        self._ack_was_low = False
        self.phase = JobPhase.DONE
        return True

    def take_override(self) -> Override | None:
        """A person's verdict that is to be stored, once; None if there is none."""
        return self._override.take()

    def answer_override(self, *, stored: bool) -> None:
        """What became of it."""
        self._override.answer(stored=stored)

    def abandon(self) -> None:
        """The program gave up the job it had taken, after a stop; the robot stands safely again."""
        held, self._held = self._held, None
        if self.phase is JobPhase.BUSY and held is not None:
            self._stop(Fault(code=FaultCode.ROBOT_FAULT, text="the robot program gave the job up"))

    def fail(self, fault: Fault) -> None:
        """Stop with a fault. A result that waits for its acknowledgement still waits.

        Of several faults the first is kept, unless a later one puts the robot's place in doubt.
        """
        self._stop(fault if self.fault is None or fault.code in PLACE_IN_DOUBT else self.fault)

    def _stop(self, fault: Fault) -> None:
        self.fault = fault
        self._reset_was_low = False
        if self._report is not None:  # until the program says so anew
            self._report = replace(self._report, available=False)
        if self.phase not in (JobPhase.DONE, JobPhase.RELEASED):
            self.phase = JobPhase.FAULT

    # ------------------------------------------------------------------ what the station says
    def _image(self, line: LineImage, now_s: float) -> StationImage:
        report = self._report
        known = report is not None and report.clear and self._program_alive(now_s)
        if self.fault is not None and self.fault.code in PLACE_IN_DOUBT:
            known = False
        occupied = frozenset(report.in_zone) if report else frozenset()
        done = self.phase is JobPhase.DONE
        result = self._result if done else None
        said = StationImage(
            life_counter=line.life_counter,
            ready=self.phase is JobPhase.READY,
            in_zone=tuple(zone in occupied for zone in range(ZONES)),
            zone_clear=tuple(known and zone not in occupied for zone in range(ZONES)),
            busy=self.phase is JobPhase.BUSY,
            done=done,
            cycle_stopped=line.stop_at_end_of_cycle and self.phase is JobPhase.NOT_READY,
            override_stored=self._override.stored,
            override_refused=self._override.refused,
            result=int(result.result) if result else 0,
            result_reason=result.reason if result else EMPTY_CARRIER if done else "",
            job_id=self.job.job_id if self.job else "",
            vin=self.job.vin if self.job else "",
            sequence_no=self.job.sequence if self.job else 0,
            progress=self._progress(),
            fault_code=int(self.fault.code) if self.fault else 0,
            fault_text=self.fault.in_both_languages if self.fault else "",
            home_pos=known and report is not None and report.home,
            result_json=result.document if result else "",
        )
        return self._numbers.told_in(said) if result else said

    def _progress(self) -> float:
        if self.phase is JobPhase.DONE:
            return 1.0
        if self.phase is not JobPhase.BUSY or self._report is None or self._job_waits:
            return 0.0
        return min(max(self._report.progress, 0.0), 1.0)


def _problem_of(line: LineImage) -> str | None:
    """Why this order can not be started, or None."""
    if line.carrier_empty:
        return f"an empty carrier has no VIN; the line says '{line.vin}'" if line.vin else None
    if line.purpose not in list(Purpose):
        return f"there is no Purpose {line.purpose}"
    purpose = Purpose(line.purpose)
    if purpose.follows and line.refers_to in (0, line.sequence_no):
        return f"{purpose.name} refers to the SequenceNo of an inspection before; the line says {line.refers_to}"
    if line.refers_to and not purpose.follows:
        return f"{purpose.name} refers to no other inspection; the line says {line.refers_to}"
    return vin_problem(line.vin)
