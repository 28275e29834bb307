"""Laws of the RGB-D camera: what noise-free pictures must show, and how large the noise may be."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, rotation_x
from linewalker.limbs.profile import CameraMount
from linewalker.limbs.robot import RgbdImage
from linewalker.limbs.simulated.rgbd_camera import CameraFlaws, RgbdCamera
from linewalker.rendering.model_view import ModelView

PERFECT = CameraFlaws(
    exposure=0.0, white_balance=0.0, blur_px=0.01, read_noise=0.0, shot_noise=0.0, depth_noise_per_m=0.0, depth_hole=0.0
)
SCENE = """
<mujoco>
  <worldbody>
    <geom type="plane" size="9 9 .1" rgba=".5 .5 .5 1"/>
    <body name="ball" pos=".3 .2 .5"><geom name="ball" type="sphere" size=".03" rgba="1 0 0 1" group="1"/></body>
    <geom name="hull" type="box" size="1 1 .01" pos="0 0 .9" group="3"/>
  </worldbody>
</mujoco>
"""
MOUNT = CameraMount(body="world", X_BF=Pose(), width_px=160, height_px=120, fov_y_rad=0.8)
DOWN = Pose(p=np.array([0, 0, 2.0]), R=rotation_x(np.pi))


def take(flaws: CameraFlaws, seed: int = 1, hide: bool = False) -> RgbdImage:
    model = mujoco.MjModel.from_xml_string(SCENE)
    data = mujoco.MjData(model)
    if hide:
        model.geom_group[model.geom("ball").id] = 5
    mujoco.mj_forward(model, data)
    return RgbdCamera(ModelView(model, (0, 1)), MOUNT, flaws).take(data, DOWN, np.random.default_rng(seed))


def redness(image: RgbdImage) -> np.ndarray:
    rgb = image.rgb.astype(int)
    return rgb[..., 0] - rgb[..., 1:].max(-1)


def test_a_point_appears_where_k_projects_it_and_comes_back_through_depth() -> None:
    image = take(PERFECT)
    rows, columns = np.nonzero(redness(image) > 40)
    expected = image.K @ DOWN.inverse().apply([0.3, 0.2, 0.5])
    assert columns.mean() == pytest.approx(expected[0] / expected[2], abs=0.6)
    assert rows.mean() == pytest.approx(expected[1] / expected[2], abs=0.6)
    row, column = round(rows.mean()), round(columns.mean())
    ray = np.linalg.inv(image.K) @ [column, row, 1.0]
    np.testing.assert_allclose(DOWN.apply(ray * image.depth_m[row, column]), [0.3, 0.2, 0.53], atol=0.01)


def test_the_floor_is_two_metres_away_everywhere() -> None:
    image = take(PERFECT, hide=True)
    np.testing.assert_allclose(image.depth_m, 2.0, rtol=1e-5)


def test_colliders_are_never_seen_and_hidden_things_neither() -> None:
    assert np.nanmin(take(PERFECT).depth_m) > 1.4  # the hull at 1.1 m is a collider
    assert redness(take(PERFECT, hide=True)).max() < 10


def test_depth_noise_grows_with_the_square_of_the_distance_and_has_holes() -> None:
    flaws = CameraFlaws(depth_noise_per_m=0.002, depth_hole=0.05)
    depth = take(flaws, hide=True).depth_m
    assert np.nanstd(depth) == pytest.approx(0.002 * 2.0**2, rel=0.05)
    assert np.isnan(depth).mean() == pytest.approx(0.05, abs=0.005)


def test_colour_noise_is_that_of_reading_and_light() -> None:
    flaws = CameraFlaws(exposure=0, white_balance=0, blur_px=0.01, read_noise=2.0, shot_noise=0.05)
    clean, noisy = take(PERFECT, hide=True).rgb.astype(float), take(flaws, hide=True).rgb.astype(float)
    expected = np.sqrt(2.0**2 + 0.05 * clean.mean() + 1 / 12)
    assert (noisy - clean).std() == pytest.approx(expected, rel=0.05)
    assert (noisy - clean).mean() == pytest.approx(0.0, abs=0.1)


def test_the_same_seed_gives_the_same_picture_and_another_seed_another() -> None:
    first, second, other = take(CameraFlaws(), 7), take(CameraFlaws(), 7), take(CameraFlaws(), 8)
    np.testing.assert_array_equal(first.rgb, second.rgb)
    np.testing.assert_array_equal(first.depth_m, second.depth_m)
    assert (first.rgb != other.rgb).any()
