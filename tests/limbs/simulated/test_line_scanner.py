"""Laws of the line scanner on plates whose profile is known."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, rotation_x, rotation_y
from linewalker.limbs.profile import ScannerMount
from linewalker.limbs.simulated.line_scanner import LaserFlaws, LineScanner

PERFECT = LaserFlaws(dropout=0.0, outlier=0.0, steep_dropout=0.0, steep_outlier=0.0, baseline_mm=0.0)
WITH_CAMERA = LaserFlaws(dropout=0.0, outlier=0.0, steep_dropout=0.0, steep_outlier=0.0, baseline_mm=40.0)
GAP_MM = 4.0

PLATES = f"""
<mujoco>
  <worldbody>
    <body name="carrier"><geom type="sphere" size=".01" pos="0 0 .1" group="4"/></body>
    <body name="left" pos="{-50 - GAP_MM / 2}e-3 0 -.005">
      <geom name="left" type="box" size=".05 .05 .005" group="4"/>
    </body>
    <body name="right" pos="{50 + GAP_MM / 2}e-3 0 -.005">
      <geom name="right" type="box" size=".05 .05 .005" group="4"/>
    </body>
    <geom name="bottom" type="box" size=".1 .1 .001" pos="0 0 -.013" group="4"/>
    <geom name="light" type="box" size=".2 .2 .001" pos="0 0 .0501" group="5"/>
  </worldbody>
