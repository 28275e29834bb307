"""A printed sheet lies where it is put, shows its picture the right way up, and touches nothing."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3
from linewalker.physics.geom_groups import GeomGroup
from linewalker.physics.printed_sheet import add_picture
from linewalker.rendering.mesh import rectangle_mesh

X_WM = Pose(p=np.array([0.3, -0.2, 1.1]), R=exp_so3([0.4, -0.7, 1.2]))
PICTURE = np.random.default_rng(0).integers(0, 256, (6, 9, 3), dtype=np.uint8)
SHEET = rectangle_mesh(0.3, 0.2, cells=2)
TEXCOORDS = SHEET.vertices[:, :2] / [0.6, 0.4] + 0.5


@pytest.fixture(scope="module")
def model() -> mujoco.MjModel:
    spec = mujoco.MjSpec()
    add_picture(spec, "label", PICTURE, SHEET, TEXCOORDS, X_WM, roughness=0.2, specular=0.3)
    return spec.compile()


def test_every_corner_lies_where_the_pose_puts_it(model: mujoco.MjModel) -> None:
    """MuJoCo moves a mesh to its own centre and axes; together with the geom's pose that cancels."""
    mesh = model.mesh("label").id
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    start, count = model.mesh_vertadr[mesh], model.mesh_vertnum[mesh]
    geom = model.geom("label").id
    placed = model.mesh_vert[start : start + count] @ data.geom_xmat[geom].reshape(3, 3).T + data.geom_xpos[geom]
    np.testing.assert_allclose(placed, X_WM.apply(SHEET.vertices), atol=1e-6)
    normals = model.mesh_normal[model.mesh_normaladr[mesh] :][: model.mesh_normalnum[mesh]]
    np.testing.assert_allclose(normals @ data.geom_xmat[geom].reshape(3, 3).T, np.tile(X_WM.R[:, 2], (9, 1)), atol=1e-6)


def test_the_picture_and_its_places_are_kept(model: mujoco.MjModel) -> None:
    texture = model.texture("label").id
    assert (model.tex_height[texture], model.tex_width[texture], model.tex_nchannel[texture]) == PICTURE.shape
    np.testing.assert_array_equal(model.tex_data[model.tex_adr[texture] :][: PICTURE.size], PICTURE.ravel())
    places = model.mesh_texcoord[: len(TEXCOORDS)]
    np.testing.assert_allclose(places, TEXCOORDS, atol=1e-6)


def test_its_material_carries_the_picture_and_its_gloss(model: mujoco.MjModel) -> None:
    material = model.geom("label").matid[0]
    assert model.mat_texid[material, mujoco.mjtTextureRole.mjTEXROLE_RGB] == model.texture("label").id
    assert model.mat_roughness[material] == pytest.approx(0.2)
    assert model.mat_specular[material] == pytest.approx(0.3)


def test_it_is_seen_and_touches_nothing(model: mujoco.MjModel) -> None:
    geom = model.geom("label")
    assert geom.group == GeomGroup.HALL
    assert (geom.contype, geom.conaffinity) == (0, 0)
