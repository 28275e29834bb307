"""A copy of records that a station may be at work in, which is checked before it has its name."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.tables import FORMAT, READABLE
from linewalker.wholefile import stored, sync_folder

_PAGES = 1024
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
        with closing(sqlite3.connect(source)) as station, closing(sqlite3.connect(target)) as copy:
            (version,) = station.execute("PRAGMA user_version").fetchone()
            if version not in READABLE:
                raise InputError(f"these records have format {version}, this version reads {FORMAT}", file=source)
            station.backup(copy, pages=_PAGES)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            (sound,) = copy.execute("PRAGMA integrity_check").fetchone()
            lost = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise StorageFault(f"{source} can not be copied: {error}") from None
    if sound != "ok" or lost:
        raise StorageFault(f"the copy of {source} is not sound: {lost or sound}; nothing was kept of it")
