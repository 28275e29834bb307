"""A station under measurement: its server, what works there, and what weighs on it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.factory.load import CREDENTIALS
from linewalker.factory.handshake.job import CommittedResult, RobotReport
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.certificates import LINE_URI, ensure_certificate
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.station_server import StationServer

JOB_S = 0.1
_SETTLE_S = 3.0


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A server that serves.

    Attributes:
        server: the server.
        pki: folder with certificates.
    """

    server: StationServer
    pki: Path

    @contextmanager
    def under(self, kind: str) -> Iterator[None]:
        """A load on it, for as long as the block lasts; "" is none."""
        if not kind:
            yield
            return
        words = [sys.executable, "-m", "benchmarks.factory.load", kind, self.server.endpoint, str(self.pki)]
        with subprocess.Popen(words, stdout=subprocess.PIPE) as load:
            try:
                assert load.stdout is not None
                load.stdout.readline()
                time.sleep(_SETTLE_S)
                yield
            finally:
                load.kill()

    @property
    def memory_mb(self) -> float:
        """Resident, of the server's process."""
        status = Path(f"/proc/{self.server.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    @property
    def cpu_s(self) -> float:
        """Time the server's process has worked so far."""
        fields = Path(f"/proc/{self.server.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def scene(pki: Path) -> Iterator[Scene]:
    """A server, and a program that does a job in no time."""
    ensure_certificate("line", LINE_URI, pki)
    done = threading.Event()
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        worker = threading.Thread(target=_work, args=(server.station, done))
        worker.start()
        try:
            yield Scene(server=server, pki=pki)
        finally:
            done.set()
            worker.join()


def _work(port: StationPort, done: threading.Event) -> None:
    while not done.is_set():
        job = port.wait_for_job(RobotReport(robot_time_s=0.0, available=True, home=True), 0.1)
        if job is not None:
            time.sleep(JOB_S)
            port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=LineResult.OK))
