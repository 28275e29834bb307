"""Where the records of a station lie, how they are opened, and what is said when that fails.

Records are named by the file they lie in, or would lie in. A file ``records.url`` beside it names a database of
PostgreSQL, in which they lie instead.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Engine, Table, insert
from sqlalchemy.exc import DBAPIError

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.migration import bring_up_to_date
from linewalker.factory.records.postgresql import PostgresqlDatabase, read_url
from linewalker.factory.records.sqlite import SqliteFile
from linewalker.factory.records.tables import FORMAT, READABLE, TABLES, metadata
from linewalker.wholefile import FREE_SPACE, replace_file

URL_FILE = "records.url"
_DISK_FULL = "53100"  # an SQLSTATE of PostgreSQL


class Place(Protocol):
    """Where records lie."""

    @property
    def is_there(self) -> bool:
        """Whether there may be any."""

    @property
    def signature(self) -> tuple[Any, ...]:
        """Changes whenever somebody writes to them."""

    def writing(self) -> Engine:
        """What is committed outlives the process and the power; whoever has begun a transaction writes alone."""

    def reading(self) -> Engine:
        """A transaction sees one moment, and writes nothing."""

    def format_of(self, connection: Connection) -> int:
        """Of the tables; 0 if there are none."""

    def note_format(self, connection: Connection, number: int) -> None:
        """The tables have it now."""


def place_of(path: Path) -> Place:
    """Where the records of this name lie.

    Raises:
        InputError: the file that says so names no database.
    """
    beside = path.with_name(URL_FILE)
    try:
        words = beside.read_text(encoding="utf-8")
    except FileNotFoundError:
        return SqliteFile(path)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can not be read: {error}", file=beside) from None
    try:
        return PostgresqlDatabase(read_url(words))
    except InputError as error:
        raise InputError(error.problem, file=beside) from None


def put_elsewhere(path: Path, url: str) -> None:
    """From now on the records of this name lie in a database; who may read its address is only the owner.

    Raises:
        InputError: it is no address of one, or they lie somewhere else already.
    """
    wanted, beside = PostgresqlDatabase(read_url(url)), path.with_name(URL_FILE)
    if place_of(path) == wanted:
        return
    if path.exists() or beside.exists():
        raise InputError("there are records already, elsewhere; choose another folder", file=path.parent)
    replace_file(beside, f"{wanted.url.render_as_string(hide_password=False)}\n".encode(), mode=0o600)


def are_there(path: Path) -> bool:
    """Whether there may be records of this name; of a server nobody asks it."""
    return path.is_file() or path.with_name(URL_FILE).exists()


def signature_of(path: Path) -> tuple[Any, ...]:
    """Changes whenever somebody writes to the records of this name; () as long as that can not be known."""
    try:
        return place_of(path).signature
    except InputError:
        return ()


def open_database(path: Path) -> Engine:
    """The database of records, made with all its tables if it is not there.

    Raises:
        InputError: there is no such database, or it is of another program or version, or can not be written.
        StorageFault: the disk is full.
    """
    place = place_of(path)
    engine = place.writing()
    try:
        with engine.begin() as connection:
            version = place.format_of(connection)
            if version not in (0, *READABLE):
                raise InputError(
                    f"these records have format {version}, this version writes {FORMAT}; choose another folder",
                    file=path,
                )
            if version == 0:
                if any(connection.dialect.has_table(connection, table.name) for table in TABLES):
                    raise InputError("holds tables of another program; choose another", file=path)
                metadata.create_all(connection)
            else:
                bring_up_to_date(connection)
            if version != FORMAT:
                place.note_format(connection, FORMAT)
    except DBAPIError as error:
        engine.dispose()
        if disk_is_full(error):
            raise not_stored(str(path), error) from None
        raise InputError(f"not usable as records: {in_one_line(error)}; choose another folder", file=path) from None
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
        name = (engine.url.database or "") if engine.dialect.name == "sqlite" else str(engine.url)
        raise not_stored(name, error) from error


def insert_many(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows of plain values, one for every column: some hundred of them in half the time it takes by name."""
    if rows:
        connection.exec_driver_sql(_insertion(table, connection.dialect), list(rows))


@functools.lru_cache
def _insertion(table: Table, dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect))


def disk_is_full(error: DBAPIError) -> bool:
    """Whether that is why the database refused."""
    full_here = getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return full_here or getattr(error.orig, "sqlstate", None) == _DISK_FULL


def in_one_line(error: DBAPIError) -> str:
    """What the database said."""
    return str(error.orig).strip().partition("\n")[0]


def not_stored(name: str, error: DBAPIError) -> StorageFault:
    """What to tell people when the database did not take something."""
    sound = isinstance(error.orig, sqlite3.Error)
    otherwise = "see that the disk is sound and this folder may be written" if sound else "see that the server is well"
    remedy = FREE_SPACE if disk_is_full(error) else otherwise
    return StorageFault(f"{name}: the records can not be stored: {in_one_line(error)}; {remedy}")
