"""What was freed is the operating system's again."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from linewalker.station.memory import give_back

MB, PIECE = 2**20, 2**16


def resident_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="another C library")
def test_what_lies_between_things_that_stay_is_given_back() -> None:
    library = ctypes.CDLL(None)
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    pieces = [library.malloc(PIECE) for _ in range(200 * MB // PIECE)]
    for piece in pieces:
        ctypes.memset(piece, 1, PIECE)
    stays = library.malloc(PIECE)  # at the end: without it the library gives back by itself
    ctypes.memset(stays, 1, PIECE)
    for piece in pieces:
        library.free(piece)
    before = resident_mb()
    give_back()
    assert before - resident_mb() > 150
    library.free(stays)
