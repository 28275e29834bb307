"""The command line of records, as it is typed."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.factory.records.records import Records
from tests.factory.samples import HEADER, VINS, good_car


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    with Records(folder / "records.sqlite") as records:
        records.begin_run(HEADER).commit(good_car())
    return str(folder)


def run(*words: str) -> str:
    ended = CliRunner().invoke(app, ["records", *words])
    assert ended.exit_code == 0, ended.output
    return ended.output


def test_every_command_does_what_it_says(folder, tmp_path):
    assert json.loads(run("ls", folder, "--json"))[0]["cars"] == {"committed": 1}
    assert json.loads(run("show", VINS[0], folder, "--json"))[0]["vin"] == VINS[0]
    assert run("export", folder, "--format", "csv-zh", "--out", str(tmp_path)).strip().endswith("-zh.csv")
    assert run("backup", folder, "--out", str(tmp_path / "b")).count("sha256") == 1


@pytest.mark.parametrize("words", [("ls",), ("show", VINS[0]), ("ls", "no-such-folder"), ("export", ".")])
def test_what_is_missing_is_said(words):
    assert CliRunner().invoke(app, ["records", *words]).exit_code != 0
