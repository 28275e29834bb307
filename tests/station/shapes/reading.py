"""Reads a shape file, slowly and plainly."""

from __future__ import annotations

import json
from typing import Any

import numpy as np


def read_shape(content: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Its text, and of every mesh vertices, normals and faces."""
    assert content[:4] == b"LWSH"
    length = int.from_bytes(content[4:8], "little")
    text, numbers = json.loads(content[8 : 8 + length]), content[8 + length :]
    meshes = []
    for mesh in text["meshes"]:
        vertices, normals, faces = (
            np.frombuffer(numbers, kind, 3 * mesh[name][1], mesh[name][0]).reshape(-1, 3)
            for name, kind in (("vertices", "<i2"), ("normals", "i1"), ("faces", "<u4" if mesh["wide"] else "<u2"))
        )
        meshes.append(
            {
                **mesh,
                "vertices": mesh["scale_m"] * vertices + mesh["offset_m"],
                "normals": normals / 127.0,
                "faces": faces,
            }
        )
    return text, meshes
