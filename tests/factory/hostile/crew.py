"""A robot program that takes a while for a car, remembers what it found, and retreats when it is told to."""

from __future__ import annotations

import time

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import CommittedResult, Job, RobotReport
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort

STEP_S = 0.01


class Crew:
    """Called with a job; every result is another one, so that a car inspected twice shows."""

    def __init__(self, job_s: float, models: tuple[str, ...] = ("sedan",)):
        self._job_s, self._models = job_s, models
        self._done: dict[tuple[str, int], tuple[str, CommittedResult]] = {}
        self.forgetful = False

    def __call__(self, port: StationPort, job: Job) -> None:
        key = (job.vin, job.sequence)
        options, result = self._done.get(key, (job.options, None))
        if job.type_code not in self._models or options != job.options:
            port.fail(FaultCode.ORDER_INVALID, "such an order is none")
            port.abandon()
            return
        if result is None or self.forgetful:
            for step in range(round(self._job_s / STEP_S)):
                port.publish(RobotReport(robot_time_s=step * STEP_S, available=False, in_zone=(0,), progress=0.5))
                if port.stop_requested is not None:
                    port.abandon()
                    return
                time.sleep(STEP_S)
            document = f'"result {len(self._done) + self.forgetful * time.monotonic()}"'
            result = CommittedResult(vin=job.vin, sequence=job.sequence, result=LineResult.OK, document=document)
            self._done[key] = (job.options, result)
        if not port.finish(result):
            port.abandon()
