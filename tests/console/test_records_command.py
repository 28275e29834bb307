"""What is on record is listed, shown, handed over and saved, of several folders at once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.console.records_command import backup, export, list_runs, show_car
from linewalker.errors import InputError
from linewalker.factory.records.records import Records
from tests.factory.quality.dfq_reader import read_dfq
from tests.factory.samples import HEADER, VINS, bad_car, fallen_car, good_car, missing_car


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> list[Path]:
    here = [tmp_path_factory.mktemp(name) for name in ("early", "late")]
    with Records(here[0] / "records.sqlite") as records:
        run = records.begin_run(HEADER, expected=[missing_car()])
        run.commit(good_car())
    with Records(here[1] / "records.sqlite") as records:
        run = records.begin_run(replace(HEADER, seed=9))
        run.interrupt(fallen_car())
        run.commit(bad_car())
        run.commit(replace(good_car(), began_s=1.0))
    return here


def test_every_run_of_every_folder_is_listed(folders, capsys):
    list_runs(folders, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert [run["folder"] for run in found] == [str(folder) for folder in folders]
    assert [run["cars"] for run in found] == [{"committed": 1, "expected": 1}, {"committed": 2, "interrupted": 1}]
    list_runs(folders, as_json=False)
    shown = capsys.readouterr().out
    assert "shift.csv" in shown
    assert "2 committed" in shown


def test_a_car_is_shown_from_every_folder_it_is_in(folders, capsys):
    show_car(VINS[0], folders, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert [(attempt["folder"], attempt["job"]) for attempt in found] == [(str(f), "committed") for f in folders]
    assert found[0]["clock"] in ("synchronised", "unsynchronised", "unknown")
    show_car(VINS[2], folders[1:], as_json=False)
    shown = capsys.readouterr().out
    for said in (VINS[2], "interrupted", "gap_hood_fender_left", "the robot fell"):
        assert said in shown


def test_a_car_that_nobody_knows_is_one_clear_error(folders):
    with pytest.raises(InputError, match="no car with the VIN LSVAA49J999999999 is on record in "):
        show_car("LSVAA49J999999999", folders, as_json=False)


def test_results_are_handed_over_of_each_folder(folders, tmp_path, capsys):
    export(folders, "dfq", tmp_path, None)
    files = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(files) == sorted(tmp_path.iterdir())
    assert sorted(len(read_dfq(file.read_bytes()).values[1]) for file in files) == [1, 3]
    export(folders, "csv-de", tmp_path / "one", VINS[1])
    (line,) = capsys.readouterr().out.splitlines()
    assert Path(line).read_text(encoding="utf-8-sig").count(VINS[1]) == 3


def test_nothing_to_hand_over_is_said(folders, tmp_path):
    with pytest.raises(InputError, match="no inspected car to export"):
        export(folders[:1], "dfq", tmp_path, VINS[1])
    assert list(tmp_path.iterdir()) == []


def test_copies_are_made_of_each_folder(folders, tmp_path, capsys):
    backup(folders, tmp_path)
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(Path(entry["file"]) for entry in said) == sorted(tmp_path.iterdir())


def test_a_folder_without_records_is_one_clear_error(tmp_path):
    with pytest.raises(InputError, match="there are no records here"):
        list_runs([tmp_path], as_json=False)
