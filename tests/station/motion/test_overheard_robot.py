"""A robot that is listened to does what it did before."""

from __future__ import annotations

from typing import Any

import numpy as np

from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand, LineProfile, Readings, RgbdImage, Robot
from linewalker.station.motion.overheard_robot import OverheardRobot

PROFILE = LineProfile(time_s=1.0, x_mm=np.zeros(2), z_mm=np.ones(2))
IMAGE = RgbdImage(time_s=1.0, rgb=np.zeros((2, 2, 3), np.uint8), depth_m=np.zeros((2, 2), np.float32), K=np.eye(3))
READINGS = Readings(
    time_s=4.2, gyro_rad_s=np.zeros(3), accel_m_s2=np.zeros(3), q_rad=np.zeros(1), dq_rad_s=np.zeros(1),
    tau_nm=np.zeros(1),
)  # fmt: skip


class Told(Robot):
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.profile, self.asked = load_profile("g1"), list[Any]()

    def connect(self) -> None:
        self.asked.append("connect")

    def close(self) -> None:
        self.asked.append("close")

    def sense(self) -> Readings:
        return READINGS

    def act(self, command: JointCommand) -> np.ndarray:
        self.asked.append(command)
        return np.ones(1)

    def look(self, camera: str) -> RgbdImage:
        self.asked.append(camera)
        return IMAGE

    def scan(self, scanner: str) -> LineProfile:
        self.asked.append(scanner)
        return PROFILE


def test_everything_reaches_the_robot_and_comes_back_and_what_it_sees_is_told() -> None:
    robot, seen = Told(), list[Any]()
    heard = OverheardRobot(robot, lambda *scan: seen.append(scan), lambda *look: seen.append(look))
    command = JointCommand.damped(np.ones(1))
    with heard:
        assert heard.profile is robot.profile
        assert heard.sense() is READINGS
        assert heard.felt_s == 4.2
        assert heard.act(command).tolist() == [1.0]
        assert heard.look("head") is IMAGE
        assert heard.scan("wrist") is PROFILE
    assert robot.asked == ["connect", command, "head", "wrist", "close"]
    assert seen == [("head", IMAGE), ("wrist", PROFILE)]
