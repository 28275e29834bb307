"""The file of the records: made, opened again, kept through a power cut, and left alone where it is not ours."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.database import disk_is_full, insert_many, not_stored, open_database, transaction
from linewalker.factory.records.tables import (
    FORMAT,
    jobs,
    metadata,
    shifts,
)

SHIFT = {
    "opened_at": "2026-01-01T00:00:00+00:00", "shift": "s", "shift_sha256": "", "plan": "p", "plan_sha256": "",
    "station": "", "robot": "g1", "software": "",
}  # fmt: skip
JOB = {"shift_id": 1, "vin": "V", "sequence": 1, "model": "sedan", "options": "", "began_s": 0.0}


@pytest.fixture
def engine(tmp_path):
    engine = open_database(tmp_path / "new" / "records.sqlite")
    with engine.begin() as connection:
        connection.execute(insert(shifts).values(id=1, **SHIFT))
    yield engine
    engine.dispose()


def test_a_new_file_has_every_table_and_says_its_format(engine):
    with engine.begin() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")).scalars()
        assert set(tables) - {"sqlite_sequence"} == set(metadata.tables)
        assert connection.execute(text("PRAGMA user_version")).scalar_one() == FORMAT


def test_a_file_of_an_earlier_version_gets_the_indexes_it_lacks(engine, tmp_path):
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_events_job_id"))
    again = open_database(tmp_path / "new" / "records.sqlite")
    with again.begin() as connection:
        plan = connection.execute(text("EXPLAIN QUERY PLAN DELETE FROM events WHERE job_id = 1")).one()
    again.dispose()
    assert "ix_events_job_id" in plan[-1]


def test_every_connection_keeps_what_it_committed_through_a_power_cut(engine):
    for _ in range(2):
        with engine.begin() as connection:
            said = [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "synchronous")]
        assert said == ["wal", 2]  # FULL
        engine.dispose()  # the next one is another


def test_a_writer_keeps_others_from_writing_until_it_is_done(engine, tmp_path):
    other = sqlite3.connect(tmp_path / "new" / "records.sqlite", timeout=0.0)
    with engine.begin() as connection:
        connection.execute(select(jobs)).all()  # it has only read so far
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_records_of_another_version_keep_what_they_hold(tmp_path):
    path = tmp_path / "records.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE jobs (id INTEGER)")
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    before = path.read_bytes()
    with pytest.raises(InputError, match=f"format {FORMAT + 1}, this version writes {FORMAT}; choose another"):
        open_database(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR])
def test_a_full_disk_is_told_from_a_broken_one(tmp_path, code):
    cause = sqlite3.OperationalError("for a test")
    cause.sqlite_errorcode = code
    error = DBAPIError("", None, cause)
    assert disk_is_full(error) == (code == sqlite3.SQLITE_FULL)
    fault = not_stored(tmp_path / "records.sqlite", error)
    assert isinstance(fault, StorageFault)
    assert str(tmp_path / "records.sqlite") in str(fault)
    assert ("free some space" in str(fault)) == disk_is_full(error)


def test_many_rows_are_stored_as_they_would_be_one_by_one(engine):
    rows = [(number, str(number), *["x"] * 6, "", None) for number in (2, 3)]
    with engine.begin() as connection:
        insert_many(connection, shifts, rows)
        insert_many(connection, shifts, [])
        assert connection.execute(select(shifts).where(shifts.c.id > 1)).all() == rows


def test_what_fails_inside_is_stored_in_no_part_and_told_as_a_fault(engine):
    def store_twice():
        with transaction(engine) as connection:
            connection.execute(insert(shifts).values(id=2, **SHIFT))
            connection.execute(insert(shifts).values(id=1, **SHIFT))

    with pytest.raises(StorageFault, match=r"records\.sqlite: the records can not be stored: UNIQUE"):
        store_twice()
    with engine.begin() as connection:
        assert connection.execute(select(shifts.c.id)).scalars().all() == [1]
