"""Localisation without a sensor at the station: the robot's own camera looks at AprilTag boards.

A picture with two boards or more gives the pose of the camera, and through the joints between camera and torso a fix,
as late as the picture takes to be worked on. How sure it is depends on what is seen: far boards tell directions well,
distances badly, and a small turn of the camera looks like a step aside. So a fix carries its whole covariance; with the
upright of the inertial sensor, most of what the picture leaves open is known.

`TagLocalisedRobot` wraps any robot and lets its readings carry such fixes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import mujoco
import numpy as np

from linewalker.geometry import Array, Pose
from linewalker.limbs.localisation.tag_boards import TagBoard
from linewalker.limbs.localisation.tag_corners import TagCorners
from linewalker.limbs.localisation.tag_pose import CornerNoise, SeenPose, agreeing
from linewalker.limbs.localisation.tag_survey import BoardSurvey, DisplacedBoard
from linewalker.limbs.model.robot_model import build_control_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand, LineProfile, LocalisationFix, Readings, RgbdImage, Robot


@dataclass(frozen=True, kw_only=True)
class TagTuning:
    """How the camera is used, and which fixes are believed.

    Attributes:
        period_s, latency_s: from picture to picture, and from the exposure to the fix.
        noise: of corners found in a picture.
        misfit_px: largest root mean square distance of a board's corners from where the pose puts them.
        fewest: boards that must be seen: one alone, seen frontally, leaves its tilt open.
    """

    period_s: float = 0.2
    latency_s: float = 0.1
    noise: CornerNoise = field(default_factory=CornerNoise)
    misfit_px: float = 0.6
    fewest: int = 2


class TagEye:
    """Finds the camera among the boards, and boards that do not hang where they should.

    Args:
        boards: where they hang.
        tuning: which poses are believed.
    """

    def __init__(self, boards: Sequence[TagBoard], tuning: TagTuning | None = None):
        self.tuning = tuning if tuning is not None else TagTuning()
        self._corners_W = {board.number: board.corners_W for board in boards}
        self._corners, self.survey = TagCorners(), BoardSurvey(boards, self.tuning.noise)

    def locate(self, image: RgbdImage) -> SeenPose | None:
        """Where the camera that took a picture stood; None where too little is seen, or boards contradict each other.

        Boards that do not fit to the others are left out.
        """
        t, survey = self.tuning, self.survey
        seen = {number: px for number, px in self._corners.find(image.rgb).items() if number in self._corners_W}
        trusted = [number for number in seen if survey.trusts(number)]
        if len(trusted) < t.fewest:
            return None
        corners_W = np.array([self._corners_W[number] for number in trusted])
        seen_px = np.array([seen[number] for number in trusted])
        found = agreeing(corners_W, seen_px, image.K, t.noise, t.misfit_px)
        if found is None or len(found[0]) < t.fewest:
            return None
        chosen, camera = found
        survey.take(camera.X_WF, seen, [trusted[i] for i in chosen], image.K)
        return camera


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

    @property
    def displaced(self) -> tuple[DisplacedBoard, ...]:
        """Boards found elsewhere than their file says; no fix comes from them any more."""
        return self._eye.survey.displaced

    def connect(self) -> None:
        """As the robot."""
        self._robot.connect()

    def close(self) -> None:
        """As the robot."""
        self._robot.close()

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
        self._torso, self._site = self._model.body(profile.torso).id, self._model.site(camera).id

    def X_CT(self, q_rad: Array) -> Pose:
        """Torso in the camera's frame at joint angles (n,)."""
        data, torso, site = self._data, self._torso, self._site
        data.qpos[self._at] = q_rad
        mujoco.mj_kinematics(self._model, data)
        X_BC = Pose(p=data.site_xpos[site].copy(), R=data.site_xmat[site].reshape(3, 3).copy())
        return X_BC.inverse() @ Pose(p=data.xpos[torso].copy(), R=data.xmat[torso].reshape(3, 3).copy())
