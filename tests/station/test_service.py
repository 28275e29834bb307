"""A station that serves a line of somebody else's: when it says that it is ready, and when it goes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.station.run_shift import serve_line
from linewalker.station.simulated_station import SimulatedShift
from linewalker.station.wire import Service
from tests.station.accounts import results_of, states
from tests.station.cheap_station import VINS, Watcher, cheap_shift, cheap_station

EXAMPLE = Path(__file__).parents[2] / "examples" / "plc_client.py"
PASSWORD = "a password for tests"


class Station:
    """`serve_line` in a thread."""

    def __init__(self, shift: SimulatedShift, folder: Path, *, cars: int, real_time: bool = False):
        self.listening, self.endpoint = threading.Event(), ""
        service = Service(
            endpoint=ANY_PORT,
            credentials=Credentials(user="line", password=PASSWORD),
            cars=cars,
            real_time=real_time,
        )
        station = cheap_station(shift, Watcher())
        self._thread = threading.Thread(
            target=lambda: serve_line(shift, station, folder, Watcher(), service, self._ready)
        )
        self._thread.start()

    def _ready(self, endpoint: str) -> None:
        self.endpoint = endpoint
        socket.create_connection((urlsplit(endpoint).hostname, urlsplit(endpoint).port)).close()  # it listens already
        self.listening.set()

    def join(self) -> None:
        self._thread.join(60.0)
        assert not self._thread.is_alive()


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> SimulatedShift:
    return cheap_shift(tmp_path_factory.mktemp("files"), cars=2)


def test_it_stays_until_the_line_has_everything_and_hung_up(shift: SimulatedShift, tmp_path: Path) -> None:
    station = Station(shift, tmp_path / "out", cars=1)
    assert station.listening.wait(60.0)
    command = [sys.executable, str(EXAMPLE), VINS[0], "sedan", f"--endpoint={station.endpoint}"]
    client = subprocess.run(
        [*command, f"--pki={tmp_path}"],
        env={**os.environ, "LINEWALKER_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    station.join()
    assert client.stdout == f"{VINS[0]}: OK\n", client.stderr
    assert client.returncode == 0
    assert "Error" not in client.stderr
    assert states(results_of(tmp_path / "out")) == dict(zip(VINS, ["judged", "not_inspected"]))
