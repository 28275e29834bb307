"""Points out of PLY (Turk 1994) and PCD 0.7 files, in text or binary."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from linewalker.errors import InputError
from linewalker.geometry import Array

CLOUD_SUFFIXES = (".ply", ".pcd")
_AXES = ("x", "y", "z")
_PLY_TYPES = {
    "char": "i1",
    "int8": "i1",
    "uchar": "u1",
    "uint8": "u1",
    "short": "i2",
    "int16": "i2",
    "ushort": "u2",
    "uint16": "u2",
    "int": "i4",
    "int32": "i4",
    "uint": "u4",
    "uint32": "u4",
    "float": "f4",
    "float32": "f4",
    "double": "f8",
    "float64": "f8",
}
_PLY_ORDERS = {"ascii": "", "binary_little_endian": "<", "binary_big_endian": ">"}


def read_cloud(path: Path) -> Array:
    """Points (k, 3) as they stand in a file.

    Raises:
        InputError: it is not one of these, or is cut off.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    try:
        table = _ply(path, raw) if raw.startswith(b"ply") else _pcd(path, raw)
    except (ValueError, IndexError, KeyError, UnicodeDecodeError) as error:
        raise InputError(f"is no whole PLY or PCD file: {error}", file=path) from None
    if table.dtype.names is None or not set(_AXES) <= set(table.dtype.names):
        raise InputError(f"its points need x, y and z; found {', '.join(table.dtype.names or ())}", file=path)
    return np.column_stack([table[axis].astype(float) for axis in _AXES])


def _ply(path: Path, raw: bytes) -> np.ndarray:
    head, _, body = raw.partition(b"end_header")
    body = body[body.index(b"\n") + 1 :]
    order, fields, count, element = "", list[tuple[str, str]](), 0, ""
    for line in head.decode("ascii").splitlines():
        words = line.split()
        if words[:1] == ["format"]:
            order = _PLY_ORDERS[words[1]]
            text = words[1] == "ascii"
        elif words[:1] == ["element"]:
            if not element and words[1] != "vertex":
                raise InputError(f"its first element is {words[1]}; expected vertex", file=path)
            element = words[1]
            count = int(words[2]) if element == "vertex" else count
        elif words[:1] == ["property"] and element == "vertex":
            fields.append((words[2], order + _PLY_TYPES[words[1]]))
    return _text(body, fields, count) if text else _binary(body, fields, count)


def _pcd(path: Path, raw: bytes) -> np.ndarray:
    place = raw.index(b"\nDATA ") + 1
    end = raw.index(b"\n", place) + 1
    lines = [line.split() for line in raw[:end].decode("ascii").splitlines() if line.strip()]
    said = {words[0]: words[1:] for words in lines if not words[0].startswith("#")}
    counts = said.get("COUNT", ["1"] * len(said["FIELDS"]))
    if set(counts) != {"1"}:
        raise InputError(f"its fields have the counts {' '.join(counts)}; expected 1 each", file=path)
    kinds = [{"F": "f", "I": "i", "U": "u"}[kind] + size for kind, size in zip(said["TYPE"], said["SIZE"])]
    fields, count = list(zip(said["FIELDS"], kinds)), int(said["POINTS"][0])
    if said["DATA"] == ["ascii"]:
        return _text(raw[end:], fields, count)
    if said["DATA"] != ["binary"]:
        raise InputError(f"its data are {said['DATA'][0]}; save it as ascii or binary", file=path)
    return _binary(raw[end:], fields, count)


def _text(body: bytes, fields: list[tuple[str, str]], count: int) -> np.ndarray:
    rows = [line.split() for line in body.decode("ascii").splitlines() if line.strip()][:count]
    if len(rows) < count:
        raise ValueError(f"{len(rows)} points of {count}")
    return np.array([tuple(float(cell) for cell in row) for row in rows], [(name, "f8") for name, _ in fields])


def _binary(body: bytes, fields: list[tuple[str, str]], count: int) -> np.ndarray:
    return np.frombuffer(body, np.dtype(fields), count)
