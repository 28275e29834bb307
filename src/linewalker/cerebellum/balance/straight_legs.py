"""A start with straight knees: the legs are bent by position before balance by torque begins.

No torque of a straight knee moves the pelvis along the leg: its Jacobian has lost a freedom, and accelerations of feet
and pelvis no longer say how the joints accelerate. Stiff drives stand anyway, so they bend the legs as far as it takes.
"""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.body.minimum_jerk import MinimumJerk
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile

STRAIGHT = 0.1
"""A leg is straight below this share of the least singular value that its Jacobian has when standing."""
WAY = 0.3
"""It is bent so far on the way to the standing posture."""
SPEED_RAD_S, ACCELERATION_RAD_S2, SHORTEST_S = 0.8, 4.0, 0.3


class StraightLegs:
    """Bends the legs of one robot once, where it begins with straight ones.

    Args:
        profile: the robot.
        dynamics: its body as estimated.
    """

    def __init__(self, profile: RobotProfile, dynamics: Dynamics):
        self._dynamics, self._standing_q = dynamics, profile.standing_q()
        self._legs = np.isin(dynamics.joints, dynamics.legs)
        q = np.zeros(dynamics.model.nq)
        q[3] = 1.0
        q[dynamics.joint_q] = self._standing_q
        dynamics.update(q, np.zeros(dynamics.nv))
        self._least = STRAIGHT * self._freedom()
        self._way: MinimumJerk | None = None
        self._time_s = 0.0

    def begin(self, q: Array) -> None:
        """See whether the legs are straight; encoder angles q (n,). `Dynamics.update` must have run."""
        if self._freedom() >= self._least:
            return
        way = np.where(self._legs, WAY * (self._standing_q - q), 0.0)
        speed, acceleration = np.full(len(q), SPEED_RAD_S), np.full(len(q), ACCELERATION_RAD_S2)
        self._way = MinimumJerk.within(q.copy(), q + way, speed, acceleration, SHORTEST_S)

    def tick(self, dt: float) -> Array | None:
        """Where the joints are to be after another ``dt``, (n,); None when nothing is to be bent any more."""
        if self._way is None:
            return None
        self._time_s += dt
        q, _, _ = self._way.at(self._time_s)
        if self._time_s >= self._way.duration_s:
            self._way = None
        return q

    def _freedom(self) -> float:
        """Of the leg that has lost most."""
        body = self._dynamics
        return min(float(np.linalg.svd(J[:, legs], compute_uv=False)[-1]) for J, legs in zip(body.J, body.legs))
