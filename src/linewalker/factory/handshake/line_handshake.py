"""The line controller's side of the handshake: no I/O, no clock of its own.

It believes nothing it can not check: a result counts only while the station is alive and echoes the VIN and the
SequenceNo of the car that stands there. Whatever goes wrong, the car leaves as NOT_DECIDABLE, never as OK.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from linewalker.factory.handshake.life import LifeWatch
from linewalker.factory.handshake.signals import COUNTER_VALUES, ZONES, LineImage, LineMode, LineResult, StationImage
from linewalker.factory.orders.build_orders import BuildOrder


@dataclass(frozen=True, kw_only=True)
class LineLimits:
    """How patient the line is. All on the line's own clock.

    Attributes:
        life_timeout_s: the station is lost when its echo of LifeCounter stood still for longer.
        lost_timeout_s: how long a lost station may take to come back.
        ready_timeout_s: how long the station may take to become ready and to start.
        job_timeout_s: how long a started job may take.
        reset_period_s: FaultReset is held, then released, for this long each.
        attempts: how often one car is started, faults in between.
    """

    life_timeout_s: float = 5.0
    lost_timeout_s: float = 60.0
    ready_timeout_s: float = 120.0
    job_timeout_s: float = 3600.0
    reset_period_s: float = 1.0
    attempts: int = 2

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not value > 0:
                raise ValueError(f"{name} is {value}; expected more than 0")


class Cause(Enum):
    """Why a car left the station with the result it has."""

    JUDGED = "judged"
    STATION_FAULT = "station fault"
    STATION_LOST = "station lost"
    WRONG_ECHO = "wrong echo"
    TIMED_OUT = "timed out"
    NOT_INSPECTED = "not inspected"

    @property
    def in_chinese(self) -> str:
        """As the value says in English."""
        return _CAUSES_IN_CHINESE[self]


_CAUSES_IN_CHINESE = {
    Cause.JUDGED: "已判定",
    Cause.STATION_FAULT: "工位故障",
    Cause.STATION_LOST: "工位失联",
    Cause.WRONG_ECHO: "回送不符",
    Cause.TIMED_OUT: "超时",
    Cause.NOT_INSPECTED: "未检测",
}


@dataclass(frozen=True, kw_only=True)
class CarOutcome:
    """What the line knows about a car when it leaves.

    Attributes:
        vin, sequence: of the car.
        result: NOT_DECIDABLE unless the station judged it.
        cause: where the result comes from.
        reason: in words; empty for OK.
        job_id: of the station, if there was a job.
        document: the station's ResultJson; empty unless judged.
    """

    vin: str
    sequence: int
    result: LineResult
    cause: Cause
    reason: str = ""
    job_id: str = ""
    document: str = ""

    def __post_init__(self) -> None:
        if self.cause is not Cause.JUDGED and self.result is not LineResult.NOT_DECIDABLE:
            raise ValueError(f"a car with the cause '{self.cause.value}' is NOT_DECIDABLE")


class LineStep(Enum):
    """Where the line stands with one car."""

    IDLE = "idle"
    AWAIT_READY = "await ready"
    STARTED = "started"
    RUNNING = "running"
    ACKNOWLEDGE = "acknowledge"
    FINISHED = "finished"


class LineHandshake:
    """Brings one car after the other through the station. Not thread-safe.

    Attributes:
        step: where it stands with the car.
        outcome: the result of the car, as soon as it is known; store it before the next image is sent.
    """

    def __init__(self, limits: LineLimits | None = None):
        self.limits = limits or LineLimits()
        self.step = LineStep.IDLE
        self.outcome: CarOutcome | None = None
        self._order: BuildOrder | None = None
        self._life = LifeWatch(self.limits.life_timeout_s)
        self._image = LineImage(mode=LineMode.AUTOMATIC)
        self._attempts_left = 0
        self._step_since_s = 0.0
        self._lost_since_s: float | None = None
        self._last_fault = ""

    def begin(self, order: BuildOrder, now_s: float) -> None:
        """A car stands at the station."""
        if self.step not in (LineStep.IDLE, LineStep.FINISHED):
            raise RuntimeError(f"the line is not done with car {self._order}")
        self._order, self.outcome = order, None
        self._attempts_left = self.limits.attempts
        self._lost_since_s = None
        self._last_fault = ""
        self._go(LineStep.AWAIT_READY, now_s)

    def cycle(self, station: StationImage | None, now_s: float) -> LineImage:
        """One scan.

        Args:
            station: what the station says now; None while there is no connection.
            now_s: monotonic time.
        """
        self._count_life(station, now_s)
        if self.step not in (LineStep.IDLE, LineStep.FINISHED):
            if station is None or not self._life.alive(now_s):
                self._wait_for_station(now_s)
            else:
                self._lost_since_s = None
                self._advance(station, now_s)
        return self._image

    def withdraw(self) -> LineImage:
        """What to say last before the line goes: everything low, Mode off. A job that runs is stopped by it."""
        self._image = LineImage(mode=LineMode.OFF, life_counter=(self._image.life_counter + 1) % COUNTER_VALUES)
        return self._image

    def _count_life(self, station: StationImage | None, now_s: float) -> None:
        if station is not None:
            self._life.saw(station.life_counter, now_s)
        self._image = replace(self._image, life_counter=(self._image.life_counter + 1) % COUNTER_VALUES)

    def _wait_for_station(self, now_s: float) -> None:
        if self._lost_since_s is None:
            self._lost_since_s = now_s
        if now_s - self._lost_since_s > self.limits.lost_timeout_s:
            self._leave(Cause.STATION_LOST, "the station does not answer", now_s)

    def _advance(self, station: StationImage, now_s: float) -> None:
        if self.step is LineStep.AWAIT_READY:
            self._await_ready(station, now_s)
        elif self.step is LineStep.ACKNOWLEDGE:
            taken_back = not station.done or not self._is_ours(station)
            if taken_back or self._waited_s(now_s) > self.limits.ready_timeout_s:
                self._finish(now_s)
        elif station.fault_code:
            self._after_fault(f"fault {station.fault_code}: {station.fault_text}", now_s)
        elif (station.busy or station.done) and not self._is_ours(station):
            self._leave(
                Cause.WRONG_ECHO,
                f"the station answers for VIN '{station.vin}' sequence {station.sequence_no}",
                now_s,
            )
        elif station.done:
            self._take_result(station, now_s)
        elif self.step is LineStep.STARTED:
            if station.busy:
                self._go(LineStep.RUNNING, now_s)
            elif self._waited_s(now_s) > self.limits.ready_timeout_s:
                self._leave(Cause.TIMED_OUT, "the station did not start", now_s)
        elif not station.busy:
            self._after_fault("the station lost the job", now_s)
        elif self._waited_s(now_s) > self.limits.job_timeout_s:
            self._leave(Cause.TIMED_OUT, "the job took too long for the line", now_s)

    # ------------------------------------------------------------------ before the start
    def _await_ready(self, station: StationImage, now_s: float) -> None:
        if self._waited_s(now_s) > self.limits.ready_timeout_s:
            cause = Cause.STATION_FAULT if station.fault_code else Cause.TIMED_OUT
            fault = f"fault {station.fault_code}: {station.fault_text}" if station.fault_code else self._last_fault
            self._leave(cause, fault or "the station did not become ready", now_s)
            return
        order = self._order
        assert order is not None
        if station.done:  # a result nobody took over: it is safe in the station's records, a repeated start returns it
            self._say(vin=station.vin, sequence_no=station.sequence_no, ack_result=True)
            return
        shown = self._image
        self._say(
            vehicle_in_place=True,
            vin=order.vin,
            type_code=order.model,
            options=order.options_text,
            sequence_no=order.sequence,
            enter_permit=(True,) * ZONES,
            fault_reset=bool(station.fault_code) and self._reset_pulse(now_s),
        )
        data_stood = replace(self._image, life_counter=shown.life_counter) == shown
        if station.ready and not station.fault_code and data_stood:
            self._say_more(start_inspect=True)
            self._attempts_left -= 1
            self._go(LineStep.STARTED, now_s)

    def _reset_pulse(self, now_s: float) -> bool:
        return int(self._waited_s(now_s) / self.limits.reset_period_s) % 2 == 1

    # ------------------------------------------------------------------ after the start
    def _is_ours(self, station: StationImage) -> bool:
        assert self._order is not None
        return (station.vin, station.sequence_no) == (self._order.vin, self._order.sequence)

    def _take_result(self, station: StationImage, now_s: float) -> None:
        assert self._order is not None
        if station.result not in (LineResult.OK, LineResult.NOK, LineResult.NOT_DECIDABLE):
            self._leave(Cause.WRONG_ECHO, f"the station is done with the result {station.result}", now_s)
            return
        self.outcome = CarOutcome(
            vin=self._order.vin,
            sequence=self._order.sequence,
            result=LineResult(station.result),
            cause=Cause.JUDGED,
            reason=station.result_reason,
            job_id=station.job_id,
            document=station.result_json,
        )
        self._say_more(start_inspect=False, ack_result=True)
        self._go(LineStep.ACKNOWLEDGE, now_s)

    def _after_fault(self, fault: str, now_s: float) -> None:
        self._last_fault = fault
        if self._attempts_left == 0:
            self._leave(Cause.STATION_FAULT, fault, now_s)
            return
        self._say_more(start_inspect=False)
        self._go(LineStep.AWAIT_READY, now_s)

    def _leave(self, cause: Cause, reason: str, now_s: float) -> None:
        """The car goes; what the station said about it stays what it was if it had judged it."""
        assert self._order is not None
        if self.outcome is None:
            self.outcome = CarOutcome(
                vin=self._order.vin,
                sequence=self._order.sequence,
                result=LineResult.NOT_DECIDABLE,
                cause=cause,
                reason=reason,
            )
        self._finish(now_s)

    def _finish(self, now_s: float) -> None:
        self._say()
        self._go(LineStep.FINISHED, now_s)

    # ------------------------------------------------------------------ small things
    def _say(self, **signals: Any) -> None:
        """Everything low except what is named."""
        self._image = LineImage(mode=LineMode.AUTOMATIC, life_counter=self._image.life_counter, **signals)

    def _say_more(self, **signals: Any) -> None:
        """As before, except what is named."""
        self._image = replace(self._image, **signals)

    def _go(self, step: LineStep, now_s: float) -> None:
        self.step, self._step_since_s = step, now_s

    def _waited_s(self, now_s: float) -> float:
        return now_s - self._step_since_s
