"""The links of a URDF as capsules: what stands for its collision meshes in physics and in clearances."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import mujoco
import numpy as np

from linewalker.limbs.model.capsule import Capsule, fit_capsules
from linewalker.limbs.model.urdf_spec import read_shapes

AIR_M3 = 0.002
"""A capsule that holds more than this besides its link stands in the way of legs that pass one another."""
MOST_CAPSULES = 4
"""Per mesh."""


@dataclass(frozen=True, kw_only=True)
class LinkCapsule:
    """One capsule, in the frame of the body it moves with, and the mesh it was fitted to."""

    body: str
    mesh: str
    capsule: Capsule


def link_capsules(path: Path, base: str) -> tuple[LinkCapsule, ...]:
    """Capsules of the meshes that touch; of links without any, of their covers. Kept while the URDF stays as it is."""
    return _fitted(path, base, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _fitted(path: Path, base: str, _written_ns: int) -> tuple[LinkCapsule, ...]:
    spec = read_shapes(path, base)
    bare = {g.meshname for body in spec.bodies if not any(g.contype for g in body.geoms) for g in body.geoms}
    spec.compiler.fusestatic = True
    spec.bodies[1].add_freejoint(name="root")
    model = spec.compile()
    found = []
    for geom in range(model.ngeom):
        mesh = model.geom_dataid[geom]
        if mesh < 0 or not (model.geom_contype[geom] or model.mesh(mesh).name in bare):
            continue
        start, count = model.mesh_vertadr[mesh], model.mesh_vertnum[mesh]
        R = np.zeros(9)
        mujoco.mju_quat2Mat(R, model.geom_quat[geom])
        vertices = model.mesh_vert[start : start + count] @ R.reshape(3, 3).T + model.geom_pos[geom]
        faces = model.mesh_face[model.mesh_faceadr[mesh] :][: model.mesh_facenum[mesh]]
        body, name = model.body(model.geom_bodyid[geom]).name, model.mesh(mesh).name
        capsules = fit_capsules(vertices, faces, air_m3=AIR_M3, most=MOST_CAPSULES)
        found += [LinkCapsule(body=body, mesh=name, capsule=capsule) for capsule in capsules]
    return tuple(found)
