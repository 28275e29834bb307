"""What one robot's drives may be asked for, and what its sensors may say before it has to be let down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.limbs.model.mounting import profile_tree
from linewalker.limbs.model.robot_model import ENDLESS_RAD, effort_limits
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S

FASTEST_RAD_S = 10.0
"""What Unitree allows a joint of a G1."""
STEP = 1.0
"""Share of its torque by which a feed-forward torque may change from one command to the next; walking asks for 0.8."""
DAMPING_S_RAD = 0.1
"""Damping of a robot that is let down, as a share of each drive's torque per rad/s."""


@dataclass(frozen=True, kw_only=True)
class CommandLimits:
    """Of commands; vectors (n,) follow ``profile.joints``.

    Attributes:
        lower_rad, upper_rad: range of an angle.
        fastest_rad_s: of a speed.
        torque_nm: of a feed-forward torque, and of what drive and spring are to pull together.
        step_rad, step_nm: greatest change of angle and torque from one command to the next.
        damping_nm_s_rad: of a robot that is let down.

    Raises:
        InputError: a limit is no number, is not above zero, or a range has no inside.
    """

    lower_rad: Array
    upper_rad: Array
    fastest_rad_s: Array
    torque_nm: Array
    step_rad: Array
    step_nm: Array
    damping_nm_s_rad: Array

    def __post_init__(self) -> None:
        if not (self.lower_rad < self.upper_rad).all():
            raise InputError("limits of a command: each lower_rad has to lie below its upper_rad")
        for name in ("fastest_rad_s", "torque_nm", "step_rad", "step_nm", "damping_nm_s_rad"):
            if not (getattr(self, name) > 0.0).all():
                raise InputError(f"limits of a command: {name} has to be above 0 for every joint")


def command_limits(profile: RobotProfile) -> CommandLimits:
    """Of a robot: ranges and torques of its model, speeds as the vendor allows them."""
    joints, torque_nm = profile_tree(profile).joints, effort_limits(profile)
    lower, upper = (
        np.array([getattr(joints[name], end) for name in profile.joints]) for end in ("lower_rad", "upper_rad")
    )
    fastest = np.full(len(profile.joints), FASTEST_RAD_S)
    return CommandLimits(
        lower_rad=np.maximum(lower, -ENDLESS_RAD),
        upper_rad=np.minimum(upper, ENDLESS_RAD),
        fastest_rad_s=fastest,
        torque_nm=torque_nm,
        step_rad=fastest * CONTROL_PERIOD_S,
        step_nm=STEP * torque_nm,
        damping_nm_s_rad=DAMPING_S_RAD * torque_nm,
    )


@dataclass(frozen=True, kw_only=True)
class StateLimits:
    """Of what is felt; a robot beyond one of them is let down. Unitree's own: 1 rad, 10 rad/s, 6 rad/s, 120 degC,
    85 degC, 20 %, 1 s.

    Attributes:
        tilt_rad: of the pelvis.
        joint_rad_s, gyro_rad_s: speeds of a joint and of the pelvis.
        winding_c, case_c: where torque begins to be taken back, and where none is left.
        charge_percent: of the battery.
        link_s: age of the last state.
    """

    tilt_rad: float = 1.0
    joint_rad_s: float = 10.0
    gyro_rad_s: float = 6.0
    winding_c: tuple[float, float] = (90.0, 110.0)
    case_c: tuple[float, float] = (70.0, 80.0)
    charge_percent: float = 20.0
    link_s: float = 0.1
