"""Legs that hold their joints while a sensor has to stand still.

Balance by torque follows the estimate, so the body sways with its noise by tenths of a millimetre. A robot on two feet
need not do that all the time: with stiff joints it stands by itself, for the stiffness of its ankles is larger than
what gravity takes away, K > m g h. So the drives of the legs hold the angles they have, by their own encoders, and all
joints get the torques of balance as they were on average while the legs took hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import Array


@dataclass(frozen=True, kw_only=True)
class BraceTuning:
    """How firmly.

    Attributes:
        rise_s, fall_s: time to take hold and to let go.
        smooth_s: over which angles and torques are averaged while taking hold.
        stiffness_rad: a joint pulls with its whole torque when it is this far off.
        damping_s: damping over stiffness; an assumption about the drives, for the whole body swings on these joints.
    """

    rise_s: float = 0.3
    fall_s: float = 0.1
    smooth_s: float = 0.3
    stiffness_rad: float = 0.125
    damping_s: float = 0.2


class Brace:
    """See the module.

    Args:
        dynamics: the body.
        effort: torque limits of the joints of the profile, (n,).

    Attributes:
        share: 0 free, 1 held.
    """

    def __init__(self, dynamics: Dynamics, effort: Array, tuning: BraceTuning | None = None):
        self.tuning = tuning if tuning is not None else BraceTuning()
        self._legs = np.isin(dynamics.joints, dynamics.legs)
        self._kp = np.where(self._legs, effort / self.tuning.stiffness_rad, 0.0)
        self._kd = self.tuning.damping_s * self._kp
        self._q, self._tau = np.zeros(len(effort)), np.zeros(len(effort))
        self.share = 0.0
        self._gains: tuple[float, Array, Array] = (0.0, self._kp, self._kd)

    def tick(self, dt: float, wanted: bool, q: Array, tau: Array) -> None:
        """Take hold or let go.

        Args:
            dt: period.
            wanted: whether to hold.
            q: encoder angles, (n,).
            tau: torques of balance, (n,); changed in place.
        """
        if not wanted and self.share == 0.0:
            return
        t = self.tuning
        if wanted and self.share == 0.0:
            self._q[:], self._tau[:] = q, tau
        self.share = min(max(self.share + (dt / t.rise_s if wanted else -dt / t.fall_s), 0.0), 1.0)
        if wanted and self.share < 1.0:
            self._q += dt / t.smooth_s * (q - self._q)
            self._tau += dt / t.smooth_s * (tau - self._tau)
        tau += self.share * (self._tau - tau)

    def hold(self, q: Array, kp: Array, kd: Array) -> tuple[Array, Array]:
        """Fill in the angles of the legs in a command q (n,); returns its gains (n,) with those of the legs."""
        if self.share == 0.0:
            return kp, kd
        q[self._legs] = self._q[self._legs]
        if self._gains[0] != self.share:  # the same arrays as long as they do not change: drives need not be told
            self._gains = (self.share, kp + self.share * self._kp, kd + self.share * self._kd)
        return self._gains[1:]

    def lead(self, q: Array) -> None:
        """Hold these angles (n,) at once, without torques of balance."""
        self._q[:], self._tau[:], self.share = q, 0.0, 1.0

    def let_go(self) -> None:
        """At once."""
        self.share = 0.0
