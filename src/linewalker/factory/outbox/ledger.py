"""How far each destination is, in a file beside the records: one line each, however many results there are."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from linewalker.errors import InputError, StorageFault

_TABLES = """
CREATE TABLE IF NOT EXISTS progress (
    destination TEXT PRIMARY KEY, position INTEGER NOT NULL, tries INTEGER NOT NULL, why TEXT NOT NULL,
    changed_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (
    destination TEXT NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (destination, position)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Of one destination.

    Attributes:
        position: the last commit that arrived or was refused; 0: none.
        tries: at the next one, that failed.
        why: the last of them failed.
        changed_at: UTC, ISO 8601; empty: never.
    """

    position: int = 0
    tries: int = 0
    why: str = ""
    changed_at: str = ""


class Ledger:
    """The file. Every method returns after what it says is on disk.

    All raise StorageFault if the disk does not take it.
    """

    def __init__(self, path: Path):
        """
        Raises:
            InputError: it is no ledger, or can not be written.
        """
        self._path = path
        try:
            with closing(sqlite3.connect(path)) as connection:
                connection.executescript(_TABLES)
        except sqlite3.Error as error:
            raise InputError(f"not usable as the ledger of an outbox: {error}", file=path) from None

    def progress(self, destination: str) -> Progress:
        """How far one is."""
        with self._transaction() as connection:
            found = connection.execute(
                "SELECT position, tries, why, changed_at FROM progress WHERE destination = ?", (destination,)
            ).fetchone()
        return Progress() if found is None else Progress(**dict(zip(Progress.__dataclass_fields__, found)))

    def refusals(self, destination: str) -> list[tuple[int, str, str]]:
        """Position, key and why of all that one refused."""
        with self._transaction() as connection:
            asked = "SELECT position, key, why FROM refused WHERE destination = ? ORDER BY position"
            return connection.execute(asked, (destination,)).fetchall()

    def arrived(self, destination: str, position: int) -> None:
        """Everything up to here is done there."""
        with self._transaction() as connection:
            _set(connection, destination, Progress(position=position))

    def failed(self, destination: str, why: str) -> int:
        """The next one did not arrive; returns how often that was so in a row."""
        before = self.progress(destination)
        with self._transaction() as connection:
            _set(connection, destination, Progress(position=before.position, tries=before.tries + 1, why=why))
        return before.tries + 1

    def refused(self, destination: str, position: int, key: str, why: str) -> None:
        """The one at this position will never be taken: it is set aside, and the next one is due."""
        with self._transaction() as connection:
            row = (destination, position, key, why, _now())
            connection.execute("INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?)", row)
            _set(connection, destination, Progress(position=position))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path)) as connection, connection:
                connection.execute("PRAGMA synchronous = FULL")
                yield connection
        except sqlite3.Error as error:
            raise StorageFault(f"{self._path}: the outbox can not be kept: {error}") from None


def _set(connection: sqlite3.Connection, destination: str, now: Progress) -> None:
    row = (destination, now.position, now.tries, now.why, _now())
    connection.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?)", row)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
