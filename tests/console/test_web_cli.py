"""The command line of the console."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.console.web import web_command


def test_options_reach_the_console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(web_command, "serve_console", lambda options: told.append(options) or 0)
    result = CliRunner().invoke(app, ["console", str(tmp_path), "--host", "::1", "--port", "0"])
    assert result.exit_code == 0
    (options,) = told
    assert (options.folders, options.host, options.port, options.beside) == ([tmp_path], "::1", 0, False)


def test_a_folder_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["console", str(tmp_path / "none")])
    assert result.exit_code != 0
    assert "there is no such folder" in str(result.exception)
