"""``linewalker surface``: slips get one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from linewalker import cli
from linewalker.errors import InputError


@pytest.mark.parametrize("words", [["train"], ["score"], ["train", "--learner", "none"], ["score", "--model", "no"]])
def test_slips_are_named(tmp_path: Path, words: list[str]) -> None:
    result = CliRunner().invoke(cli.app, ["surface", words[0], str(tmp_path), *words[1:]])
    assert isinstance(result.exception, InputError)
