"""A robot program that inspects in no time, in a thread: for tests that are about the line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from linewalker.factory.handshake.job import CommittedResult, Job, RobotReport
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort

Inspect = Callable[[StationPort, Job], None]


class FakeProgram:
    """Works jobs off with ``inspect``; the default commits OK at once.

    Attributes:
        jobs: what it was given.
    """

    def __init__(self, port: StationPort, inspect: Inspect | None = None):
        self.port = port
        self.jobs: list[Job] = []
        self._inspect = inspect or say_ok
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        robot_time_s = 0.0
        while not self._stop.is_set():
            robot_time_s += 0.1
            job = self.port.wait_for_job(RobotReport(robot_time_s=robot_time_s, available=True, home=True), 0.05)
            if job is not None:
                self.jobs.append(job)
                self._inspect(self.port, job)


def say_ok(port: StationPort, job: Job) -> None:
    port.publish(RobotReport(robot_time_s=1.0, available=False, in_zone=(0,), progress=0.5))
    port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=LineResult.OK, document=f'"{job.vin}"'))
