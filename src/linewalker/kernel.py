"""Hot loops in machine code: numba's ``njit``, kept in the cache folder under a hash of all that goes into them.

Numba by itself keeps what it compiles beside the sources, where uninstalling leaves it, and takes it for good as long
as the file that holds a function is unchanged, whatever happens to functions it calls in others. Here the name of a
kept file is a hash of the source, of every source of this package that it imports, of types, versions and processor:
nothing stale is ever loaded, and trees, versions and processes side by side share what is equal and nothing else.

A kernel that Python calls is an ``entry``: its parameters are annotated with exactly the types it is compiled for.
`make_ready` does that, or loads it, and from then on it refuses all others: a robot that walks has no second to
compile. Arrays from outside become float64 and C-contiguous where they enter.
"""

from __future__ import annotations

import gc
import hashlib
import inspect
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import llvmlite
import numba
import numpy as np
from numba import njit
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps
from numpy.typing import NDArray

from linewalker.cachefolder import cached_file, keep, kept, source_hash

_VERSIONS = (sys.implementation.cache_tag, numba.__version__, llvmlite.__version__, np.__version__)


Vector = Annotated[NDArray[np.float64], numba.float64[::1]]
Matrix = Annotated[NDArray[np.float64], numba.float64[:, ::1]]
Stack = Annotated[NDArray[np.float64], numba.float64[:, :, ::1]]
Numbers = Annotated[NDArray[np.int64], numba.int64[::1]]
NumberTable = Annotated[NDArray[np.int64], numba.int64[:, ::1]]
Flags = Annotated[NDArray[np.bool_], numba.boolean[::1]]
Mask = Annotated[NDArray[np.bool_], numba.boolean[:, ::1]]
_SCALARS = {float: numba.float64, int: numba.int64, bool: numba.boolean}


_WAITING: list[Any] = []
_LOCK = threading.Lock()


def kernel(*, entry: bool = False, **options: Any) -> Callable[[Any], Any]:
    """As `numba.njit` with these options, and kept from one process to the next.

    Args:
        entry: Python calls it, with arguments of the types of its annotations; see `make_ready`.
        options: of numba.
    """

    def compiled(function: Callable[..., Any]) -> Any:
        dispatcher: Any = njit(**options)(function)
        if not numba.config.DISABLE_JIT:
            dispatcher._cache = KernelCache(function)
            if entry:
                _WAITING.append(dispatcher)
        return dispatcher

    return compiled


def make_ready() -> None:
    """Compile or load every entry that has been imported; to be called where what uses them is built."""
    with _LOCK:
        if not _WAITING:
            return
        while _WAITING:
            dispatcher = _WAITING.pop()
            dispatcher.compile(_signature(dispatcher.py_func))
            dispatcher.disable_compile()
        gc.collect()  # a full collection takes dozens of milliseconds by now: better here than while the robot moves


class KernelCache(NullCache):
    """What numba has compiled of one function, a file for each of its signatures."""

    def __init__(self, function: Callable[..., Any]):
        self._name = function.__qualname__
        source = source_hash(Path(inspect.getfile(function)))
        self._about = (source, function.__module__, function.__code__.co_firstlineno, _VERSIONS)  # numba imports it

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


def _signature(function: Callable[..., Any]) -> tuple[Any, ...]:
    hints = get_type_hints(function, include_extras=True)
    return tuple(_type(hints[name]) for name in inspect.signature(function).parameters)


def _type(hint: Any) -> Any:
    """The one numba type that an annotation stands for."""
    if get_origin(hint) is Annotated:
        return hint.__metadata__[0]
    if get_origin(hint) is tuple:
        return numba.types.BaseTuple.from_types([_type(entry) for entry in get_args(hint)])
    if issubclass(hint, tuple):
        fields = get_type_hints(hint, include_extras=True)
        return numba.types.BaseTuple.from_types([_type(field) for field in fields.values()], hint)
    return _SCALARS[hint]
