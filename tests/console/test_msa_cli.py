"""``linewalker msa``: every command runs, writes its page, and refuses slips with one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linewalker import cli
from linewalker.errors import InputError
from tests.console.capability.desk import FOLDER

COMMANDS = {
    "type1": [str(FOLDER / "type1.csv"), "--reference", "4", "--tolerance", "0.2"],
    "grr": [str(FOLDER / "grr.csv"), "--tolerance", "8"],
    "attribute": [str(FOLDER / "attribute.csv"), "--bad", "不合格"],
    "linearity": [str(FOLDER / "linearity.csv")],
    "stability": [str(FOLDER / "stability.csv")],
    "pod": [str(FOLDER / "hit_miss.csv")],
    "budget": ["--tolerance", "9", "--other", "bias=0.1", "--other", "temperature=0.2"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_prints_and_writes_its_page(command: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    words = ["msa", command, *COMMANDS[command], "--json", "--lang", "zh", "--report", str(page)]
    result = CliRunner().invoke(cli.app, words)
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["study"] == command
    assert 'id="only-zh" checked' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=str)
def test_help_everywhere(command: list[str]) -> None:
    assert "Usage" in CliRunner().invoke(cli.app, ["msa", *command, "-h"]).output


@pytest.mark.parametrize("text", ["bias", "bias=x", "=1"])
def test_a_number_without_its_name_is_refused(text: str) -> None:
    result = CliRunner().invoke(cli.app, ["msa", "budget", "--tolerance", "1", "--other", text])
    assert isinstance(result.exception, InputError)


def test_a_file_that_is_not_there_is_refused() -> None:
    result = CliRunner().invoke(cli.app, ["msa", "linearity", "nowhere.csv"])
    assert isinstance(result.exception, InputError)
    assert "no such file" in str(result.exception)
