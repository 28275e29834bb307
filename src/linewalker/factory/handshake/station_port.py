"""The station's end of the line: `StationPort`, through which robot program and wire share one handshake.

A wire carries two images between line and station: an OPC UA server, a fieldbus, memory in a test. It calls
`StationPort.scan` some 50 times a second, in a thread of its own: what the line says goes in, what the station says
comes out. The program sees neither wire nor thread; its calls only touch the handshake, under a lock, and cost
microseconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from linewalker.errors import TAKT_EXPIRED, JobInterrupted, StationFault, TaktExpired
from linewalker.factory.handshake.faults import Fault, FaultCode
from linewalker.factory.handshake.job import CommittedResult, HandshakeLimits, Job, Override, RobotReport
from linewalker.factory.handshake.life import AwakeClock
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_handshake import JobPhase, StationHandshake

Found = TypeVar("Found")

_STILL_THERE_S = 0.5


class StationPort:
    """One robot station on the line, whatever the wire.

    Attributes:
        limits: patience and zones.
        on_scan: told what line and station say at every scan, and whether anybody is there; in the thread of the wire.
            It must neither raise nor wait.
    """

    def __init__(self, limits: HandshakeLimits | None = None, *, clock: Callable[[], float] = time.monotonic):
        """
        Args:
            limits: patience and zones.
            clock: seconds that never go back.
        """
        self._clock = clock
        self._awake = AwakeClock(clock)
        self._lock = threading.Lock()
        self.limits = limits or HandshakeLimits()
        self._handshake = StationHandshake(self.limits)
        self._changed = threading.Event()  # a scan ended; wakes whoever waits for a job
        self._connected = False
        self._wire: str | None = None  # in words, as soon as there is one
        self._carried = False
        self._broke: BaseException | None = None
        self.on_scan: Callable[[LineImage, StationImage, bool], None] = lambda *_: None

    # ------------------------------------------------------------------ what the wire calls
    @contextmanager
    def carried(self, wire: str) -> Iterator[None]:
        """Around the life of a wire: before it the program can not work, after it the program is told.

        Args:
            wire: what carries, in words for the message: "the OPC UA server".
        """
        self._wire, self._carried, self._broke = wire, True, None
        try:
            yield
        except BaseException as error:
            self._broke = error  # the program is told with it that the wire died
            raise
        finally:
            self._carried = False
            self._changed.set()

    def scan(self, line: LineImage, *, connected: bool) -> StationImage:
        """One scan.

        Args:
            line: what the line says now.
            connected: whether anybody is at the other end.

        Returns:
            what the station says now, to be published whole.
        """
        with self._lock:
            said = self._handshake.cycle(line, self._awake.tick())
        self._connected = connected
        self._changed.set()
        self.on_scan(line, said, connected)
        return said

    # ------------------------------------------------------------------ what the robot program calls
    def publish(self, report: RobotReport) -> None:
        """Say where the robot is. To be called several times a second of real time while the program works.

        Raises:
            StationFault: nothing carries what the station says.
        """
        self._check_wire()
        with self._lock:
            self._handshake.report(report, self._awake.now_s)

    def wait_for_job(self, report: RobotReport, timeout_s: float) -> Job | None:
        """Stand there and wait; returns the next job, or None after the timeout.

        Args:
            report: how the robot stands; it stays valid while this call waits.
            timeout_s: real time.

        Raises:
            StationFault: nothing carries what the station says.
        """
        return self._wait(report, timeout_s, self._handshake.take_job)

    def wait_until_released(self, report: RobotReport, timeout_s: float) -> bool:
        """Stand there until the line has taken the result over and all is back at rest; False after the timeout."""
        at_work = (JobPhase.DONE, JobPhase.RELEASED)
        return bool(self._wait(report, timeout_s, lambda: self._handshake.phase not in at_work))

    def wait_until_alone(self, report: RobotReport, timeout_s: float) -> bool:
        """Stand there until nobody is at the other end any more; False after the timeout."""
        return bool(self._wait(report, timeout_s, lambda: not self._connected))

    def wait_until_reset(self, report: RobotReport, timeout_s: float) -> bool:
        """Stand there until the line has reset the fault; False after the timeout."""
        return bool(self._wait(report, timeout_s, lambda: self._handshake.fault is None))

    def _wait(self, report: RobotReport, timeout_s: float, look: Callable[[], Found | None]) -> Found | None:
        deadline_s = self._clock() + timeout_s
        while True:
            self.publish(report)
            self._changed.clear()
            with self._lock:
                found = look()
            if found:
                return found
            left_s = deadline_s - self._clock()
            if left_s <= 0.0:
                return None
            self._changed.wait(min(left_s, _STILL_THERE_S))

    @property
    def stop_requested(self) -> JobInterrupted | None:
        """Why the program should break the running job off and bring the robot to a safe place, to raise; None: go on.

        After a stop the program calls `abandon`; after TaktExpired it stores and finishes what it has.
        """
        with self._lock:
            if (fault := self._handshake.fault) is not None:
                return JobInterrupted(fault.text, fault.in_chinese)
            return TaktExpired(TAKT_EXPIRED) if self._handshake.takt_expired else None

    def finish(self, result: CommittedResult, ids: Sequence[str] = ()) -> bool:
        """Tell the line the result of the job that was taken; False if the line had stopped it meanwhile.

        Args:
            result: of the car.
            ids: of all characteristics of its model, in the order of the plan.
        """
        self._check_wire()
        with self._lock:
            return self._handshake.finish(result, ids)

    def take_override(self) -> Override | None:
        """A person's verdict on the result that stands there, to be stored; once. None if there is none."""
        with self._lock:
            return self._handshake.take_override()

    def answer_override(self, *, stored: bool) -> None:
        """Tell the line what became of it."""
        with self._lock:
            self._handshake.answer_override(stored=stored)

    def abandon(self) -> None:
        """The program gave the job up, the robot stands safely; the line may reset and start again."""
        with self._lock:
            self._handshake.abandon()

    def fail(self, code: FaultCode, text: str) -> None:
        """Report a fault of the station or its robot."""
        with self._lock:
            self._handshake.fail(Fault(code=code, text=text))

    def _check_wire(self) -> None:
        if self._wire is None:
            raise StationFault("the station is not at the line; use it inside the with block of its wire")
        if not self._carried:
            raise StationFault(f"{self._wire} of the station died") from self._broke
