"""Collects the triangles of a vehicle, body by body, while it is being built."""

from __future__ import annotations

import numpy as np

from linewalker.vehicle.build.triangles import Triangles, joined
from linewalker.vehicle.components import Array, Condition, PanelMesh, Role

_Key = tuple[str, str, Role, Condition | None]


class CollectedMeshes:
    """Triangles by body, material, role and option value."""

    def __init__(self) -> None:
        self._heaps: dict[_Key, list[Triangles]] = {}

    def put(
        self, body: str, material: str, mesh: Triangles, *, role: Role = "camera", condition: Condition | None = None
    ) -> None:
        """Adds triangles to a body."""
        self._heaps.setdefault((body, material, role, condition), []).append(mesh)

    def vertices(self, body: str) -> Array:
        """All camera vertices of a body in all its variants, (n, 3)."""
        return np.vstack([m.vertices for key, heap in self._heaps.items() if key[:1] == (body,) and key[2] == "camera"
                          for m in heap])  # fmt: skip

    def bodies(self) -> tuple[str, ...]:
        """Names of bodies that have triangles, in the order they came."""
        return tuple(dict.fromkeys(key[0] for key in self._heaps))

    def meshes(self) -> tuple[PanelMesh, ...]:
        """One record per body, material, role and option value."""
        records = []
        for (body, material, role, condition), heap in self._heaps.items():
            mesh = joined(heap).without_slivers()
            records.append(
                PanelMesh(
                    body=body,
                    material=material,
                    role=role,
                    condition=condition,
                    vertices_m=mesh.vertices.astype(np.float32),
                    normals=mesh.normals.astype(np.float32),
                    faces=mesh.faces.astype(np.int32),
                    texcoords=None if mesh.texcoords is None else mesh.texcoords.astype(np.float32),
                )
            )
        return tuple(records)
