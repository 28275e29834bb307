"""All cameras and line scanners of a simulated robot."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose
from linewalker.limbs.model.mounting import mounted
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import LineProfile, RgbdImage
from linewalker.limbs.simulated.line_scanner import LaserFlaws, LineScanner
from linewalker.limbs.simulated.rgbd_camera import CameraFlaws, RgbdCamera
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import ModelView


@dataclass(frozen=True, kw_only=True)
class LaserLine:
    """A laser line on what it met: robot time, and points (k, 3) in the station frame, m."""

    time_s: float
    points_W: NDArray[np.float64]


class SimulatedOptics:
    """Takes the pictures and profiles of a robot in a scene, for `SimulatedRobot`.

    Args:
        model: a model that has a site for every camera and scanner of the profile, with its name behind the prefix.
        profile: the robot.
        seed: of everything random in the optics.
        laser: how the scanners err.
        camera: how the cameras err.
        prefix: what the names of the robot in the model begin with, see `linewalker.limbs.model.robot_model.attach`.
    """

    def __init__(
        self,
        model: mujoco.MjModel,
        profile: RobotProfile,
        seed: int = 0,
        *,
        laser: LaserFlaws | None = None,
        camera: CameraFlaws | None = None,
        prefix: str = "",
    ):
        self._prefix, profile = prefix, mounted(profile)
        view = ModelView(model, (GeomGroup.HALL, GeomGroup.VISUAL))
        self._cameras = {name: RgbdCamera(view, mount, camera) for name, mount in profile.cameras.items()}
        self._scanners = {name: LineScanner(model, mount, laser, prefix) for name, mount in profile.scanners.items()}
        self.laser_line: LaserLine | None = None
        """What the last profile lit; for those who film."""
        self.reseed(seed)

    def reseed(self, seed: int) -> None:
        """Start all noise afresh."""
        cameras, scanners = np.random.SeedSequence(seed).spawn(2)
        self._camera_rng, self._scanner_rng = np.random.default_rng(cameras), np.random.default_rng(scanners)

    def look(self, data: mujoco.MjData, camera: str) -> RgbdImage:
        """Picture from the named camera.

        Raises:
            KeyError: the robot has no such camera.
        """
        return self._cameras[camera].take(data, self._pose(data, camera), self._camera_rng)

    def scan(self, data: mujoco.MjData, scanner: str) -> LineProfile:
        """Profile from the named scanner.

        Raises:
            KeyError: the robot has no such scanner.
        """
        X_WS = self._pose(data, scanner)
        profile = self._scanners[scanner].scan(data, X_WS, self._scanner_rng)
        lit = np.isfinite(profile.z_mm)
        line_S = np.column_stack((profile.x_mm, np.zeros_like(profile.x_mm), profile.z_mm))[lit] * 1e-3
        self.laser_line = LaserLine(time_s=profile.time_s, points_W=X_WS.apply(line_S))
        return profile

    def _pose(self, data: mujoco.MjData, name: str) -> Pose:
        site = data.site(f"{self._prefix}{name}")
        return Pose(p=site.xpos.copy(), R=site.xmat.reshape(3, 3).copy())
