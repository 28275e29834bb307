"""Pictures in a scene: what is painted or printed, as cameras see it; nothing touches it."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose, quat_from_rotation
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.mesh import TriangleMesh


def add_picture(
    spec: mujoco.MjSpec,
    name: str,
    picture: NDArray[np.uint8],
    sheet: TriangleMesh,
    texcoords: NDArray,
    X_WM: Pose,
    *,
    roughness: float = 0.9,
    specular: float = 0.0,
) -> None:
    """Add a sheet with a picture on it.

    Args:
        spec: the scene.
        name: of geom, mesh, material and texture.
        picture: (height, width, 3), sRGB.
        sheet: in its frame M, k vertices.
        texcoords: where each vertex lies in the picture, from 0 to 1, along its rows and down its columns, (k, 2).
        X_WM: where the sheet is.
        roughness, specular: of its material, as MuJoCo has them.
    """
    height, width, channels = picture.shape
    texture = spec.add_texture(
        name=name, type=mujoco.mjtTexture.mjTEXTURE_2D, width=width, height=height, nchannel=channels
    )
    texture.data = picture.tobytes()
    material = spec.add_material(name=name, roughness=roughness, specular=specular, metallic=0.0)
    material.textures[mujoco.mjtTextureRole.mjTEXROLE_RGB] = name
    faces = sheet.faces.ravel()
    spec.add_mesh(
        name=name,
        uservert=sheet.vertices.ravel(),
        usernormal=sheet.normals.ravel(),
        usertexcoord=np.asarray(texcoords, np.float32).ravel(),
        userface=faces,
        userfacenormal=faces,
        userfacetexcoord=faces,
        inertia=mujoco.mjtMeshInertia.mjMESH_INERTIA_SHELL,
    )
    spec.worldbody.add_geom(
        name=name,
        type=mujoco.mjtGeom.mjGEOM_MESH,
        meshname=name,
        material=name,
        pos=X_WM.p,
        quat=quat_from_rotation(X_WM.R),
        group=int(GeomGroup.HALL),
        contype=0,
        conaffinity=0,
    )
