"""A copy of records that a station may be at work in, a file of SQLite that is checked before it has its name."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import insert, select

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.archive import snapshot
from linewalker.factory.records.database import place_of, transaction
from linewalker.factory.records.sqlite import SqliteFile
from linewalker.factory.records.tables import FORMAT, READABLE, TABLES, metadata
from linewalker.wholefile import stored, sync_folder

_PAGES, _ROWS = 1024, 1000
"""That are copied in one step; in between a station may write."""


def back_up(source: Path, target: Path) -> str:
    """Copy records into a file that is not there yet.

    Returns:
        the SHA-256 of the copy.

    Raises:
        InputError: there is such a file already, or the source is none of ours.
        StorageFault: the disk does not take the copy, or it is not sound; then there is none.
    """
    if target.exists():
        raise InputError("is there already; choose another name", file=target)
    with stored(target):
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        os.close(descriptor)
        try:
            _copy(source, Path(temporary))
            with open(temporary, "rb+") as copy:
                digest = hashlib.file_digest(copy, "sha256").hexdigest()
                os.fsync(copy.fileno())
            os.replace(temporary, target)
            sync_folder(target.parent)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    return digest


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as copy:
            if isinstance(place_of(source), SqliteFile):
                _copy_pages(source, copy)
            else:
                _copy_rows(source, target)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            (sound,) = copy.execute("PRAGMA integrity_check").fetchone()
            lost = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise StorageFault(f"{source} can not be copied: {error}") from None
    if sound != "ok" or lost:
        raise StorageFault(f"the copy of {source} is not sound: {lost or sound}; nothing was kept of it")


def _copy_pages(source: Path, copy: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(source)) as station:
        (version,) = station.execute("PRAGMA user_version").fetchone()
        if version not in READABLE:
            raise InputError(f"these records have format {version}, this version reads {FORMAT}", file=source)
        station.backup(copy, pages=_PAGES)


def _copy_rows(source: Path, target: Path) -> None:
    """Out of a server into a file, which a station can go on with."""
    engine = SqliteFile(target).writing()
    try:
        with snapshot(source) as there, transaction(engine) as here:
            metadata.create_all(here)
            SqliteFile(target).note_format(here, FORMAT)
            for table in TABLES:
                found = there.execution_options(yield_per=_ROWS).execute(select(table))
                for rows in found.mappings().partitions():
                    here.execute(insert(table), [dict(row) for row in rows])
    finally:
        engine.dispose()
