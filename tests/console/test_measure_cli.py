"""``linewalker measure``: files in, what they say out; slips are answered with one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linewalker import cli
from linewalker.errors import InputError
from tests.docs.blocks import ROOT

LABEL = str(ROOT / "examples" / "codes" / "label.png")


def test_a_code_is_read() -> None:
    result = CliRunner().invoke(cli.app, ["measure", "code", LABEL, "--json"])
    assert result.exit_code == 0
    (code,) = json.loads(result.output)["codes"]
    assert (code["text"], code["symbology"], len(code["corners_px"])) == ("LSVAA49J132047371", "datamatrix", 4)


@pytest.mark.parametrize("words", [["--symbology", "code128"], [str(Path("no.png"))]])
def test_slips_are_named(words: list[str]) -> None:
    file = [] if words[0].endswith(".png") else [LABEL]
    result = CliRunner().invoke(cli.app, ["measure", "code", *file, *words])
    assert isinstance(result.exception, InputError)


@pytest.mark.parametrize("words", [["-h"], ["gap", "-h"]])
def test_help(words: list[str]) -> None:
    assert "Usage" in CliRunner().invoke(cli.app, ["measure", *words]).output


def test_a_file_that_is_not_there() -> None:
    assert isinstance(CliRunner().invoke(cli.app, ["measure", "gap", "nowhere.csv"]).exception, InputError)


def test_a_radius_that_no_edge_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,z\n1,2\n")
    assert CliRunner().invoke(cli.app, ["measure", "gap", str(path), "--radius-master", "-1"]).exit_code == 2
