"""A copy of records is whole while they are written, and there is none that is not sound."""

from __future__ import annotations

import errno
import hashlib
import os

import pytest

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.archive import read_commits, read_runs
from linewalker.factory.records.backup import back_up
from linewalker.factory.records.records import Records
from tests.factory.samples import HEADER, bad_car, fallen_car, good_car


@pytest.fixture
def station(place):
    with Records(place) as records:
        run = records.begin_run(HEADER)
        run.commit(good_car())
        yield place, run


def test_a_copy_is_made_while_the_station_works(station, tmp_path):
    file, run = station
    target = tmp_path / "backup" / "copy.sqlite"
    assert back_up(file, target) == hashlib.sha256(target.read_bytes()).hexdigest()
    run.commit(bad_car())
    assert [job.result for job in read_runs(target)[0].jobs] == [good_car()]
    assert [path.name for path in target.parent.iterdir()] == ["copy.sqlite"]
    assert run.cars() == (good_car(), bad_car())


def test_a_station_goes_on_with_a_copy(station, tmp_path):
    file, run = station
    run.interrupt(fallen_car())
    run.commit(bad_car())
    target = tmp_path / "another station" / "records.sqlite"
    back_up(file, target)
    assert read_runs(target) == read_runs(file)
    assert read_commits(target, after=0, at_most=9) == read_commits(file, after=0, at_most=9)
    with Records(target) as records:
        resumed = records.begin_run(HEADER, resume=True)
        assert resumed.committed(good_car().order) == run.committed(good_car().order)
        assert resumed.keep(good_car(2)) == 2


def test_what_is_there_is_not_written_over(station, tmp_path):
    file, _ = station
    target = tmp_path / "copy.sqlite"
    target.write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        back_up(file, target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_refuses_has_no_half_of_a_copy(station, tmp_path, monkeypatch, call):
    file, _ = station

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "backup" / "copy.sqlite"
    target.parent.mkdir()
    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(StorageFault, match="free some space"):
        back_up(file, target)
    assert list(target.parent.iterdir()) == []


def test_what_is_no_record_of_ours_is_not_copied(tmp_path):
    (tmp_path / "a").write_text("no database " * 99)
    with pytest.raises(StorageFault, match="can not be copied"):
        back_up(tmp_path / "a", tmp_path / "copy")
    (tmp_path / "b").write_bytes(b"")
    with pytest.raises(InputError, match="format 0"):
        back_up(tmp_path / "b", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
