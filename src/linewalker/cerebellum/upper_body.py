"""What a reach asks of the walking controller: where waist, arms, head and pelvis are to be at this tick."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from linewalker.limbs.profile import RobotProfile

Array = NDArray[np.float64]


def upper_body_joints(profile: RobotProfile) -> tuple[str, ...]:
    """Names of all joints that are not leg joints, in the order of ``profile.joints``."""
    legs = {joint for leg in profile.legs for joint in leg.joints}
    return tuple(joint for joint in profile.joints if joint not in legs)


@dataclass(frozen=True, kw_only=True)
class UpperBodyReference:
    """Reference of one control tick. Joint vectors follow `upper_body_joints`; m is their number.

    The stance frame F stands on the floor midway between the soles, x along the mean heading of the feet, z up. Its
    offsets are measured from the controller's own standing posture, so that all zeros mean "stand as you do".

    Attributes:
        q_rad: joint angles, (m,).
        dq_rad_s: joint speeds, (m,).
        ddq_rad_s2: joint accelerations, (m,).
        pelvis_height_offset_m: how much higher (negative: lower, a crouch) the pelvis is to be.
        pelvis_rotvec_rad: rotation of the pelvis in F, (3,): R_FB = exp_so3(pelvis_rotvec_rad).
        still: the body rests: the legs may be held stiffly where they are, see `Brace`.
        com_offset_m: horizontal shift in F of the point above which the centre of mass is balanced, (2,).
    """

    q_rad: Array
    dq_rad_s: Array
    ddq_rad_s2: Array
    pelvis_height_offset_m: float = 0.0
    pelvis_rotvec_rad: Array = field(default_factory=lambda: np.zeros(3))
    com_offset_m: Array = field(default_factory=lambda: np.zeros(2))
    still: bool = False

    def __post_init__(self) -> None:
        if not self.q_rad.shape == self.dq_rad_s.shape == self.ddq_rad_s2.shape:
            raise ValueError(
                "q_rad, dq_rad_s and ddq_rad_s2 must be of one length, "
                f"got {self.q_rad.shape}, {self.dq_rad_s.shape}, {self.ddq_rad_s2.shape}"
            )
