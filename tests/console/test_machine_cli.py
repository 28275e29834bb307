"""Commands for a robot at its own wire, as the command line takes them."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from linewalker import cli
from linewalker.console import g1_sim_command
from linewalker.console.g1_sim_command import G1Options


def test_options_reach_the_simulated_g1(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[G1Options] = []
    monkeypatch.setattr(g1_sim_command, "simulate_g1", lambda options: given.append(options) or 0)
    words = (
        "g1-sim --domain 3 --seconds 2 --fault cable@1 --fault hot@2+1 --joint-friction 1 --delay 4 --answered --seed 5"
    )
    assert CliRunner().invoke(cli.app, words.split()).exit_code == 0
    assert given == [
        G1Options(
            domain=3, seconds=2.0, faults=("cable@1", "hot@2+1"), joint_friction_nm=1.0, delay_ms=4.0, answered=True,
            seed=5,
        )
    ]  # fmt: skip
