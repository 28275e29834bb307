"""The file of SQLite: kept through a power cut, written by one at a time, and left alone where it is not ours."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import insert, select, text

from linewalker.errors import InputError
from linewalker.factory.records.database import open_database
from linewalker.factory.records.tables import FORMAT, jobs, shifts
from tests.factory.records.test_tables import SHIFT


@pytest.fixture
def engine(tmp_path):
    engine = open_database(tmp_path / "new" / "records.sqlite")
    with engine.begin() as connection:
        connection.execute(insert(shifts).values(id=1, **SHIFT))
    yield engine
    engine.dispose()


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
