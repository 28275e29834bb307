"""The database as such: what it refuses by itself, what it survives, and whose files it leaves alone."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.tables import (
    COMMITTED,
    FORMAT,
    INTERRUPTED,
    disk_is_full,
    events,
    jobs,
    metadata,
    not_stored,
    open_database,
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
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
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


def store(engine, *rows):
    """All of these jobs, or none."""
    with engine.begin() as connection:
        for row in rows:
            connection.execute(insert(jobs).values(**row))


def test_what_was_not_committed_is_not_there(engine):
    with pytest.raises(IntegrityError):
        store(engine, *({"id": 1, "attempt": attempt, "state": INTERRUPTED, **JOB} for attempt in (1, 2)))
    with engine.begin() as connection:
        assert connection.execute(select(jobs)).all() == []


def test_a_job_is_committed_once_and_broken_off_as_often_as_it_takes(engine):
    states = enumerate((INTERRUPTED, INTERRUPTED, COMMITTED), start=1)
    store(engine, *({**JOB, "attempt": attempt, "state": state} for attempt, state in states))
    with pytest.raises(IntegrityError):
        store(engine, {**JOB, "attempt": 4, "state": COMMITTED})
    store(engine, {**JOB, "attempt": 1, "state": COMMITTED, "sequence": 2})


def test_nothing_stands_there_that_belongs_to_no_job(engine):
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(events).values(job_id=99, time_s=0.0, kind="fall", text=""))


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
