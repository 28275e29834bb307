"""What leaves the state estimation: one frozen record of where the robot is, and how much of that is to be believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from linewalker.geometry import Array, Pose, rotation_z


class Estimate(NamedTuple):
    """The estimate at one tick. It is a copy: the next tick does not change it.

    The odometry frame O moves with the robot's own steps, smoothly; a fix moves its place in the station W. A tuple,
    and its numbers in one vector, for one is made at every tick of a robot that is watched.

    Attributes:
        numbers: x, y, z, yaw of O in W; place and rotation of base and of torso in O; velocity of the base in O and
            angular velocity in its own frame; angles and speeds of the joints: (34 + 2 n,), named by the properties.
        covariance: of the error of the whole state, see `ekf_kernel`, (27 + k, 27 + k).
        localised: True after the first fix; before it W and O are the same.
        fix_age_s: time since the last fix was taken; infinite before the first.
        fix_off: how far the fix of this tick was from where the torso was thought to be, m and rad; None without one.
        unused_s: for how long fixes have come of which none was of use.
        dropped: how often something that came from outside was of no use, by reason.

    >>> import linewalker as lw
    >>> estimate = lw.MotionController(lw.load_profile("g1")).estimate  # nothing has been felt yet
    >>> isinstance(estimate, lw.Estimate), estimate.localised, estimate.fix_age_s
    (True, False, inf)
    """

    numbers: Array
    covariance: Array
    localised: bool
    fix_age_s: float
    fix_off: tuple[float, float] | None
    unused_s: float
    dropped: Mapping[str, int]

    @property
    def X_WO(self) -> Pose:
        """Pose of the odometry frame in the station: a shift and a turn about the vertical."""
        return Pose(p=self.numbers[:3], R=rotation_z(self.numbers[3]))

    @property
    def X_OB(self) -> Pose:
        """Pose of the base in the odometry frame."""
        return Pose(p=self.numbers[4:7], R=self.numbers[7:16].reshape(3, 3))

    @property
    def X_OT(self) -> Pose:
        """Pose of the torso in the odometry frame."""
        return Pose(p=self.numbers[16:19], R=self.numbers[19:28].reshape(3, 3))

    @property
    def X_WB(self) -> Pose:
        """Pose of the base in the station."""
        return self.X_WO @ self.X_OB

    @property
    def X_WT(self) -> Pose:
        """Pose of the torso in the station."""
        return self.X_WO @ self.X_OT

    @property
    def base_m_s(self) -> Array:
        """Velocity of the base in the odometry frame, (3,)."""
        return self.numbers[28:31]

    @property
    def base_rad_s(self) -> Array:
        """Angular velocity of the base in its own frame, (3,)."""
        return self.numbers[31:34]

    @property
    def q_rad(self) -> Array:
        """Joint angles, (n,), in the order of the profile."""
        return self.numbers[34 : 34 + (len(self.numbers) - 34) // 2]

    @property
    def dq_rad_s(self) -> Array:
        """Joint speeds, (n,), in the order of the profile."""
        return self.numbers[34 + (len(self.numbers) - 34) // 2 :]

    @property
    def finite(self) -> bool:
        """Whether it is made of numbers."""
        return bool(np.isfinite(self.numbers).all() and np.isfinite(self.covariance).all())
