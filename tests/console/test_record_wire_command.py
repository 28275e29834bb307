"""``linewalker record --net`` listens where it was told, for as long as it was told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from linewalker import cli
from linewalker.console import record_wire_command
from linewalker.console.record_wire_command import DONE, record_the_wire
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree.simulator.machine import SimulatedG1
from linewalker.limbs.unitree.simulator.server import G1Server
from tests.limbs.unitree.wires import free_domain


def test_what_was_heard_is_told(tmp_path: Path) -> None:
    domain, out = free_domain(81), io.StringIO()
    with G1Server(SimulatedG1(load_profile("g1")), domain) as server:
        code = record_the_wire(tmp_path / "a.mcap", "lo", domain, 0.5, server.turn, Console(file=out, width=80))
    assert code == DONE
    assert "/rt/lowstate: " in out.getvalue()
    assert "/rt/lowcmd: 0" in out.getvalue()


def test_options_get_there_and_what_is_wrong_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="--seconds"):
        record_the_wire(tmp_path / "a.mcap", "lo", 0, 0.0)
    with pytest.raises(InputError, match="--net nowhere0: this machine has"):
        record_the_wire(tmp_path / "a.mcap", "nowhere0", 0, 1.0)
    given: list[tuple[object, ...]] = []
    monkeypatch.setattr(record_wire_command, "record_the_wire", lambda *words: given.append(words) or 0)
    words = f"record --out {tmp_path}/a.mcap --net lo --domain 4 --seconds 3"
    assert CliRunner().invoke(cli.app, words.split()).exit_code == 0
    assert given == [(tmp_path / "a.mcap", "lo", 4, 3.0)]
