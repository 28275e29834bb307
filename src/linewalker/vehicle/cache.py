"""Built vehicles on disk, each in a file named by a hash of everything it comes from."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linewalker.cachefolder import keep, kept, source_hash
from linewalker.vehicle.components import Body, Collider, Material, MountedPart, Options, PanelMesh, Rim, SeamCurve
from linewalker.vehicle.vehicle import Vehicle

_ARRAY = "array:"
_RECORDS = {
    record.__name__: record
    for record in (Body, Collider, Material, Options, PanelMesh, MountedPart, Rim, SeamCurve, Vehicle)
}


def cache_key(drawing: bytes, builder: Path) -> str:
    """A hash of a model's drawing and of the code that builds it."""
    return hashlib.sha256(drawing + source_hash(builder).encode()).hexdigest()[:20]


def store(vehicle: Vehicle, path: Path) -> None:
    """Keeps a vehicle, so that a reader sees either all of it or nothing."""
    arrays: list[NDArray[Any]] = []
    text = json.dumps(_pack(vehicle, arrays)).encode()
    archive = io.BytesIO()
    np.savez(
        archive,
        records=np.frombuffer(text, np.uint8),
        **{str(i): array for i, array in enumerate(arrays)},  # type: ignore[arg-type]
    )
    keep(archive.getvalue(), path)


def restore(path: Path) -> Vehicle | None:
    """The vehicle stored at a path, or None when there is none or the file is damaged."""
    content = kept(path)
    if content is None:
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files if name != "records"}
        records = json.loads(file["records"].tobytes())
    vehicle: Vehicle = _unpack(records, arrays)
    return vehicle


def _pack(value: Any, arrays: list[NDArray[Any]]) -> Any:
    """A JSON value for a record; arrays are moved out into a list."""
    if isinstance(value, np.ndarray):
        arrays.append(value)
        return f"{_ARRAY}{len(arrays) - 1}"
    if type(value).__name__ in _RECORDS:
        content = {field.name: _pack(getattr(value, field.name), arrays) for field in fields(value)}
        return {"record": type(value).__name__, "content": content}
    if isinstance(value, dict):
        return {key: _pack(entry, arrays) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [_pack(entry, arrays) for entry in value]
    return value


def _unpack(value: Any, arrays: dict[str, NDArray[Any]]) -> Any:
    """The inverse of `_pack`."""
    if isinstance(value, str) and value.startswith(_ARRAY):
        return arrays[value[len(_ARRAY) :]]
    if isinstance(value, list):
        return tuple(_unpack(entry, arrays) for entry in value)
    if isinstance(value, dict):
        if value.keys() == {"record", "content"}:
            return _RECORDS[value["record"]](**_unpack(value["content"], arrays))
        return {key: _unpack(entry, arrays) for key, entry in value.items()}
    return value
