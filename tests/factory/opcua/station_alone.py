"""Run as a program: a station without a robot that says it stands, until it is ended. Prints endpoint and server."""

from __future__ import annotations

import contextlib
import signal
import sys
from pathlib import Path

from linewalker.console.commands import terminable
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import RobotReport
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.wires import CREDENTIALS


def main(pki: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with (
        contextlib.suppress(KeyboardInterrupt),
        terminable(),
        StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server,
    ):
        print(server.endpoint, server.pid, flush=True)
        try:
            while True:
                server.station.wait_for_job(RobotReport(robot_time_s=0.0, available=True, home=True), 0.05)
        except KeyboardInterrupt:
            server.station.fail(FaultCode.ROBOT_FAULT, "ended by hand")
            raise


if __name__ == "__main__":
    main(Path(sys.argv[1]))
