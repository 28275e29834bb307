"""Where waist, arms, head and pelvis are to be: as a reach asks, or on their way back to how they are carried."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from linewalker.cerebellum.balance.upper_body_kernel import go_home
from linewalker.geometry import Array
from linewalker.limbs.held_views import HoldsViews
from linewalker.limbs.profile import RobotProfile, upper_body_joints

RETURN_RATE = 4.0
"""Natural frequency of the critically damped way back, rad/s: about 1.2 s."""


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

    @staticmethod
    def of(q: Array, dq: Array, ddq: Array, offsets: Array, *, still: bool = False) -> UpperBodyReference:
        """From joint vectors (m,) and offsets as `UpperBody` has them, (6,)."""
        return UpperBodyReference(
            q_rad=q,
            dq_rad_s=dq,
            ddq_rad_s2=ddq,
            pelvis_height_offset_m=float(offsets[0]),
            pelvis_rotvec_rad=offsets[1:4].copy(),
            com_offset_m=offsets[4:6].copy(),
            still=still,
        )

    def __post_init__(self) -> None:
        if not self.q_rad.shape == self.dq_rad_s.shape == self.ddq_rad_s2.shape:
            raise ValueError(
                "q_rad, dq_rad_s and ddq_rad_s2 must be of one length, "
                f"got {self.q_rad.shape}, {self.dq_rad_s.shape}, {self.ddq_rad_s2.shape}"
            )


class UpperBody(HoldsViews):
    """Reference of the joints that are not in the legs, and of the pelvis.

    Attributes:
        q, dq, ddq: of these joints, (m,), in the order of `upper_body_joints`.
        offsets: pelvis height (1,), pelvis rotation vector (3,), shift of the balance point (2,): (6,).
    """

    def __init__(self, profile: RobotProfile):
        posture = dict(zip(profile.joints, profile.standing_q()))
        carried = np.array([posture[joint] for joint in upper_body_joints(profile)])
        self._m = len(carried)
        self._home = np.concatenate((carried, np.zeros(6)))
        self._at, self._speed, self._acc = self._home.copy(), np.zeros(self._m + 6), np.zeros(self._m + 6)
        self._take_views()

    def _take_views(self) -> None:
        m = self._m
        self.q, self.dq, self.ddq, self.offsets = self._at[:m], self._speed[:m], self._acc[:m], self._at[m:]

    def start(self, q: Array) -> None:
        """Begin where the joints are, (m,)."""
        self.q[:] = q

    def tick(self, dt: float, reference: UpperBodyReference | None) -> None:
        """Follow a reference, or go home without one."""
        if reference is not None:
            self.q[:], self.dq[:], self.ddq[:] = reference.q_rad, reference.dq_rad_s, reference.ddq_rad_s2
            self.offsets[0] = reference.pelvis_height_offset_m
            self.offsets[1:4], self.offsets[4:6] = reference.pelvis_rotvec_rad, reference.com_offset_m
            self._speed[self._m :] = 0.0
            return
        go_home(self._at, self._speed, self._acc, self._home, RETURN_RATE, dt)
