"""Memory that a program needed once and does not need again."""

from __future__ import annotations

import ctypes
import gc


def give_back() -> None:
    """Return what is free to the operating system; the C library keeps it for itself otherwise.

    Compiling a scene takes twice what the scene takes. Where the C library has no such call, nothing happens.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
