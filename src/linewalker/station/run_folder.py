"""The folder of a run: the names in it, and who may work there."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linewalker.errors import InputError

EVIDENCE, REPORT_FILE, LOCK_FILE = "evidence", "report.html", ".in-use"
_NO_LOCKS_HERE = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS})


@contextmanager
def sole_lease(folder: Path) -> Iterator[None]:
    """`lease`, or nothing.

    Raises:
        InputError: another program is at work there.
    """
    with lease(folder) as alone:
        if not alone:
            raise InputError("a station is at work in this folder; end it, or choose another with --out", file=folder)
        yield


@contextmanager
def lease(folder: Path) -> Iterator[bool]:
    """Hold a folder for oneself as long as the block lasts: False if a program holds it already.

    The kernel takes the lease back when its holder dies, however that comes; so a folder that is free, with a job in
    its records that runs, is one whose program was killed.

    Raises:
        InputError: the folder can not be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise InputError(f"can not be written: {error.strerror}", file=folder) from None
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            raise
    return True
