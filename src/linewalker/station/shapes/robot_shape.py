"""A robot for a screen: its links as a tree that joint angles move, and its covers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import mujoco
import numpy as np

from linewalker.cachefolder import cached_file, keep, kept, source_hash
from linewalker.geometry import rotation_from_quat
from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.profile import RobotProfile
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import geom_mesh
from linewalker.station.shapes.decimation import decimated
from linewalker.station.shapes.shape_file import ShapeMesh, shape_file

_CELL_M = 0.004
_KINDS = {int(mujoco.mjtJoint.mjJNT_HINGE): "turns", int(mujoco.mjtJoint.mjJNT_SLIDE): "slides"}


def robot_shape(profile: RobotProfile, source: bytes) -> bytes:
    """The shape file of a robot, from the cache if it was made before.

    Args:
        profile: the robot.
        source: what tells this robot from others: the text of its profile file, or its name.
    """
    digest = source_hash(Path(__file__))[:16] + _digest(source)
    stored = cached_file("robots", f"{digest}.shape")
    content = kept(stored)
    if content is None:
        content = _made(profile)
        keep(content, stored)
    return content


def _digest(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()[:16]


def _made(profile: RobotProfile) -> bytes:
    model = robot_spec(profile, visual=True).compile()
    names = [model.body(i).name for i in range(model.nbody)]
    bodies = [_body(model, i, names) for i in range(1, model.nbody)]
    meshes, materials = [], {}
    for geom in np.flatnonzero(model.geom_group == int(GeomGroup.VISUAL)):
        mesh = geom_mesh(model, int(geom))
        if mesh is None:
            continue
        rgba = [round(float(value), 3) for value in model.geom_rgba[geom]]
        material = "-".join(map(str, rgba))
        materials[material] = {"rgba": rgba}
        vertices, normals, faces = decimated(mesh, _CELL_M)
        R, p = rotation_from_quat(model.geom_quat[geom]), model.geom_pos[geom]
        meshes.append(
            ShapeMesh(
                body=names[model.geom_bodyid[geom]],
                material=material,
                vertices_m=vertices @ R.T + p,
                normals=normals @ R.T,
                faces=faces,
            )
        )
    sole_m = [profile.sole_half_length_m, profile.sole_half_width_m]
    solid = [mesh for mesh in meshes if len(mesh.faces)]
    return shape_file(bodies, materials, solid, base=profile.base, sole_m=sole_m)


def _body(model: mujoco.MjModel, body: int, names: list[str]) -> dict[str, Any]:
    joint: dict[str, Any] | None = None
    first = int(model.body_jntadr[body])
    kind = _KINDS.get(int(model.jnt_type[first])) if first >= 0 else None
    if kind is not None:
        name, axis, at = model.joint(first).name, model.jnt_axis[first].tolist(), model.jnt_pos[first].tolist()
        joint = {"name": name, "kind": kind, "axis": axis, "at": at}
    return {
        "name": names[body],
        "parent": names[model.body_parentid[body]],
        "p": model.body_pos[body].tolist(),
        "q": model.body_quat[body].tolist(),
        "joint": joint,
    }
