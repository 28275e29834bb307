"""Hot loops in machine code: numba's ``njit``, kept in the cache folder under a hash of all that goes into them.

Numba by itself keeps what it compiles beside the sources, where uninstalling leaves it, and takes it for good as long
as the file that holds a function is unchanged, whatever happens to functions it calls in others. Here the name of a
kept file is a hash of the source, of every source of this package that it imports, of types, versions and processor:
nothing stale is ever loaded, and trees, versions and processes side by side share what is equal and nothing else.
"""

from __future__ import annotations

import hashlib
import inspect
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from numba import njit
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from linewalker.cachefolder import cached_file, keep, kept, source_hash

_VERSIONS = (sys.implementation.cache_tag, numba.__version__, llvmlite.__version__, np.__version__)


def kernel(**options: Any) -> Callable[[Any], Any]:
    """As `numba.njit` with these options, and kept from one process to the next."""

    def compiled(function: Callable[..., Any]) -> Any:
        dispatcher: Any = njit(**options)(function)
        if not numba.config.DISABLE_JIT:
            dispatcher._cache = KernelCache(function)
        return dispatcher

    return compiled


class KernelCache(NullCache):
    """What numba has compiled of one function, a file for each of its signatures."""

    def __init__(self, function: Callable[..., Any]):
        self._name = function.__qualname__
        self._about = (source_hash(Path(inspect.getfile(function))), function.__code__.co_firstlineno, _VERSIONS)

    def load_overload(self, sig: Any, target_context: Any) -> CompileResult | None:
        """What was kept for a signature; None if there is none, or it is damaged."""
        target_context.refresh()
        content = kept(self._path(sig, target_context.codegen()))
        return None if content is None else CompileResult._rebuild(target_context, *pickle.loads(content))

    def save_overload(self, sig: Any, data: CompileResult) -> None:
        """Keep what was compiled for a signature, unless addresses of this process stand in it."""
        if not data.library.has_dynamic_globals and all(lifted.can_cache for lifted in data.lifted):
            keep(dumps(data._reduce()), self._path(sig, data.codegen))

    def _path(self, sig: Any, codegen: Any) -> Path:
        address = hashlib.sha256(repr((self._name, self._about, str(sig), codegen.magic_tuple())).encode())
        file = f"{self._name}-{address.hexdigest()[:24]}.kernel"
        chosen = numba.config.CACHE_DIR  # NUMBA_CACHE_DIR
        parts = (file,) if chosen else ("kernels", file)
        return cached_file(*parts, below=Path(chosen) if chosen else None)
