"""The example client, which knows only asyncua and the documentation, drives a station."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import CommittedResult
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.fake_program import FakeProgram
from tests.factory.wires import CREDENTIALS

EXAMPLE = Path(__file__).parents[3] / "examples" / "plc_client.py"
VIN = "LSVAA49J132047371"


@pytest.fixture(scope="module")
def server(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        yield server


def drive(server: StationServer, folder: Path, sequence: int, password: str = CREDENTIALS.password):
    command = [sys.executable, str(EXAMPLE), VIN, "sedan", "paint=red", f"--sequence={sequence}"]
    command += [f"--endpoint={server.endpoint}", f"--pki={folder}"]
    environment = {**os.environ, "LINEWALKER_PASSWORD": password}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def test_it_imports_nothing_of_linewalker():
    code = [line for line in EXAMPLE.read_text().splitlines() if line.lstrip().startswith(("import", "from"))]
    assert not any("linewalker" in line for line in code)


def test_two_cars_go_through_with_their_verdicts(server, tmp_path):
    def inspect(port, job):
        verdict = LineResult.NOK if job.sequence == 2 else LineResult.OK
        reason = "gap_hood_left" if verdict is LineResult.NOK else ""
        port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=verdict, reason=reason))

    with FakeProgram(server.station, inspect) as program:
        runs = [drive(server, tmp_path, sequence) for sequence in (1, 2)]
    assert [run.stdout for run in runs] == [f"{VIN}: OK\n", f"{VIN}: NOK (gap_hood_left)\n"], runs[0].stderr
    assert [(job.vin, job.type_code, job.options, job.sequence) for job in program.jobs] == [
        (VIN, "sedan", "paint=red", 1),
        (VIN, "sedan", "paint=red", 2),
    ]


def test_it_stays_outside_with_a_wrong_password(server, tmp_path):
    run = drive(server, tmp_path, 3, password="not the password")
    assert "BadUserAccessDenied" in run.stderr


def test_it_sees_a_fault(server, tmp_path):
    def fall(port, _):
        port.fail(FaultCode.ROBOT_FELL, "the robot fell")
        port.abandon()

    with FakeProgram(server.station, fall):
        run = drive(server, tmp_path, 4)
    assert "fault 202: the robot fell" in run.stderr
