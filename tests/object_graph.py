"""All the arrays that an object can reach, each under the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import mujoco
import numpy as np


def arrays_of(root: Any) -> dict[str, np.ndarray]:
    """Arrays under their paths; those of MuJoCo's own records are left out."""
    return dict(_walk(root, "", set()))


def _walk(thing: Any, path: str, seen: set[int]) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(thing, np.ndarray):
        yield path, thing
        return
    if id(thing) in seen or isinstance(thing, mujoco.MjModel | mujoco.MjData | type):
        return
    seen.add(id(thing))
    if isinstance(thing, Mapping):
        parts = list(thing.items())
    elif isinstance(thing, list | tuple | set | frozenset) or type(thing).__name__ == "deque":
        parts = list(enumerate(thing))
    else:
        parts = list(getattr(thing, "__dict__", {}).items())
    for name, part in parts:
        yield from _walk(part, f"{path}.{name}", seen)


def extent(array: np.ndarray) -> tuple[int, int]:
    """First byte and the byte behind the last."""
    return np.lib.array_utils.byte_bounds(array)
