"""Where waist, arms and head are to be: as a reach asks, or on their way back to how they are carried."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.carry_kernel import go_home
from linewalker.cerebellum.upper_body import UpperBodyReference, upper_body_joints
from linewalker.limbs.held_views import HoldsViews
from linewalker.limbs.profile import RobotProfile

Array = NDArray[np.float64]
RETURN_RATE = 4.0
"""Natural frequency of the critically damped way back, rad/s: about 1.2 s."""


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
