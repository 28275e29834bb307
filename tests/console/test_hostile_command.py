"""A user points the bad line at a station: what is listed, what is told, and how it ends."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from linewalker.console.hostile_command import ALL_HELD, play_hostile, show_scenarios
from linewalker.errors import InputError, StationFault
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.hostile.kit import SCENARIOS
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.fake_program import FakeProgram
from tests.factory.hostile.crew import Crew
from tests.factory.wires import CREDENTIALS


@pytest.fixture
def shift(tmp_path: Path) -> Path:
    file = tmp_path / "shift.csv"
    file.write_text("sequence,vin,model,options\n1,LSVAA49J132047371,sedan,paint=red\n", encoding="utf-8")
    return file


def test_the_list_names_every_scenario_in_eighty_columns() -> None:
    page = io.StringIO()
    assert show_scenarios(Console(file=page, width=80)) == ALL_HELD
    assert all(scenario.name in page.getvalue() for scenario in SCENARIOS)
    assert all(cell_len(line) <= 80 for line in page.getvalue().splitlines())


def test_a_station_is_told_what_held_and_what_did_not(
    tmp_path: Path, shift: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINEWALKER_PASSWORD", CREDENTIALS.password)
    monkeypatch.setenv("LINEWALKER_PKI", str(tmp_path / "pki"))
    crew, port = Crew(0.05), StationPort()
    with (
        StationServer(port, credentials=CREDENTIALS, endpoint=ANY_PORT) as server,
        FakeProgram(port, crew),
    ):
        assert play_hostile(["same-number", "no-vin"], shift, server.endpoint, CREDENTIALS, 0) == ALL_HELD
        assert "2 held, 0 broken" in capsys.readouterr().out
        crew.forgetful = True
        with pytest.raises(StationFault, match="did not hold in same-number"):
            play_hostile(["same-number"], shift, server.endpoint, CREDENTIALS, 0)
    assert "two results for one number" in capsys.readouterr().out


def test_a_mistyped_scenario_is_told_before_anything_is_connected(shift: Path) -> None:
    with pytest.raises(InputError, match="no scenario 'overun'"):
        play_hostile(["overun"], shift, "opc.tcp://127.0.0.1:9/linewalker", CREDENTIALS, 0)
