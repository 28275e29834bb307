"""Records in a database of a PostgreSQL server, which a plant backs up and watches."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from linewalker.errors import InputError
from linewalker.factory.records.tables import TABLES

_DRIVER = "postgresql+psycopg"
_FORMAT_TABLE = "records_format"
_PATIENCE_S = 10
_ONE_WRITER = 0x6C77_7265_636F
"""Of whoever writes; "lwreco"."""


@dataclass(frozen=True)
class PostgresqlDatabase:
    """See `linewalker.factory.records.database.Place`. Every station has a database of its own.

    Attributes:
        url: of the database.
    """

    url: URL

    @property
    def is_there(self) -> bool:
        return True  # whether there is something in it its server knows

    @property
    def signature(self) -> tuple[Any, ...]:
        try:
            with self.reading().connect() as connection:
                return (connection.execute(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")).scalar_one(),)
        except DBAPIError:
            return ()

    def writing(self) -> Engine:
        """What is committed is on the server's disk, whatever its own setting; one writes at a time."""
        engine = _engine(self.url)
        event.listen(engine, "begin", _on_begin)
        return engine

    def reading(self) -> Engine:
        return _reading(self.url)

    def format_of(self, connection: Connection) -> int:
        if not connection.dialect.has_table(connection, _FORMAT_TABLE):
            return 0
        return int(connection.execute(text(f"SELECT max(format) FROM {_FORMAT_TABLE}")).scalar_one())

    def note_format(self, connection: Connection, number: int) -> None:
        connection.execute(text(f"CREATE TABLE IF NOT EXISTS {_FORMAT_TABLE} (format INTEGER PRIMARY KEY)"))
        noted = text(f"INSERT INTO {_FORMAT_TABLE} VALUES (:number) ON CONFLICT DO NOTHING")
        connection.execute(noted, {"number": number})


def read_url(words: str) -> URL:
    """The address of a database, ``postgresql://USER@HOST:PORT/DATABASE``.

    Raises:
        InputError: it is none, or this Linewalker can not talk to it.
    """
    try:
        url = make_url(words.strip())
    except ArgumentError:
        url = None
    if url is None or url.drivername not in ("postgresql", _DRIVER) or not url.database:
        raise InputError("is not postgresql://USER@HOST:PORT/DATABASE")
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise InputError("PostgreSQL needs an extra: pip install 'linewalker[postgresql]'") from None
    return url.set(drivername=_DRIVER)


def forget_traces(engine: Engine) -> None:
    """What was there before lies in no table any more; its write-ahead log and its copies are the server's."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in TABLES:
            connection.execute(text(f"VACUUM FULL {table.name}"))


def _engine(url: URL, **options: Any) -> Engine:
    patience = {"connect_timeout": _PATIENCE_S, "tcp_user_timeout": 1000 * _PATIENCE_S}
    return create_engine(url, paramstyle="format", pool_pre_ping=True, connect_args=patience, **options)


@functools.lru_cache
def _reading(url: URL) -> Engine:
    engine = _engine(url, isolation_level="REPEATABLE READ")
    return engine.execution_options(postgresql_readonly=True)


def _on_begin(connection: Connection) -> None:
    settings = {"synchronous_commit": "on", "lock_timeout": f"{_PATIENCE_S}s"}
    set_them = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in settings.items())
    connection.exec_driver_sql(f"SELECT {set_them}")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")
