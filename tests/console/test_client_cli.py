"""The commands about clients stand beside the others, and say at once what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.main import get_command

from linewalker import cli
from linewalker.errors import InputError


def test_they_stand_beside_the_others() -> None:
    assert {"approve", "mcp", "run", "report"} <= set(get_command(cli.app).commands)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["approve", "--out", "nowhere"], "nothing was proposed here|nobody sits"),
        (["approve", "--out", "nowhere", "--passphrase-file", "none"], "there is no such file"),
        (["mcp", "--token-file", "none"], "there is no such file"),
        (["mcp", "--http", "nowhere"], "is no address"),
        (["mcp", "--out", __file__], "is a file"),
        (["mcp", "--world", __file__], "name it as well, with --shift"),
        (["mcp", "--shift", __file__], "works by an inspection plan"),
        (["mcp", "--robot", "g2"], "known robots"),
    ],
)
def test_what_is_wrong_is_told(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=says):
        cli.app(arguments, standalone_mode=False)
    assert list(tmp_path.iterdir()) == []


def test_help_says_what_they_are_for(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("approve", "mcp"):
        with pytest.raises((SystemExit, typer.Exit)):
            cli.app([name, "-h"])
        assert "docs/mcp.md" in capsys.readouterr().out
