"""Cameras and scanners of a robot see from where its frames are, and the same from the same seed."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, quat_from_rotation
from linewalker.limbs.model.robot_model import attach
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.line_scanner import LaserFlaws
from linewalker.limbs.simulated.optics import SimulatedOptics
from linewalker.physics.contacts import add_floor
from linewalker.physics.geom_groups import GeomGroup

PROFILE = load_profile("g1")
EXACT = LaserFlaws(dropout=0.0, outlier=0.0, steep_dropout=0.0, steep_outlier=0.0, baseline_mm=0.0)


class Scene:
    """A G1 whose names begin with ``r/`` on a floor, with a board in front of its wrist scanner."""

    def __init__(self) -> None:
        spec = mujoco.MjSpec()
        add_floor(spec)
        attach(spec, PROFILE, prefix="r/", visual=False)
        self.board = spec.worldbody.add_geom(
            name="board", type=mujoco.mjtGeom.mjGEOM_BOX, size=[0.3, 0.3, 0.01], group=int(GeomGroup.RAY)
        )
        self.board.contype = self.board.conaffinity = 0
        self._stand(spec)
        X_WS = self.pose_of("right_wrist")
        self.board.pos, self.board.quat = X_WS.apply([0, 0, 0.16]), quat_from_rotation(X_WS.R)
        self._stand(spec)  # the near side of the board is 150 mm before the scanner now

    def _stand(self, spec: mujoco.MjSpec) -> None:
        self.model = spec.compile()
        self.data = mujoco.MjData(self.model)
        for name, angle in PROFILE.standing.items():
            self.data.qpos[self.model.joint(f"r/{name}").qposadr[0]] = angle
        self.data.qpos[2] = 0.8
        mujoco.mj_forward(self.model, self.data)

    def pose_of(self, site: str) -> Pose:
        found = self.data.site(f"r/{site}")
        return Pose(p=found.xpos.copy(), R=found.xmat.reshape(3, 3).copy())

    def optics(self, seed: int = 1, **flaws: LaserFlaws) -> SimulatedOptics:
        return SimulatedOptics(self.model, PROFILE, seed, prefix="r/", **flaws)


@pytest.fixture(scope="module")
def scene() -> Scene:
    return Scene()


def test_a_scan_starts_from_the_frame_of_its_scanner(scene: Scene) -> None:
    optics = scene.optics(laser=EXACT)
    profile = optics.scan(scene.data, "right_wrist")
    noise_mm = PROFILE.scanners["right_wrist"].noise_mm
    lit = np.isfinite(profile.z_mm)
    assert lit.mean() > 0.95
    np.testing.assert_allclose(profile.z_mm[lit], 150.0, atol=6 * noise_mm + 1e-6)
    assert profile.time_s == scene.data.time


def test_the_laser_line_lies_on_what_it_met(scene: Scene) -> None:
    optics = scene.optics(laser=EXACT)
    assert optics.laser_line is None
    profile = optics.scan(scene.data, "right_wrist")
    line = optics.laser_line
    assert line is not None
    assert line.time_s == profile.time_s
    assert len(line.points_W) == np.isfinite(profile.z_mm).sum()
    in_scanner = 1e3 * scene.pose_of("right_wrist").inverse().apply(line.points_W)
    np.testing.assert_allclose(in_scanner[:, 1], 0.0, atol=1e-9)  # in the plane of the laser
    np.testing.assert_allclose(in_scanner[:, 0], profile.x_mm[np.isfinite(profile.z_mm)], atol=1e-9)


def test_a_picture_is_taken_from_the_frame_of_its_camera(scene: Scene) -> None:
    """The floor is as far as the pose of the camera says, in the middle of the picture."""
    image = scene.optics().look(scene.data, "head")
    X_WC, mount = scene.pose_of("head"), PROFILE.cameras["head"]
    assert image.rgb.shape == (mount.height_px, mount.width_px, 3)
    row, column = round(image.K[1, 2]) + 200, round(image.K[0, 2])
    ray = X_WC.R @ np.linalg.inv(image.K) @ [column, row, 1.0]
    assert image.depth_m[row, column] == pytest.approx(-X_WC.p[2] / ray[2], rel=0.05)


def test_the_same_seed_sees_the_same_and_may_begin_anew(scene: Scene) -> None:
    first, second, other = scene.optics(3), scene.optics(3), scene.optics(4)
    scans = [optics.scan(scene.data, "right_wrist").z_mm for optics in (first, second, other)]
    np.testing.assert_array_equal(scans[0], scans[1])
    assert not np.array_equal(scans[0], scans[2], equal_nan=True)
    assert not np.array_equal(first.scan(scene.data, "right_wrist").z_mm, scans[0], equal_nan=True)
    first.reseed(3)
    np.testing.assert_array_equal(first.scan(scene.data, "right_wrist").z_mm, scans[0])


def test_pictures_do_not_change_the_noise_of_scans(scene: Scene) -> None:
    looked, blind = scene.optics(5), scene.optics(5)
    looked.look(scene.data, "head")
    np.testing.assert_array_equal(
        looked.scan(scene.data, "right_wrist").z_mm, blind.scan(scene.data, "right_wrist").z_mm
    )


@pytest.mark.parametrize("take", ["look", "scan"])
def test_a_sensor_that_is_not_there_is_a_key_error(scene: Scene, take: str) -> None:
    with pytest.raises(KeyError):
        getattr(scene.optics(), take)(scene.data, "left_wrist")
