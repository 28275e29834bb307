"""Records in a file or in a database: opened, brought up to date, written whole or not at all, and found again."""

from __future__ import annotations

import sqlite3
import stat

import pytest
from sqlalchemy import delete, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.archive import read_runs
from linewalker.factory.records.database import (
    URL_FILE,
    are_there,
    disk_is_full,
    insert_many,
    not_stored,
    open_database,
    place_of,
    put_elsewhere,
    signature_of,
    transaction,
)
from linewalker.factory.records.records import Records
from linewalker.factory.records.sqlite import SqliteFile
from linewalker.factory.records.tables import FORMAT, events, metadata, shifts
from tests.factory.records.test_tables import SHIFT
from tests.factory.samples import HEADER, good_car


@pytest.fixture
def engine(place):
    engine = open_database(place)
    with engine.begin() as connection:
        connection.execute(insert(shifts).values(id=1, **SHIFT))
    yield engine
    engine.dispose()


def test_new_records_have_every_table_and_say_their_format(engine, place):
    found = inspect(engine)
    assert {*found.get_table_names(), *found.get_view_names()} - {"records_format"} == set(metadata.tables)
    with engine.begin() as connection:
        assert place_of(place).format_of(connection) == FORMAT


def test_records_of_an_earlier_version_get_the_tables_and_indexes_they_lack(engine, place):
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_events_job_id"))
        connection.execute(text("DROP TABLE overrides"))
    again = open_database(place)
    found = inspect(again)
    assert "ix_events_job_id" in {index["name"] for index in found.get_indexes(events.name)}
    assert "overrides" in found.get_table_names()
    again.dispose()


def test_tables_of_another_program_are_left_alone(place):
    engine = place_of(place).writing()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE jobs (id INTEGER)"))
    with pytest.raises(InputError, match="tables of another program"):
        open_database(place)
    assert inspect(engine).get_table_names() == ["jobs"]
    engine.dispose()


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR])
def test_a_full_disk_is_told_from_a_broken_one(code):
    cause = sqlite3.OperationalError("for a test")
    cause.sqlite_errorcode = code
    error = DBAPIError("", None, cause)
    assert disk_is_full(error) == (code == sqlite3.SQLITE_FULL)
    fault = not_stored("somewhere/records.sqlite", error)
    assert isinstance(fault, StorageFault)
    assert "somewhere/records.sqlite" in str(fault)
    assert ("free some space" in str(fault)) == disk_is_full(error)


def test_what_fails_inside_is_stored_in_no_part_and_told_as_a_fault(engine):
    def store_twice():
        with transaction(engine) as connection:
            connection.execute(insert(shifts).values(id=2, **SHIFT))
            connection.execute(insert(shifts).values(id=1, **SHIFT))

    with pytest.raises(StorageFault, match=r"the records can not be stored: (UNIQUE|duplicate key)"):
        store_twice()
    with engine.begin() as connection:
        assert connection.execute(select(shifts.c.id)).scalars().all() == [1]


def test_a_signature_changes_with_every_write(engine, place):
    first = signature_of(place)
    read_runs(place)
    if isinstance(place_of(place), SqliteFile):  # a server has work of its own
        assert signature_of(place) == first
    with engine.begin() as connection:
        connection.execute(delete(shifts))
    assert signature_of(place) != first


def test_records_are_put_into_a_database_once_and_their_address_is_the_owners_alone(tmp_path, server):
    path, url = tmp_path / "records.sqlite", server.new_database()
    assert not are_there(path)
    put_elsewhere(path, url)
    assert are_there(path)
    assert stat.S_IMODE((tmp_path / URL_FILE).stat().st_mode) == 0o600
    put_elsewhere(path, url)  # as a station does that starts again
    with pytest.raises(InputError, match="there are records already, elsewhere"):
        put_elsewhere(path, server.new_database())
    with Records(path) as records:
        records.begin_run(HEADER).commit(good_car())
    assert [entry.name for entry in tmp_path.iterdir()] == [URL_FILE]


def test_records_in_a_file_stay_there(tmp_path, server):
    path = tmp_path / "records.sqlite"
    Records(path).__exit__(None, None, None)
    with pytest.raises(InputError, match="there are records already, elsewhere"):
        put_elsewhere(path, server.new_database())
    assert place_of(path) == SqliteFile(path)


@pytest.mark.parametrize("content", [b"mysql://a/b", b"postgresql://", b"", b"\xff"])
def test_an_address_that_is_none_is_bad_input_that_names_its_file(tmp_path, content):
    (tmp_path / URL_FILE).write_bytes(content)
    with pytest.raises(InputError) as caught:
        Records(tmp_path / "records.sqlite")
    assert caught.value.file == tmp_path / URL_FILE
    assert signature_of(tmp_path / "records.sqlite") == ()


def test_many_rows_are_stored_as_they_would_be_one_by_one(engine):
    rows = [(number, str(number), *["x"] * 6, "", None) for number in (2, 3)]
    with engine.begin() as connection:
        insert_many(connection, shifts, rows)
        insert_many(connection, shifts, [])
        assert connection.execute(select(shifts).where(shifts.c.id > 1)).all() == rows
