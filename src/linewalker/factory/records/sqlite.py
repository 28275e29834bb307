"""Records in a file of SQLite."""

from __future__ import annotations

import functools
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text

from linewalker.factory.records.tables import READABLE

_LOG_PAGES = 4_000
"""Of 4 KiB, after which a commit moves what is in the write-ahead log into the file: rarely, for that takes long."""


@dataclass(frozen=True)
class SqliteFile:
    """See `linewalker.factory.records.database.Place`."""

    path: Path

    @property
    def is_there(self) -> bool:
        return self.path.is_file()

    @property
    def signature(self) -> tuple[Any, ...]:
        found = []
        for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
            try:
                state = path.stat()
                found.append((state.st_mtime_ns, state.st_size))
            except OSError:
                found.append((0, 0))
        return tuple(found)

    def writing(self) -> Engine:
        """Write-ahead log with full synchronisation: what is committed outlives the process and the power."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(URL.create("sqlite", database=str(self.path)))  # a text would be read as an address
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        return engine

    def reading(self) -> Engine:
        return _reading(self.path)

    def format_of(self, connection: Connection) -> int:
        return int(connection.execute(text("PRAGMA user_version")).scalar_one())

    def note_format(self, connection: Connection, number: int) -> None:
        connection.execute(text(f"PRAGMA user_version = {number}"))


def erase_what_is_deleted(connection: Connection) -> None:
    """From here on what is deleted is written over."""
    connection.execute(text("PRAGMA secure_delete = ON"))


def forget_traces(engine: Engine) -> None:
    """What was there before lies nowhere in the file any more, nor in its log."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM")
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version in (0, *READABLE):  # a file of another version is refused as it is
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
    connection.execute("PRAGMA foreign_keys = ON")


@functools.lru_cache
def _reading(path: Path) -> Engine:
    """It holds no file between two questions, but remembers how they are asked."""
    engine = create_engine("sqlite://", creator=lambda: _opened(path), poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _opened(path: Path) -> sqlite3.Connection:
    """A file without a write-ahead log is nobody's at the moment: it is read as it lies, else SQLite would make a log.

    A station that starts meanwhile writes its log first, so what is read stays whole.
    """
    way = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{way}", uri=True, isolation_level=None)
