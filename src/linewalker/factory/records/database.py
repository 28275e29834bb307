"""The file of a station's records: opened, brought up to date, and what is said when it refuses."""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, Table, create_engine, event, insert, text
from sqlalchemy.exc import DBAPIError

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.migration import bring_up_to_date
from linewalker.factory.records.tables import FORMAT, READABLE, metadata
from linewalker.wholefile import FREE_SPACE

_LOG_PAGES = 4_000
"""Of 4 KiB, after which a commit moves what is in the write-ahead log into the file: rarely, for that takes long."""


def open_database(path: Path) -> Engine:
    """The database of a file, made with all its tables if it is not there.

    Write-ahead log with full synchronisation: what is committed outlives the process and the power.

    Raises:
        InputError: the file is no database, or one of another version, or can not be written.
        StorageFault: the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(URL.create("sqlite", database=str(path)))  # a text would be read as an address
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        with engine.begin() as connection:
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            if version not in (0, *READABLE):
                raise InputError(
                    f"these records have format {version}, this version writes {FORMAT}; choose another folder",
                    file=path,
                )
            if version == 0:
                metadata.create_all(connection)
            else:
                bring_up_to_date(connection)
            connection.execute(text(f"PRAGMA user_version = {FORMAT}"))
    except DBAPIError as error:
        engine.dispose()
        if disk_is_full(error):
            raise not_stored(path, error) from None
        raise InputError(f"not usable as records: {error.orig}; choose another folder", file=path) from None
    except InputError:
        engine.dispose()
        raise
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Everything inside is stored together or not at all.

    Raises:
        StorageFault: the database does not take it.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise not_stored(Path(engine.url.database or ""), error) from error


def insert_many(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows of plain values, one for every column: some hundred of them in half the time it takes by name."""
    if rows:
        connection.exec_driver_sql(_insertion(table, connection.dialect), list(rows))


@functools.lru_cache
def _insertion(table: Table, dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect))


def disk_is_full(error: DBAPIError) -> bool:
    """Whether that is why the database refused."""
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def not_stored(path: Path, error: DBAPIError) -> StorageFault:
    """What to tell people when the database did not take something."""
    remedy = FREE_SPACE if disk_is_full(error) else "see that the disk is sound and this folder may be written"
    return StorageFault(f"{path}: the records can not be stored: {error.orig}; {remedy}")


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see _on_begin
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version in (0, *READABLE):  # a file of another version is refused as it is
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    connection.execute("PRAGMA foreign_keys = ON")


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
