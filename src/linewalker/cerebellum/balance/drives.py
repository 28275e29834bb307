"""What the drives are told: torques of balance, and springs that carry waist, arms and head where they are to be."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.balance.stiff_legs import Brace
from linewalker.cerebellum.balance.upper_body import UpperBody
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import Array
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.selection import selection


class Drives:
    """The drives of one robot; joint vectors (n,) follow ``profile.joints``.

    Args:
        dynamics: the body.
        effort: torque limits, (n,).

    Attributes:
        rest: which joints are not in the legs.
    """

    STIFFNESS_RAD = 0.125
    """A joint that is not in a leg pulls with its whole torque when it is this far off."""

    def __init__(self, dynamics: Dynamics, effort: Array):
        self._dynamics = dynamics
        self.rest = selection([list(dynamics.joints).index(dof) for dof in dynamics.rest])
        self._kp = np.where(np.isin(dynamics.joints, dynamics.rest), effort / self.STIFFNESS_RAD, 0.0)
        self._kd, self._q, self._dq = np.zeros_like(effort), np.zeros_like(effort), np.zeros_like(effort)

    def begin(self) -> None:
        """Choose dampings for the inertia that each spring carries in the posture the body is in."""
        inertia = np.diag(self._dynamics.M)[self._dynamics.joints]
        self._kd = np.where(self._kp > 0.0, 1.4 * np.sqrt(self._kp * inertia), 0.0)

    def command(self, tau: Array, upper_body: UpperBody, brace: Brace) -> JointCommand:
        """Torques tau (n,), the upper body where it is to be, and the legs held as the brace holds them."""
        self._q[self.rest], self._dq[self.rest] = upper_body.q, upper_body.dq
        kp, kd = brace.hold(self._q, self._kp, self._kd)
        return JointCommand(q_rad=self._q.copy(), dq_rad_s=self._dq.copy(), tau_nm=tau, kp_nm_rad=kp, kd_nm_s_rad=kd)
