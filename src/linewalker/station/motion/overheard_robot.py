"""A robot somebody listens to: what it feels, scans and sees, and how it is commanded, is told on.

It reaches whoever asked for it as before.
"""

from __future__ import annotations

from collections.abc import Callable

from linewalker.geometry import Array
from linewalker.limbs.robot import JointCommand, LineProfile, Readings, RgbdImage, Robot


class OverheardRobot(Robot):
    """Wraps any robot.

    Args:
        robot: the robot.
        on_scan: told the scanner and its profile.
        on_look: told the camera and its picture.
        on_sense: told readings, before anybody thinks about them.
        on_act: told commands, after the robot has them.

    Attributes:
        felt_s: robot time of its newest readings.
    """

    def __init__(
        self,
        robot: Robot,
        on_scan: Callable[[str, LineProfile], None],
        on_look: Callable[[str, RgbdImage], None],
        on_sense: Callable[[Readings], None] = lambda _: None,
        on_act: Callable[[JointCommand], None] = lambda _: None,
    ):
        self._robot, self.profile = robot, robot.profile
        self._on_scan, self._on_look, self._on_sense, self._on_act = on_scan, on_look, on_sense, on_act
        self.felt_s = 0.0

    def connect(self) -> None:
        """As the robot."""
        self._robot.connect()

    def close(self) -> None:
        """As the robot."""
        self._robot.close()

    def sense(self) -> Readings:
        """As the robot."""
        readings = self._robot.sense()
        self.felt_s = readings.time_s
        self._on_sense(readings)
        return readings

    def act(self, command: JointCommand) -> Array:
        """As the robot."""
        applied = self._robot.act(command)
        self._on_act(command)
        return applied

    def look(self, camera: str) -> RgbdImage:
        """As the robot."""
        image = self._robot.look(camera)
        self._on_look(camera, image)
        return image

    def scan(self, scanner: str) -> LineProfile:
        """As the robot."""
        profile = self._robot.scan(scanner)
        self._on_scan(scanner, profile)
        return profile
