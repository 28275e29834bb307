"""One command makes a folder forget a car, and refuses where a station works."""

from __future__ import annotations

import json

import pytest

from linewalker.console.retain_command import retain_records
from linewalker.errors import InputError
from linewalker.factory.records.means import Means
from linewalker.factory.records.records import Records
from linewalker.station.run_folder import sole_lease
from tests.factory.samples import HEADER, VINS, bad_car, good_car


@pytest.fixture
def folder(tmp_path):
    with Records(tmp_path / "records.sqlite") as records:
        run = records.begin_run(HEADER)
        for car in (good_car(), bad_car()):
            run.commit(car)
        run.write_results(tmp_path / "results.json")
    for name in ("journal.jsonl", "report.html", "truth.json"):
        (tmp_path / name).write_text(VINS[0])
    return tmp_path


@pytest.mark.parametrize(("means", "left"), [(Means.DELETE, 1), (Means.PSEUDONYM, 2)])
def test_a_car_is_forgotten_in_every_file(folder, capsys, means, left):
    retain_records([folder], means, None, VINS[0], "asked for")
    assert capsys.readouterr().out == f"{folder}: {means.value}, 1 jobs\n"
    assert not any(VINS[0].encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    results = json.loads((folder / "results.json").read_text())
    assert results["summary"]["cars"]["total"] == len(results["cars"]) == left


def test_nothing_old_changes_nothing(folder):
    before = {path: path.read_bytes() for path in folder.iterdir() if path.suffix in (".json", ".html")}
    retain_records([folder], Means.DELETE, 30, None, "a month")
    assert {path: path.read_bytes() for path in before} == before


def test_it_is_refused_where_a_station_works_and_where_nothing_bounds_it(folder):
    with sole_lease(folder), pytest.raises(InputError, match="a station is at work"):
        retain_records([folder], Means.DELETE, None, VINS[0], "asked for")
    with pytest.raises(InputError, match="say which cars"):
        retain_records([folder], Means.DELETE, None, None, "asked for")
