"""A shape as a screen gets it: ``LWSH``, the length of a JSON text (uint32, little-endian), that text, and numbers.

The text has ``bodies`` and ``meshes``. A body stands at ``p`` and ``q`` (wxyz) in its ``parent``, and turns about the
``axis`` of its ``joint`` by the angle of that name. A mesh belongs to a ``body`` and has a ``material``; it is there if
its ``condition``, an option and its value, is met or null. Its ``vertices`` are int16 (n, 3), to be multiplied by
``scale_m`` and added to ``offset_m``; its ``normals`` are int8 (n, 3); its ``faces`` uint16 or uint32 (m, 3), as
``wide`` says; each is given as the place of its first byte behind the text, which is a multiple of four, and a count
of rows.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"LWSH"
_STEPS, _NORMAL = 32767, 127


@dataclass(frozen=True, kw_only=True, eq=False)
class ShapeMesh:
    """Triangles of one material on one body.

    Attributes:
        body, material: whose, and of what.
        condition: an option and its value under which it is there; None: always.
        vertices_m, normals: (n, 3).
        faces: (m, 3).
    """

    body: str
    material: str
    vertices_m: NDArray[Any]
    normals: NDArray[Any]
    faces: NDArray[Any]
    condition: tuple[str, str] | None = None


def shape_file(
    bodies: Sequence[Mapping[str, Any]], materials: Mapping[str, Mapping[str, Any]], meshes: Sequence[ShapeMesh],
    **more: Any,
) -> bytes:  # fmt: skip
    """The file; ``more`` goes into its text."""
    parts: list[bytes] = []
    packed = [_packed(mesh, parts) for mesh in meshes]
    document = {"bodies": list(bodies), "materials": dict(materials), "meshes": packed, **more}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    return MAGIC + struct.pack("<I", len(text)) + text + b"".join(parts)


def _packed(mesh: ShapeMesh, parts: list[bytes]) -> dict[str, Any]:
    low, high = mesh.vertices_m.min(axis=0), mesh.vertices_m.max(axis=0)
    offset, half = (low + high) / 2.0, float((high - low).max()) / 2.0
    scale = max(half, 1e-6) / _STEPS
    wide = len(mesh.vertices_m) > 0xFFFF
    arrays = {
        "vertices": np.round((mesh.vertices_m - offset) / scale).astype("<i2"),
        "normals": np.round(mesh.normals * _NORMAL).astype("i1"),
        "faces": mesh.faces.astype("<u4" if wide else "<u2"),
    }
    places = {}
    for name, array in arrays.items():
        places[name] = [sum(map(len, parts)), len(array)]
        data = array.tobytes()
        parts.append(data + b"\0" * (-len(data) % 4))
    return {
        "body": mesh.body,
        "material": mesh.material,
        "condition": mesh.condition,
        "scale_m": scale,
        "offset_m": [float(value) for value in offset],
        "wide": wide,
        **places,
    }
