"""Slow: every scenario of a bad line at our own station, in true physics. ``make soak``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from linewalker.factory.hostile.kit import ALL, Kit, chosen, numbered
from linewalker.factory.hostile.scenario import Ending
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.orders.build_orders import read_shift

pytestmark = pytest.mark.soak

EXAMPLES = Path(__file__).parents[1] / "examples"
PASSWORD = "a password for bad lines"


def test_our_station_bears_every_bad_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    endpoint = f"opc.tcp://127.0.0.1:{port}/linewalker"
    words = ["station", "--plan", str(EXAMPLES / "plan.yaml"), "--endpoint", endpoint, "--pace", "max"]
    environment = {**os.environ, "LINEWALKER_PASSWORD": PASSWORD, "LINEWALKER_PKI": str(tmp_path / "pki")}
    station = subprocess.Popen(
        [sys.executable, "-m", "linewalker", *words, "--out", str(tmp_path / "out")],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        kit = Kit(
            endpoint=endpoint,
            connect=lambda: StationLink(
                endpoint=endpoint,
                credentials=Credentials(user="line", password=PASSWORD),
                pki=tmp_path / "line",
                connect_timeout_s=600.0,
            ),
            orders=numbered(read_shift(EXAMPLES / "shift.csv"), 1),
        )
        findings = kit.play(chosen([ALL]), lambda found: print(found.scenario.name, found.ending.value, found.seen))
    finally:
        station.terminate()
        code = station.wait(60.0)
    assert [(f.scenario.name, f.seen) for f in findings if f.ending is not Ending.HELD] == []
    assert code in (0, 130)
