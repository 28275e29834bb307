"""Linewalker puts a humanoid robot to work on a vehicle line.

The house has a brain (decides what to do), a cerebellum (decides how to move) and limbs (the body and its parts).
Around them stand the world the robot works in, the inspection it does and the factory it answers to.

The names in `__all__` are public (docs/api.md says what that promises). Each loads its module when it is first asked
for (PEP 562), so that importing the package costs next to nothing.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what type checkers and editors read; `_ROOMS` says the same to Python
    from linewalker.brain.route import Waypoint, plan_route
    from linewalker.cerebellum.biped import MotionController
    from linewalker.cerebellum.controller import Controller, Mode, MotionState
    from linewalker.cerebellum.estimation.estimate import Estimate
    from linewalker.cerebellum.feedback_controller import FeedbackController
    from linewalker.cerebellum.reaching.reach import Reach
    from linewalker.cerebellum.stopping.safe_stop import SafeMotion, StopRules
    from linewalker.cerebellum.stopping.stop_states import StopCause, StopState
    from linewalker.errors import InputError, LinewalkerError, MotionRefused, RobotFell, RobotLost, UnreachableError
    from linewalker.geometry import Pose
    from linewalker.limbs.model.robot_model import attach, floor_model
    from linewalker.limbs.profile import RobotProfile
    from linewalker.limbs.profiles import load_profile
    from linewalker.limbs.robot import JointCommand, LocalisationFix, Readings, Robot
    from linewalker.limbs.simulated.mujoco_body import MujocoBody
    from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
    from linewalker.physics.contacts import add_floor

__version__ = "0.1.0"

__all__ = [
    "Controller",
    "Estimate",
    "FeedbackController",
    "InputError",
    "JointCommand",
    "LinewalkerError",
    "LocalisationFix",
    "Mode",
    "MotionController",
    "MotionRefused",
    "MotionState",
    "MujocoBody",
    "Pose",
    "Reach",
    "Readings",
    "Robot",
    "RobotFell",
    "RobotLost",
    "RobotProfile",
    "SafeMotion",
    "SimulatedRobot",
    "StopCause",
    "StopRules",
    "StopState",
    "UnreachableError",
    "Waypoint",
    "add_floor",
    "attach",
    "floor_model",
    "load_profile",
    "plan_route",
]

_ROOMS = {
    "brain.route": ("Waypoint", "plan_route"),
    "cerebellum.biped": ("MotionController",),
    "cerebellum.controller": ("Controller", "Mode", "MotionState"),
    "cerebellum.estimation.estimate": ("Estimate",),
    "cerebellum.feedback_controller": ("FeedbackController",),
    "cerebellum.reaching.reach": ("Reach",),
    "cerebellum.stopping.safe_stop": ("SafeMotion", "StopRules"),
    "cerebellum.stopping.stop_states": ("StopCause", "StopState"),
    "errors": ("InputError", "LinewalkerError", "MotionRefused", "RobotFell", "RobotLost", "UnreachableError"),
    "geometry": ("Pose",),
    "limbs.model.robot_model": ("attach", "floor_model"),
    "limbs.profile": ("RobotProfile",),
    "limbs.profiles": ("load_profile",),
    "limbs.robot": ("JointCommand", "LocalisationFix", "Readings", "Robot"),
    "limbs.simulated.mujoco_body": ("MujocoBody",),
    "limbs.simulated.simulated_robot": ("SimulatedRobot",),
    "physics.contacts": ("add_floor",),
}
_HOME = {name: f"{__name__}.{room}" for room, names in _ROOMS.items() for name in names}
"""The module each public name lives in."""

if not TYPE_CHECKING:  # a type checker that saw this would take any name for one of ours

    def __getattr__(name: str) -> object:
        if name not in _HOME:
            raise AttributeError(_unknown(name))
        value = getattr(importlib.import_module(_HOME[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])


def _unknown(name: str) -> str:
    """What is wrong with a name that is not public, and what there is."""
    from difflib import get_close_matches

    close = get_close_matches(name, __all__, n=1)
    meant = f"; did you mean {close[0]}?" if close else ";"
    return (
        f"module {__name__} has no public name {name}{meant} there are {', '.join(__all__)}; "
        f"all else is imported from the module it lives in"
    )
