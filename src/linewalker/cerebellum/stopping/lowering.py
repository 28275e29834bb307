"""Ways of the upper body in a stop: coming to rest where it is, and going down with the pelvis into a squat."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.balance.upper_body import UpperBody, UpperBodyReference
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import Array


class Brake:
    """Brings waist, arms and head to rest where they are, as fast as their drives comfortably can.

    Attributes:
        done: they are at rest.
    """

    BRAKE_RAD_S2 = 20.0

    def __init__(self, upper_body: UpperBody):
        self._q, self._dq = upper_body.q.copy(), upper_body.dq.copy()
        self._offsets, self.done = upper_body.offsets.copy(), False

    def tick(self, dt: float) -> UpperBodyReference:
        """Reference after another ``dt``."""
        ddq = -np.clip(self._dq / dt, -self.BRAKE_RAD_S2, self.BRAKE_RAD_S2)
        self._dq += ddq * dt
        self._q += self._dq * dt
        self.done = bool(np.abs(self._dq).max(initial=0.0) < 1e-9)
        return UpperBodyReference.of(self._q.copy(), self._dq.copy(), ddq, self._offsets)


class Lowering:
    """Squats as low as balance and the joint limits of the legs allow.

    The pelvis sinks slowly and leans forward, so that the hips can go back and the thighs fold. When a leg joint comes
    near its limit, the lean changes in the direction that takes it away from there; when that does not help either,
    this is as low as the robot goes. Waist and arms go where the profile wants them then, hands down ahead of the feet
    to catch the body while it still hardly moves, or stay where they are.

    Args:
        dynamics: the body as estimated.
        upper_body: where waist, arms and pelvis are now.
        goal_rad: where waist, arms and head are to be when it is low, (m,); None: where they are.

    Attributes:
        depth_m: by how much the pelvis is lower than standing.
        lean_rad: forward lean of the pelvis.
        done: it goes no lower.
    """

    SPEED_M_S, LEAN_RAD_S = 0.10, 0.5
    LEAN_RAD = 0.7
    BACK_M, AHEAD_M = 0.02, 0.04
    """The point of balance goes so far back for a body that sits without torque, or ahead for one with hands there."""
    BACK_BY_M = 0.1
    FOLD_RAD_S, FOLD_RAD_S2, FOLD_S = 0.5, 2.0, 0.4
    """Largest speed and acceleration of waist and arms, and the time constant in which they arrive."""
    MARGIN_RAD, NEAR_RAD = 0.07, 0.10
    """Distance kept from the limits of the leg joints, and what is near beyond it."""
    STARTING_S = 0.3

    def __init__(self, dynamics: Dynamics, upper_body: UpperBody, goal_rad: Array | None = None):
        self._body = dynamics
        self._goal, self._rate = goal_rad, np.zeros_like(upper_body.q)
        self._balance_m = -self.BACK_M if goal_rad is None else self.AHEAD_M
        self._q, self._offsets = upper_body.q.copy(), upper_body.offsets.copy()
        self._legs = dynamics.legs.ravel()
        limits = dynamics.model.jnt_range[dynamics.model.dof_jntid[self._legs]]
        self._low, self._high = limits[:, 0] + self.MARGIN_RAD, limits[:, 1] - self.MARGIN_RAD
        self._time_s, self.depth_m, self.lean_rad, self.done = 0.0, 0.0, 0.0, False

    def tick(self, dt: float) -> UpperBodyReference:
        """Reference after another ``dt``."""
        self._time_s += dt
        pace = dt * min(1.0, self._time_s / self.STARTING_S)
        below, above = self._body.q[self._legs + 1] - self._low, self._high - self._body.q[self._legs + 1]
        room = np.minimum(below, above)
        tight = int(room.argmin())
        self.done = self.done or bool(room[tight] < 0.0)
        if not self.done:
            self.depth_m += self.SPEED_M_S * pace
            lean = 1.0
            if room[tight] < self.NEAR_RAD:
                lean = np.sign(self._turn_by_leaning()[tight]) * (1.0 if below[tight] < above[tight] else -1.0)
            self.lean_rad = float(np.clip(self.lean_rad + self.LEAN_RAD_S * lean * pace, 0.0, self.LEAN_RAD))
        share = min(1.0, self.depth_m / self.BACK_BY_M)
        down = np.array([-self.depth_m, 0.0, self.lean_rad, 0.0, self._balance_m * share, 0.0])
        acceleration = self._fold(dt)
        offsets = down + (1.0 - share) * self._offsets
        return UpperBodyReference.of(self._q.copy(), self._rate.copy(), acceleration, offsets)

    def _fold(self, dt: float) -> Array:
        """Move waist and arms towards their goal, softly; returns their acceleration."""
        if self._goal is None:
            return np.zeros_like(self._q)
        wanted = np.clip((self._goal - self._q) / self.FOLD_S, -self.FOLD_RAD_S, self.FOLD_RAD_S)
        acceleration = np.clip((wanted - self._rate) / dt, -self.FOLD_RAD_S2, self.FOLD_RAD_S2)
        self._rate += acceleration * dt
        self._q += self._rate * dt
        return acceleration

    def _turn_by_leaning(self) -> Array:
        """How the leg joints turn per radian of lean, (12,), while centre of mass and feet stay where they are."""
        body = self._body
        spin = body.base_R[:, 1]
        twist = np.array([*-np.cross(spin, body.com - body.base_p), 0.0, 1.0, 0.0])
        return np.concatenate([-np.linalg.solve(J[:, legs], J[:, :6] @ twist) for J, legs in zip(body.J, body.legs)])
