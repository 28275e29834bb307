"""Be told whenever SQLite has synced a file: the methods of its files are replaced, in this process, by ctypes."""

from __future__ import annotations

import ctypes as c
import ctypes.util
from collections.abc import Callable
from typing import Any

_OK, _METHODS, _SYNC = 0, 19, 4
"""Pointers of sqlite3_io_methods after iVersion (version 3), and which of them is xSync (sqlite3.h)."""
_Open = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_void_p, c.c_int, c.c_void_p)
_Sync = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int)


class _Methods(c.Structure):
    _fields_ = [("version", c.c_int), ("calls", c.c_void_p * _METHODS)]


class _Vfs(c.Structure):
    _fields_ = [
        ("version", c.c_int), ("file_bytes", c.c_int), ("longest_path", c.c_int), ("next", c.c_void_p),
        ("name", c.c_char_p), ("data", c.c_void_p), ("open", c.c_void_p),
    ]  # fmt: skip


_kept: list[Any] = []
"""What C points to."""


def watch_syncs(before: Callable[[str], None], after: Callable[[str], None]) -> None:
    """From now on, for the rest of this process.

    Args:
        before, after: told the path of a file that is about to be synced, and that was.
    """
    library = c.CDLL(ctypes.util.find_library("sqlite3"))
    library.sqlite3_vfs_find.restype = c.POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None).contents
    really_open = _Open(vfs.open)
    paths: dict[int, str] = {}
    changed: dict[int, _Methods] = {}

    def with_sync(methods: int) -> _Methods:
        if methods not in changed:
            copy = _Methods.from_buffer_copy(_Methods.from_address(methods))
            really_sync = _Sync(copy.calls[_SYNC])

            def sync(file: int, flags: int) -> int:
                before(paths[file])
                code = really_sync(file, flags)
                after(paths[file])
                return code

            replaced = _Sync(sync)
            copy.calls[_SYNC] = c.cast(replaced, c.c_void_p).value
            _kept.extend((copy, replaced, really_sync))
            changed[methods] = copy
        return changed[methods]

    def opened(which: int, name: int | None, file: int, flags: int, told: int | None) -> int:
        code = really_open(which, name, file, flags, told)  # which keeps the pointer to the name
        place = c.c_void_p.from_address(file)
        if code == _OK and name and place.value:
            paths[file] = c.string_at(name).decode()
            place.value = c.addressof(with_sync(place.value))
        return code

    replaced_open = _Open(opened)
    _kept.extend((replaced_open, really_open))
    vfs.open = c.cast(replaced_open, c.c_void_p).value