</mujoco>
"""


class Bench:
    """A scanner 150 mm above the plates, looking down, its line across the gap."""

    def __init__(self, noise_mm: float = 0.0, flaws: LaserFlaws = PERFECT):
        self.model = mujoco.MjModel.from_xml_string(PLATES)
        self.data = mujoco.MjData(self.model)
        self.mount = ScannerMount(body="carrier", X_BF=Pose(), noise_mm=noise_mm)
        self.scanner = LineScanner(self.model, self.mount, flaws)
        self.rng = np.random.default_rng(5)

    def scan(self, X_WS: Pose | None = None) -> tuple[np.ndarray, np.ndarray]:
        mujoco.mj_forward(self.model, self.data)
        profile = self.scanner.scan(self.data, X_WS or self.above(), self.rng)
        return profile.x_mm, profile.z_mm

    @staticmethod
    def above(height_mm: float = 150.0) -> Pose:
        return Pose(p=np.array([0, 0, 1e-3 * height_mm]), R=rotation_x(np.pi))


def test_a_plane_square_to_the_beam_has_its_distance_everywhere() -> None:
    x, z = Bench().scan()
    skin = np.abs(x) > GAP_MM
    np.testing.assert_allclose(z[skin], 150.0, atol=1e-6)


def test_the_line_is_as_wide_and_as_fine_as_the_mount_says() -> None:
    x, _ = Bench().scan()
    assert len(x) == 601
    assert (x[0], x[-1]) == pytest.approx((-30.0, 30.0))
    np.testing.assert_allclose(np.diff(x[:250]), 0.1, atol=1e-9)


def test_a_tilted_plane_is_a_straight_line_of_that_slope() -> None:
    tilt = np.radians(12.0)
    X_WS = Pose(p=np.array([0.05, 0, 0.15]), R=rotation_y(tilt) @ rotation_x(np.pi))
    x, z = Bench().scan(X_WS)
    top = np.isfinite(z) & (X_WS.apply(np.column_stack((x, 0 * x, z)) * 1e-3)[:, 2] > -1e-9)
    assert top.sum() > 300
    slope, _ = np.polyfit(x[top], z[top], 1)
    assert abs(slope) == pytest.approx(np.tan(tilt), abs=1e-9)


def test_a_groove_is_seen_with_its_width_and_depth() -> None:
    x, z = Bench().scan()
    np.testing.assert_allclose(z[np.abs(x) < 1.8], 162.0, atol=1e-6)
    skin = z < 150.1
    assert x[skin & (x > 0)].min() == pytest.approx(GAP_MM / 2, abs=0.1)
    assert x[skin & (x < 0)].max() == pytest.approx(-GAP_MM / 2, abs=0.1)


def test_x_ascends_and_what_lies_below_an_edge_is_missing() -> None:
    x, z = Bench().scan(Pose(p=np.array([0.015, 0, 0.15]), R=rotation_x(np.pi)))
    assert np.all(np.diff(x) > 0)
    edge, floor = x[(z < 150.1) & (x < -15)].max(), x[z > 161.9]
    assert floor.min() > edge  # the laser reaches under the far edge, the profile does not
    assert floor.max() < x[(z < 150.1) & (x > -15)].min()


def test_moving_a_panel_moves_its_points_by_as_much() -> None:
    bench = Bench()
    x0, z0 = bench.scan()
    bench.model.body_pos[bench.model.body("right").id] += [0.5e-3, 0, 0.8e-3]
    x1, z1 = bench.scan()
    right = x0 > 5
    np.testing.assert_allclose((z0 - z1)[right], 0.8, atol=1e-6)
    np.testing.assert_allclose(z1[x0 < -5], z0[x0 < -5], atol=1e-9)
    edges = [x[(x > 0) & (z < 155)].min() for x, z in ((x0, z0), (x1, z1))]
    assert edges[1] - edges[0] == pytest.approx(0.5, abs=0.11)


def test_a_hidden_panel_is_not_seen_and_a_camera_mesh_fills_what_fine_meshes_leave_out() -> None:
    bench = Bench()
    light, left = bench.model.geom("light").id, bench.model.geom("left").id
    bench.model.geom_group[left] = 5
    x, z = bench.scan()
    assert z[(x < -5) & np.isfinite(z)] == pytest.approx(162.0)
    bench.model.geom_group[[light, bench.model.geom("bottom").id]] = 1, 5
    bench.model.geom_pos[light] = [0, 0, -0.026]  # 25 mm below the plates' top
    x, z = bench.scan()
    assert z[(x < -5) & np.isfinite(z)] == pytest.approx(175.0)
    assert z[x > 5] == pytest.approx(150.0)


@pytest.mark.parametrize("height_mm", [100.0, 190.0])
def test_out_of_range_nothing_comes_back(height_mm: float) -> None:
    _, z = Bench().scan(Bench.above(height_mm))
    assert np.isnan(z).all()


def test_the_carrying_body_is_transparent() -> None:
    bench = Bench()
    assert np.isfinite(bench.scan()[1]).sum() > 550  # the ball of the carrier hangs in the fan


def test_a_wall_shades_what_lies_behind_it_from_the_camera() -> None:
    def floor_seen(flaws: LaserFlaws) -> int:
        bench = Bench(flaws=flaws)
        bench.model.body_pos[bench.model.body("left").id] = [0, 0.052, 0.045]  # a block between line and camera
        bench.model.geom_size[bench.model.geom("left").id] = [0.05, 0.05, 0.045]
        towards_block = rotation_x(np.pi) @ np.diag([-1.0, -1.0, 1.0])
        return int(np.isfinite(bench.scan(Pose(p=np.array([0, 0, 0.15]), R=towards_block))[1]).sum())

    assert floor_seen(PERFECT) > 550
    assert floor_seen(WITH_CAMERA) < 50


def test_without_anything_in_between_the_camera_sees_what_the_laser_lights() -> None:
    _, direct = Bench().scan()
    _, triangulated = Bench(flaws=WITH_CAMERA).scan()
    np.testing.assert_array_equal(np.isnan(direct), np.isnan(triangulated))


def test_noise_has_the_declared_spread_and_points_drop_out_at_the_declared_rate() -> None:
    bench = Bench(noise_mm=0.02, flaws=LaserFlaws(outlier=0.0, dropout=0.01))
    z = np.concatenate([z[np.abs(x) > 5] for x, z in (bench.scan() for _ in range(30))])
    assert np.nanstd(z) == pytest.approx(0.02, rel=0.03)
    assert np.nanmean(z) == pytest.approx(150.0, abs=0.001)
    assert np.isnan(z).mean() == pytest.approx(0.01, abs=0.003)


def test_the_same_seed_gives_the_same_profile() -> None:
    first, second = (Bench(0.02, LaserFlaws()).scan() for _ in range(2))
    np.testing.assert_array_equal(first, second)
