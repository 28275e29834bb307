"""The example clients, which know only a library and the documentation, drive a station."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.fieldbus.s7_server import S7Server
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import CommittedResult
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort
from tests.factory.fake_program import FakeProgram
from tests.factory.samples import bad_car

EXAMPLES = Path(__file__).parents[3] / "examples"
SERVERS = {"plc_modbus_client.py": ModbusServer, "plc_s7_client.py": S7Server}
VIN = "LSVAA49J132047371"


@pytest.fixture(scope="module", params=SERVERS)
def place(request):
    kind = SERVERS[request.param]
    with kind(StationPort(), endpoint=kind.default_endpoint.rpartition(":")[0] + ":0") as server:
        yield EXAMPLES / request.param, server


def drive(place, sequence: int):
    example, server = place
    command = [sys.executable, str(example), VIN, "sedan", "paint=red", f"--sequence={sequence}"]
    return subprocess.run(
        [*command, f"--endpoint={server.endpoint}"], capture_output=True, encoding="utf-8", timeout=60
    )


def test_it_imports_nothing_of_linewalker(place):
    code = [line for line in place[0].read_text().splitlines() if line.lstrip().startswith(("import", "from"))]
    assert not any("linewalker" in line for line in code)


def test_a_shift_goes_through_with_verdicts_and_counts(place):
    def inspect(port, job):
        verdict = LineResult(job.sequence)
        reason = "" if verdict is LineResult.OK else "间隙 gap_hood_left"
        document = json.dumps(bad_car().document())
        port.finish(
            CommittedResult(vin=job.vin, sequence=job.sequence, result=verdict, reason=reason, document=document)
        )

    with FakeProgram(place[1].station, inspect) as program:
        runs = [drive(place, sequence) for sequence in (1, 2, 3)]
    counts = "; 0 OK, 2 NOK, 1 not decidable\n"
    assert [run.stdout for run in runs] == [
        f"{VIN}: OK{counts}",
        f"{VIN}: NOK (间隙 gap_hood_left){counts}",
        f"{VIN}: NOT_DECIDABLE (间隙 gap_hood_left){counts}",
    ], runs[0].stderr
    assert [(job.vin, job.type_code, job.options, job.sequence) for job in program.jobs] == [
        (VIN, "sedan", "paint=red", sequence) for sequence in (1, 2, 3)
    ]


def test_it_sees_a_fault(place):
    def fall(port, _):
        port.fail(FaultCode.ROBOT_FELL, "the robot fell")
        port.abandon()

    with FakeProgram(place[1].station, fall):
        run = drive(place, 4)
    assert "fault 202: the robot fell / 机器人跌倒" in run.stderr
