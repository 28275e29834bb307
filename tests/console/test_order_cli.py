"""Commands that take orders are there, and say what they need."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.errors import InputError

RUNNER = CliRunner()


@pytest.mark.parametrize("command", ["ask", "chat"])
def test_help_names_the_way_to_a_station(command: str) -> None:
    shown = RUNNER.invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert "--shift" in shown.output
    assert "--yes" in shown.output


def test_a_dialogue_with_a_station_needs_a_plan_as_well() -> None:
    done = RUNNER.invoke(app, ["chat", "--shift", "examples/shift.csv"])
    assert isinstance(done.exception, InputError)
