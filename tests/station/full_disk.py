"""A disk that fails, or a process that is killed, at the n-th thing that is written, wherever that is."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

_CHANGES = ("INSERT", "UPDATE", "DELETE", "CREATE")


def refuse_file() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refuse_rows() -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


class Disk:
    """Counts what is written, and fails from the n-th on.

    Attributes:
        written: how much was asked for so far.
        fails_from: the first that fails, from 1; 0: none.
    """

    def __init__(self, fails_from: int, fail: Callable[[Callable[[], None]], None] = lambda refuse: refuse()):
        self.written, self.fails_from, self._fail = 0, fails_from, fail

    def take(self, refuse: Callable[[], None]) -> None:
        self.written += 1
        if 0 < self.fails_from <= self.written:
            self._fail(refuse)


@contextmanager
def writing_to(disk: Disk) -> Iterator[None]:
    """Everything that goes to disk is counted by ``disk`` and may be refused."""

    def statement(_cursor: Any, text: str, _parameters: Any, _context: Any) -> None:
        if text.lstrip().upper().startswith(_CHANGES):
            disk.take(refuse_rows)

    commit = DefaultDialect.do_commit

    def counted(function: Callable[..., Any], refuse: Callable[[], None] = refuse_file) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            disk.take(refuse)
            return function(*arguments, **more)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((os, "fsync"), (os, "replace"), (os, "mkdir"), (tempfile, "mkstemp")):
            patch.setattr(module, name, counted(getattr(module, name)))
        patch.setattr(DefaultDialect, "do_commit", counted(commit, refuse_rows))
        event.listen(Engine, "do_execute", statement)
        try:
            yield
        finally:
            event.remove(Engine, "do_execute", statement)
