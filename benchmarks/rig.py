"""A robot on an endless floor and its controller, ticked together; what truly happens is read off the physics.

Benchmarks and tests share it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from typing import Any

import mujoco
import numpy as np

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.body.feet import middle_of, on_floor
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.controller import MotionState
from linewalker.geometry import Pose
from linewalker.limbs.model.robot_model import SOLES, floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot


@lru_cache(maxsize=4)
def _floor(robot: str) -> mujoco.MjModel:
    return floor_model(load_profile(robot), visual=False)


def made_of_numbers(command: JointCommand) -> bool:
    """Whether every value of a command is finite; asks none of the product's own checks."""
    return all(np.isfinite(getattr(command, field.name)).all() for field in fields(command))


class Rig:
    """See the module.

    Args:
        seed: of the sensors.
        robot: name of a profile.
        model: the scene, if not the plain floor.
        tool_targets: whether the scanners carry targets for the tracker; whoever measures with them says so.
        options: of `SimulatedRobot`.
    """

    def __init__(
        self,
        seed: int = 0,
        robot: str = "g1",
        model: mujoco.MjModel | None = None,
        *,
        tool_targets: bool = False,
        **options: Any,
    ):
        profile = load_profile(robot)
        model = model if model is not None else _floor(robot)
        self.data = mujoco.MjData(model)
        self.robot = SimulatedRobot(model, self.data, profile, seed, tool_targets=tool_targets, **options)
        self.robot.place(0.0, 0.0, 0.0)
        self.motion = MotionController(profile)

    @property
    def state(self) -> MotionState:
        return self.motion.state

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> float:
        """Tick for some time or until something happens; returns how long it took."""
        ticks = round(seconds / CONTROL_PERIOD_S)
        for tick in range(ticks):
            if until():
                return tick * CONTROL_PERIOD_S
            self.tick()
        return ticks * CONTROL_PERIOD_S

    def tick(self) -> None:
        """One control period."""
        sense_think_act(self.robot, self.motion.tick)

    def middle(self) -> np.ndarray:
        """True x, y, yaw midway between the feet."""
        left, right = (self.data.site(sole) for sole in SOLES)
        return middle_of(*(on_floor(Pose(p=sole.xpos, R=sole.xmat.reshape(3, 3))) for sole in (left, right)))

    def push(self, force_n: tuple[float, float, float], seconds: float) -> None:
        """A force at the torso for some time."""
        torso = self.robot.model.body(self.robot.profile.torso).id
        self.data.xfrc_applied[torso, :3] = force_n
        self.run(seconds)
        self.data.xfrc_applied[torso, :3] = 0.0
