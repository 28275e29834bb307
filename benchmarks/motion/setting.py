"""What a measurement is told, and the robot it measures."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco

from benchmarks.rig import Rig
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import load_profile

HOURS = 2.0


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Which robot, how many trials, and the seed of the first one; each trial has the next seed.

    ``hours`` of robot time is how long a long run lasts.
    """

    robot: str
    trials: int
    seed: int
    foot_sensors: bool
    hours: float = HOURS

    @property
    def profile(self) -> RobotProfile:
        """The robot as data."""
        return load_profile(self.robot)

    @property
    def seeds(self) -> range:
        """One per trial."""
        return range(self.seed, self.seed + self.trials)

    def floor(self) -> mujoco.MjModel:
        """The usual scene."""
        return floor_model(self.profile, visual=False, self_collision=True)

    def rig(self, seed: int, model: mujoco.MjModel, **options: float) -> Rig:
        """A robot that has stood for a second."""
        rig = Rig(seed, self.robot, model, foot_sensors=self.foot_sensors, **options)
        rig.run(1.0)
        return rig
