"""``linewalker measure``: a picture in, what it says out."""

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
