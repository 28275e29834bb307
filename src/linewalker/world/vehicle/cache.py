"""Built vehicles on disk, each in a file named by a hash of everything it comes from."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linewalker.world.vehicle.records import (
    Body,
    Collider,
    Material,
    Options,
    PanelMesh,
    Part,
    Rim,
    Seam,
)
from linewalker.world.vehicle.vehicle import Vehicle

_ARRAY = "array:"
_RECORDS = {
    record.__name__: record for record in (Body, Collider, Material, Options, PanelMesh, Part, Rim, Seam, Vehicle)
}


def cache_folder() -> Path:
    """Where built vehicles are kept: ``LINEWALKER_CACHE`` or ``~/.cache/linewalker``."""
    return Path(os.environ.get("LINEWALKER_CACHE") or Path.home() / ".cache" / "linewalker").expanduser()


def cache_key(drawing: bytes, sources: Iterable[Path]) -> str:
    """A hash of a model's drawing and of the code that builds it."""
    digest = hashlib.sha256(drawing)
    for source in sorted(sources):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:20]


def store(vehicle: Vehicle, path: Path) -> None:
    """Writes a vehicle so that a reader sees either all of it or nothing."""
    arrays: list[NDArray[Any]] = []
    text = json.dumps(_pack(vehicle, arrays)).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                records=np.frombuffer(text, np.uint8),
                **{str(i): array for i, array in enumerate(arrays)},  # type: ignore[arg-type]
            )
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def restore(path: Path) -> Vehicle | None:
    """The vehicle stored at a path, or None when there is none or the file is damaged."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files if name != "records"}
            records = json.loads(file["records"].tobytes())
        vehicle = _unpack(records, arrays)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return vehicle if isinstance(vehicle, Vehicle) else None


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
