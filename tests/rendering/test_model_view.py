"""Pictures of a MuJoCo model against MuJoCo's own ray caster: another algorithm, the same geometry."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.rendering.model_view import ModelView, hall_lighting
from linewalker.rendering.pinhole import Pinhole

SCENE = """
<mujoco>
  <asset>
    <mesh name="tetrahedron" vertex="0 0 0  .4 0 0  0 .4 0  0 0 .4"/>
    <material name="lamp" rgba="1 1 1 1" emission="7"/>
  </asset>
  <worldbody>
    <geom type="plane" size="5 5 .1"/>
    <geom type="box" size=".2 .3 .1" pos=".5 .1 .4" euler="20 30 40"/>
    <geom type="sphere" size=".2" pos="-.4 .5 .3"/>
    <geom type="capsule" size=".1 .3" pos="0 -.6 .5" euler="70 0 20"/>
    <geom type="cylinder" size=".15 .2" pos="-.6 -.3 .4" euler="0 50 0"/>
    <body name="pyramid" pos="0 .2 .8" euler="10 20 30">
      <geom name="pyramid" type="mesh" mesh="tetrahedron" group="1"/>
    </body>
    <geom type="box" size="2 .2 .05" pos="1 1 3.4" material="lamp"/>
  </worldbody>
</mujoco>
"""


@pytest.fixture
def scene() -> tuple[mujoco.MjModel, mujoco.MjData]:
    model = mujoco.MjModel.from_xml_string(SCENE)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    return model, data


def cast(model: mujoco.MjModel, data: mujoco.MjData, view: Pinhole) -> tuple[np.ndarray, np.ndarray]:
    """Geom and depth at every pixel by rays: slow, and nothing in common with the rasteriser."""
    v, u = np.mgrid[: view.height_px, : view.width_px]
    in_camera = np.stack((u, v, np.ones_like(u)), -1).reshape(-1, 3) @ np.linalg.inv(view.K).T
    rays = in_camera @ view.X_WC.R.T
    geoms, distance = np.zeros(len(rays), np.int32), np.zeros(len(rays))
    origin = view.X_WC.p.reshape(3, 1)
    mujoco.mj_multiRay(model, data, origin, rays.reshape(-1, 1), None, True, -1, geoms, distance, None, len(rays), 1e10)
    shape = (view.height_px, view.width_px)
    return geoms.reshape(shape), np.where(distance >= 0, distance, np.nan).reshape(shape)


def test_geoms_and_depths_agree_with_ray_casting(scene: tuple[mujoco.MjModel, mujoco.MjData]) -> None:
    view = Pinhole.looking_at((1.6, 1.2, 1.4), (0, 0, 0.4), width_px=160, height_px=120, fov_y_rad=0.9)
    picture = ModelView(scene[0], groups=(0, 1)).take(scene[1], view, fine=1)
    geoms, depth = cast(*scene, view)
    assert np.mean(picture.thing_of == geoms) > 0.99  # curved outlines are polygons to the rasteriser
    same = (picture.thing_of == geoms) & (geoms >= 0)
    assert np.quantile(np.abs(picture.depth_m - depth)[same], 0.99) < 5e-3
    flat = same & np.isin(geoms, [0, 1, 5])  # plane, box, mesh: no facets, so exact
    np.testing.assert_allclose(picture.depth_m[flat], depth[flat], rtol=1e-5)


def test_groups_colours_and_poses_are_read_anew_for_every_picture(
    scene: tuple[mujoco.MjModel, mujoco.MjData],
) -> None:
    model, data = scene
    view = Pinhole.looking_at((1.6, 1.2, 1.4), (0, 0.2, 0.8), width_px=80, height_px=60, fov_y_rad=0.6)
    taker = ModelView(model, groups=(0, 1))
    pyramid = model.geom("pyramid").id
    before = taker.take(data, view)
    assert (before.thing_of == pyramid).sum() > 50
    model.geom_rgba[pyramid] = (1, 0, 0, 1)
    red = taker.take(data, view).rgb[before.thing_of == pyramid].astype(int)
    assert np.all(red[:, 0] > red[:, 1])
    model.body_pos[model.body("pyramid").id] += [0, 0, 0.1]
    mujoco.mj_kinematics(model, data)
    rows = np.nonzero(taker.take(data, view).thing_of == pyramid)[0]
    assert rows.mean() < np.nonzero(before.thing_of == pyramid)[0].mean() - 3
    model.geom_group[pyramid] = 5
    assert not (taker.take(data, view).thing_of == pyramid).any()


def test_boxes_that_shine_are_the_lamps(scene: tuple[mujoco.MjModel, mujoco.MjData]) -> None:
    (lamp,) = hall_lighting(scene[0]).lamps
    assert lamp.p_W == pytest.approx((1, 1, 3.4))
    assert (lamp.half_length_m, lamp.half_width_m, lamp.radiance) == pytest.approx((2, 0.2, 7))


def test_a_polished_floor_shows_things_where_their_mirror_images_project(
    scene: tuple[mujoco.MjModel, mujoco.MjData],
) -> None:
    model, data = scene
    pyramid = model.geom("pyramid").id
    view = Pinhole.looking_at((2.5, 0.2, 0.6), (0, 0.2, 0.2), width_px=160, height_px=120, fov_y_rad=0.9)
    taker = ModelView(model, groups=(0, 1))
    model.geom_rgba[pyramid] = (1, 0, 0, 1)

    def redness(polished: bool) -> np.ndarray:
        rgb = taker.develop(taker.things(data), view, polished=polished).rgb.astype(int)
        return rgb[..., 0] - rgb[..., 1]

    gain = redness(True) - redness(False)
    corners = data.geom_xpos[pyramid] + model.mesh_vert @ data.geom_xmat[pyramid].reshape(3, 3).T
    u, v, w = view.K @ view.X_WC.inverse().apply(corners * [1, 1, -1]).T
    rows, columns = np.nonzero(gain > 0.5 * gain.max())
    assert gain.max() > 4
    assert (u / w).min() - 2 <= columns.min()
    assert columns.max() <= (u / w).max() + 2
    assert (v / w).min() - 2 <= rows.min()
    assert rows.max() <= (v / w).max() + 2
