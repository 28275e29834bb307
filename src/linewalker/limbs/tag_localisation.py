"""Localisation without a sensor at the station: the robot's own camera looks at AprilTag boards.

A picture with two boards or more gives the pose of the camera, and through the joints between camera and torso a fix,
as late as the picture takes to be worked on. How sure it is depends on what is seen: far boards tell directions well,
distances badly, and a small turn of the camera looks like a step aside. So a fix carries its whole covariance; with the
upright of the inertial sensor, most of what the picture leaves open is known.

`TagLocalisedRobot` wraps any robot and lets its readings carry such fixes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose, exp_so3, skew
from linewalker.limbs.model import build_control_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand, LineProfile, LocalisationFix, Readings, RgbdImage, Robot
from linewalker.limbs.tag_boards import FAMILY, TagBoard

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class TagTuning:
    """How the camera is used, and which fixes are believed.

    Attributes:
        period_s, latency_s: from picture to picture, and from the exposure to the fix.
        corner_px: standard deviation of a corner found in a picture, per axis.
        misfit_px: largest root mean square distance of corners from where the pose puts them.
        fewest: boards that must be seen: one alone, seen frontally, leaves its tilt open.
    """

    period_s: float = 0.2
    latency_s: float = 0.1
    corner_px: float = 0.5
    misfit_px: float = 1.5
    fewest: int = 2


@dataclass(frozen=True, kw_only=True)
class SeenPose:
    """Where a frame stands, and how sure that is.

    Attributes:
        X_WF: its pose.
        covariance: of its place in W, and of the rotation vector in W by which it errs, m and rad, (6, 6).
    """

    X_WF: Pose
    covariance: Array

    def carried_to(self, X_FG: Pose) -> SeenPose:
        """The same for a frame G fixed to it."""
        lever = np.eye(6)
        lever[:3, 3:] = -skew(self.X_WF.R @ X_FG.p)
        return SeenPose(X_WF=self.X_WF @ X_FG, covariance=lever @ self.covariance @ lever.T)


def refine(X_WC: Pose, points_W: Array, seen_px: Array, K: Array) -> tuple[Pose, Array, float]:
    """One Gauss-Newton step of the pose that lets points fall where they were seen.

    Args:
        X_WC: pose of the camera to start from.
        points_W, seen_px: k points, (k, 3), and where they appear, (k, 2).
        K: pinhole matrix.

    Returns:
        the better pose; the inverse of the normal matrix, (6, 6): covariance of the place in W and the rotation in C
        for corners of 1 px; and the root mean square misfit of the pose to start from, px.
    """
    p_C = (points_W - X_WC.p) @ X_WC.R
    z = p_C[:, 2]
    error = seen_px - (p_C[:, :2] / z[:, None] @ K[:2, :2].T + K[:2, 2])
    slope = np.zeros((len(z), 2, 3))
    slope[:, 0, 0], slope[:, 1, 1] = K[0, 0] / z, K[1, 1] / z
    slope[:, 0, 2], slope[:, 1, 2] = -K[0, 0] * p_C[:, 0] / z**2, -K[1, 1] * p_C[:, 1] / z**2
    moved = np.concatenate((np.tile(-X_WC.R.T, (len(z), 1, 1)), np.array([skew(p) for p in p_C])), axis=2)
    J = (slope @ moved).reshape(-1, 6)
    covariance = np.linalg.inv(J.T @ J)
    step = covariance @ (J.T @ error.ravel())
    better = Pose(p=X_WC.p + step[:3], R=X_WC.R @ exp_so3(step[3:]))
    return better, covariance, float(np.sqrt((error**2).sum(axis=1).mean()))


class TagEye:
    """Finds the camera among the boards.

    Args:
        boards: where they hang.
        tuning: which poses are believed.
    """

    def __init__(self, boards: Sequence[TagBoard], tuning: TagTuning | None = None):
        self._corners_W: Mapping[int, Array] = {board.number: board.corners_W for board in boards}
        self.tuning = tuning if tuning is not None else TagTuning()
        parameters = cv2.aruco.DetectorParameters()
        parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
        self._detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(FAMILY), parameters)

    def locate(self, image: RgbdImage) -> SeenPose | None:
        """Where the camera that took a picture stood; None where too little is seen."""
        t, (found, numbers, _) = self.tuning, self._detector.detectMarkers(cv2.cvtColor(image.rgb, cv2.COLOR_RGB2GRAY))
        seen = [(int(n), corners[0]) for n, corners in zip(np.ravel(numbers), found)] if numbers is not None else []
        seen = [(number, corners) for number, corners in seen if number in self._corners_W]
        if len(seen) < t.fewest:
            return None
        points_W = np.vstack([self._corners_W[number] for number, _ in seen])
        seen_px = np.vstack([corners for _, corners in seen]).astype(float)
        solved, turn, shift = cv2.solvePnP(points_W, seen_px, image.K, None, flags=cv2.SOLVEPNP_SQPNP)
        if not solved:
            return None
        X_WC = Pose(p=shift.ravel(), R=exp_so3(turn.ravel())).inverse()
        for _ in range(4):
            X_WC, covariance, misfit_px = refine(X_WC, points_W, seen_px, image.K)
        if misfit_px > t.misfit_px:
            return None
        in_W = np.eye(6)
        in_W[3:, 3:] = X_WC.R
        return SeenPose(X_WF=X_WC, covariance=t.corner_px**2 * in_W @ covariance @ in_W.T)


class TagLocalisedRobot(Robot):
    """A robot whose readings carry the fixes its camera finds, instead of those of a station's sensor.

    Args:
        robot: the robot; what a tracker of the station says of it, torso or scanners, is dropped.
        camera: name of the camera that looks.
        boards: where the boards hang.
        tuning: how often and how late.
    """

    def __init__(self, robot: Robot, camera: str, boards: Sequence[TagBoard], tuning: TagTuning | None = None):
        self._robot, self._camera, self.profile = robot, camera, robot.profile
        self._eye, self._neck = TagEye(boards, tuning), _Neck(robot.profile, camera)
        self._under_way: deque[LocalisationFix] = deque()
        self._next_s = -np.inf

    def sense(self) -> Readings:
        """Readings of the robot, now and then with a fix."""
        readings, t = self._robot.sense(), self._eye.tuning
        if readings.time_s < self._next_s - t.period_s - 1e-9:  # time began anew
            self._under_way.clear()
            self._next_s = -np.inf
        if readings.time_s >= self._next_s - 1e-9:
            self._next_s = readings.time_s + t.period_s
            camera = self._eye.locate(self._robot.look(self._camera))
            if camera is not None:
                torso = camera.carried_to(self._neck.X_CT(readings.q_rad))
                fix = LocalisationFix(taken_s=readings.time_s, X_WT=torso.X_WF, covariance=torso.covariance)
                self._under_way.append(fix)
        ripe = self._under_way and readings.time_s >= self._under_way[0].taken_s + t.latency_s - 1e-9
        return replace(readings, fix=self._under_way.popleft() if ripe else None, tool_fixes=())

    def act(self, command: JointCommand) -> Array:
        """As the robot."""
        return self._robot.act(command)

    def look(self, camera: str) -> RgbdImage:
        """As the robot."""
        return self._robot.look(camera)

    def scan(self, scanner: str) -> LineProfile:
        """As the robot."""
        return self._robot.scan(scanner)


class _Neck:
    """What lies between torso and camera."""

    def __init__(self, profile: RobotProfile, camera: str):
        self._model = build_control_model(profile)
        self._data = mujoco.MjData(self._model)
        self._at = self._model.jnt_qposadr[[self._model.joint(name).id for name in profile.joints]]
        self._torso, self._site = self._data.body(profile.torso), self._data.site(camera)

    def X_CT(self, q_rad: Array) -> Pose:
        """Torso in the camera's frame at joint angles (n,)."""
        self._data.qpos[self._at] = q_rad
        mujoco.mj_kinematics(self._model, self._data)
        X_BC = Pose(p=self._site.xpos.copy(), R=self._site.xmat.reshape(3, 3).copy())
        return X_BC.inverse() @ Pose(p=self._torso.xpos.copy(), R=self._torso.xmat.reshape(3, 3).copy())
