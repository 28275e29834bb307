"""The command line of records, as it is typed."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.factory.records.clock import ClockSource
from linewalker.factory.records.database import put_elsewhere
from linewalker.factory.records.records import Records
from tests.factory.postgresql_server import postgresql_server, why_not
from tests.factory.samples import HEADER, VINS, good_car


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def folder(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    if request.param == "SQLite":
        yield filled(folder)
    elif (problem := why_not()) is not None:
        pytest.skip(problem)
    else:
        with postgresql_server() as server:
            put_elsewhere(folder / "records.sqlite", server.new_database())
            yield filled(folder)


def filled(folder: Path) -> str:
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
    copied = json.loads(run("backup", folder, "--out", str(tmp_path / "b")))
    restored = tmp_path / "restored"
    restored.mkdir()
    Path(copied["file"]).rename(restored / "records.sqlite")
    for words in (("ls",), ("show", VINS[0])):
        before, after = (json.loads(run(*words, there, "--json")) for there in (folder, str(restored)))
        assert [{**one, "folder": ""} for one in after] == [{**one, "folder": ""} for one in before]


def test_the_clock_on_the_wall_stands_beside_every_judged_car_and_what_keeps_it(folder):
    (attempt,) = json.loads(run("show", VINS[0], folder, "--json"))
    assert datetime.datetime.fromisoformat(attempt["recorded_at"]).tzinfo is not None
    assert attempt["clock"] in {source.value for source in ClockSource}


def test_a_car_goes_by_command(folder):
    said = run("retain", folder, "--do", "delete", "--vin", VINS[0], "--why", "asked for")
    assert said.strip().endswith("delete, 1 jobs")
    assert json.loads(run("ls", folder, "--json"))[0]["cars"] == {}


@pytest.mark.parametrize("words", [("ls",), ("show", VINS[0]), ("ls", "no-such-folder"), ("export", ".")])
def test_what_is_missing_is_said(words):
    assert CliRunner().invoke(app, ["records", *words]).exit_code != 0
