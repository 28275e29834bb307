"""A robot program that inspects in no time, in a thread: for tests that are about the line."""

from __future__ import annotations

from collections.abc import Callable

from linewalker.factory.handshake.job import CommittedResult, Job, RobotReport
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort
from tests.factory.background import Background

Inspect = Callable[[StationPort, Job], None]


class FakeProgram(Background):
    """Works jobs off with ``inspect``; the default commits OK at once.

    Attributes:
        jobs: what it was given.
    """

    def __init__(self, port: StationPort, inspect: Inspect | None = None):
        super().__init__()
        self.port = port
        self.jobs: list[Job] = []
        self._inspect = inspect or say_ok

    def work(self) -> None:
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
