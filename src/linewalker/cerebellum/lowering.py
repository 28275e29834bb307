"""Ways of the upper body in a stop: coming to rest where it is, and going down with the pelvis into a squat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.carry import UpperBody
from linewalker.cerebellum.dynamics import Dynamics
from linewalker.cerebellum.upper_body import UpperBodyReference

Array = NDArray[np.float64]


class Brake:
    """Brings waist, arms and head to rest where they are, as fast as their drives comfortably can."""

    BRAKE_RAD_S2 = 20.0

    def __init__(self, upper_body: UpperBody):
        self._q, self._dq = upper_body.q.copy(), upper_body.dq.copy()
        self._offsets = upper_body.offsets.copy()

    def tick(self, dt: float) -> UpperBodyReference:
        """Reference after another ``dt``."""
        ddq = -np.clip(self._dq / dt, -self.BRAKE_RAD_S2, self.BRAKE_RAD_S2)
        self._dq += ddq * dt
        self._q += self._dq * dt
        return _reference(self._q, self._dq, ddq, self._offsets)


class Lowering:
    """Squats as low as balance and the joint limits of the legs allow.

    The pelvis sinks slowly and leans forward with the depth, so that the hips can go back and the thighs fold; the arms
    stay where they are. It goes on until a leg joint is near its limit, which needs no figures of the robot.

    Attributes:
        depth_m: by how much the pelvis is lower than standing.
        done: it goes no lower.
    """

    SPEED_M_S = 0.10
    LEAN_RAD, LEAN_RAD_PER_M = 0.7, 5.0
    BACK_M = 0.02
    """The point of balance goes so far back, for a body without torque to sit down rather than fall on its face."""
    BACK_BY_M = 0.1
    MARGIN_RAD = 0.07
    """Distance from the limits of the leg joints."""
    STARTING_S = 0.3

    def __init__(self, dynamics: Dynamics, upper_body: UpperBody):
        self._body = dynamics
        self._q, self._offsets = upper_body.q.copy(), upper_body.offsets.copy()
        self._legs = dynamics.legs.ravel()
        limits = dynamics.model.jnt_range[dynamics.model.dof_jntid[self._legs]]
        self._low, self._high = limits[:, 0] + self.MARGIN_RAD, limits[:, 1] - self.MARGIN_RAD
        self._time_s, self.depth_m, self.done = 0.0, 0.0, False

    def tick(self, dt: float) -> UpperBodyReference:
        """Reference after another ``dt``."""
        self._time_s += dt
        legs = self._body.q[self._legs + 1]
        self.done = self.done or bool((legs < self._low).any() or (legs > self._high).any())
        if not self.done:
            self.depth_m += self.SPEED_M_S * dt * min(1.0, self._time_s / self.STARTING_S)
        share = min(1.0, self.depth_m / self.BACK_BY_M)
        lean = min(self.LEAN_RAD, self.LEAN_RAD_PER_M * self.depth_m)
        down = np.array([-self.depth_m, 0.0, lean, 0.0, -self.BACK_M * share, 0.0])
        down[0] += (1.0 - share) * self._offsets[0]
        down[1:4] += (1.0 - share) * self._offsets[1:4]
        down[4:6] += (1.0 - share) * self._offsets[4:6]
        still = np.zeros_like(self._q)
        return _reference(self._q, still, still, down)


def _reference(q: Array, dq: Array, ddq: Array, offsets: Array) -> UpperBodyReference:
    return UpperBodyReference(
        q_rad=q.copy(),
        dq_rad_s=dq.copy(),
        ddq_rad_s2=ddq.copy(),
        pelvis_height_offset_m=float(offsets[0]),
        pelvis_rotvec_rad=offsets[1:4].copy(),
        com_offset_m=offsets[4:6].copy(),
    )
