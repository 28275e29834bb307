"""The archive says all that is on record, while a station writes, and changes nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.factory.records.archive import read_job, read_runs, walk
from linewalker.factory.records.records import NOT_YET, Records
from linewalker.factory.records.tables import COMMITTED, EXPECTED, INTERRUPTED, RUNNING
from tests.factory.samples import HEADER, bad_car, fallen_car, good_car, missing_car


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


def states(file: Path) -> list[list[list[str]]]:
    return [[[attempt.state for attempt in job.attempts] for job in run.jobs] for run in read_runs(file)]


def test_every_run_and_every_attempt_is_in_it(place):
    with Records(place) as records:
        first = records.begin_run(HEADER)
        first.interrupt(fallen_car())
        first.commit(good_car(2))
        first.commit(bad_car())
        second = records.begin_run(replace(HEADER, seed=8), expected=[replace(missing_car(), interrupted=NOT_YET)])
        second.keep(good_car())
    assert states(place) == [[[INTERRUPTED, COMMITTED], [COMMITTED]], [[EXPECTED], [RUNNING]]]
    runs = read_runs(place)
    assert [run.number for run in runs] == [1, 2]
    assert [run.header.seed for run in runs] == [7, 8]
    assert [job.result for job in runs[0].jobs] == [good_car(2), bad_car()]
    assert [attempt.car for attempt in runs[0].jobs[0].attempts] == [fallen_car(), good_car(2)]
    with Records(place) as records:
        assert records.last_run().cars() == tuple(job.result for job in runs[1].jobs)


def test_one_car_is_found_in_every_run_it_was_in(place):
    with Records(place) as records:
        records.begin_run(HEADER).commit(good_car())
        records.begin_run(replace(HEADER, seed=8)).commit(bad_car())
        third = records.begin_run(replace(HEADER, seed=9))
        third.commit(bad_car())
        third.commit(good_car())
    runs = read_job(place, good_car().order.vin)
    assert [run.number for run in runs] == [1, 3]
    assert [[job.result for job in run.jobs] for run in runs] == [[good_car()]] * 2
    assert read_job(place, "LSVAA49J999999999") == ()


def test_a_walk_comes_by_every_job_of_every_run(place):
    with Records(place) as records:
        first = records.begin_run(HEADER)
        for car in (bad_car(), good_car()):
            first.commit(car)
        records.begin_run(replace(HEADER, seed=8)).commit(bad_car())
    walked = [(run.number, job.result) for run in walk(place) for job in run.jobs]
    assert walked == [(run.number, job.result) for run in read_runs(place) for job in run.jobs]
    assert [run.number for run in walk(place, good_car().order.vin)] == [1]


def test_it_is_read_while_somebody_writes(place):
    with Records(place) as records:
        run = records.begin_run(HEADER)
        run.commit(good_car())
        with records._engine.begin():  # a transaction that is not done yet, with the lock of a writer
            assert states(place) == [[[COMMITTED]]]
        run.commit(bad_car())
        assert states(place) == [[[COMMITTED], [COMMITTED]]]


def test_a_file_that_is_read_is_not_written(file):
    with Records(file) as records:
        run = records.begin_run(HEADER)
        run.commit(good_car())
        before = hashlib.sha256(file.read_bytes()).digest()
        with records._engine.begin():  # a transaction that is not done yet, with the lock of a writer
            assert states(file) == [[[COMMITTED]]]
        assert hashlib.sha256(file.read_bytes()).digest() == before
        run.commit(bad_car())
        assert states(file) == [[[COMMITTED], [COMMITTED]]]


def test_it_leaves_nothing_behind_even_in_a_folder_that_may_not_be_written(file):
    with Records(file) as records:
        records.begin_run(HEADER).commit(good_car())
    file.chmod(0o400)
    file.parent.chmod(0o500)
    try:
        assert states(file) == [[[COMMITTED]]]
        assert [path.name for path in file.parent.iterdir()] == [file.name]
    finally:
        file.parent.chmod(0o700)


def empty(file: Path) -> None:
    sqlite3.connect(file).execute("CREATE TABLE letters (id INTEGER)").connection.close()


def newer(file: Path) -> None:
    with Records(file) as records:
        records.begin_run(HEADER)
    changed(file, "PRAGMA user_version = 99")


def foreign(file: Path) -> None:
    empty(file)
    changed(file, "PRAGMA user_version = 1")


def odd(file: Path) -> None:
    with Records(file) as records:
        records.begin_run(HEADER).commit(good_car())
    changed(file, "UPDATE judgements SET reason = 'sunspots'")


def changed(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda _: None, "there is no such file"),
        (lambda file: file.write_text("no database " * 99), "can not be read as records: file is not a database"),
        (empty, "can not be read as records: no such table: shifts"),
        (newer, "these records have format 99, this version reads 2"),
        (foreign, "can not be read as records: no such table: shifts"),
        (odd, "holds what this version does not know: 'sunspots' is not a valid Reason"),
    ],
)
def test_what_is_no_record_of_ours_is_one_clear_error(file, make, problem):
    make(file)
    with pytest.raises(InputError, match=problem) as caught:
        read_runs(file)
    assert str(caught.value).startswith(f"{file}: ")
