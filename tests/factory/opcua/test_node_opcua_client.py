"""The example client in JavaScript, which knows only node-opcua and the documentation, drives a shift."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from linewalker.factory.handshake.job import CommittedResult
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.fake_program import FakeProgram
from tests.factory.wires import CREDENTIALS

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "plc_opcua_client.mjs"


def modules() -> Path | None:
    """Where node-opcua is installed: for all (``npm install -g node-opcua``), or in the project."""
    if shutil.which("npm") is None:
        return None
    everywhere = subprocess.run(["npm", "root", "-g"], capture_output=True, encoding="utf-8").stdout.strip()
    return next((at for at in (ROOT / "node_modules", Path(everywhere)) if (at / "node-opcua").is_dir()), None)


def test_it_uses_nothing_but_node_opcua_and_node():
    used = [
        line.rpartition(" from ")[2] for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if " from " in line
    ]
    assert [one.strip('";') for one in used if one.endswith('";')] == ["node:fs", "node:timers/promises", "node-opcua"]


def test_a_shift_goes_through_with_its_verdicts(pki, tmp_path):
    if (found := modules()) is None:
        pytest.skip("node-opcua is not installed: npm install -g node-opcua")
    (tmp_path / "node_modules").symlink_to(found)
    client = shutil.copy(EXAMPLE, tmp_path)

    def inspect(port, job):
        verdict = LineResult(job.sequence)
        reason = "" if verdict is LineResult.OK else "间隙 gap_hood_left"
        port.finish(CommittedResult(vin=job.vin, sequence=job.sequence, result=verdict, reason=reason))

    with (
        StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server,
        FakeProgram(server.station, inspect) as program,
    ):
        run = subprocess.run(
            ["node", client, str(ROOT / "examples" / "shift.csv"), server.endpoint],
            env={**os.environ, "HOME": str(tmp_path), "LINEWALKER_PASSWORD": CREDENTIALS.password},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
    assert [line for line in run.stdout.splitlines() if line.startswith("LSV")] == [
        "LSVAA49J132047371: OK",
        "LSVAA49J332047372: NOK (间隙 gap_hood_left)",
        "LSVAA49J532047373: NOT_DECIDABLE (间隙 gap_hood_left)",
    ], run.stderr
    assert [(job.sequence, job.type_code, job.options) for job in program.jobs] == [
        (1, "sedan", "paint=red;wheels=sport;badge=rs"),
        (2, "sedan", "paint=silver;wheels=standard;badge=none"),
        (3, "sedan", "paint=silver;wheels=standard;badge=none"),
    ]
