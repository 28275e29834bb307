"""The loop of every robot: sense, think, act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from linewalker.limbs.robot import JointCommand, Readings

Think = Callable[[Readings], JointCommand | None]
"""What is done with readings between sensing and acting; None: the drives keep to the last command."""


class Body(Protocol):
    """What is sensed and acted with: a `Robot`, or a `MujocoBody`, whose physics its user steps."""

    def sense(self) -> Readings:
        """What is felt at this tick."""

    def act(self, command: JointCommand) -> Any:
        """Hand a command to the drives."""


def sense_think_act(robot: Body, think: Think) -> Readings:
    """One control period of a robot; returns what was felt. As a rule ``think`` is the `tick` of its controller.

    Raises:
        RobotLost: the robot does not answer any more.
    """
    readings = robot.sense()
    command = think(readings)
    if command is not None:
        robot.act(command)
    return readings
