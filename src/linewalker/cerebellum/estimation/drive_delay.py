"""Drives that follow late: how late is learnt from their torques, and the body is taken where it will be by then.

A command that takes d ticks to act meets a body that has moved on. So the controller works on the state d ticks ahead:
the present one, carried on by the accelerations that the commands under way bring about (Smith 1957, A controller to
overcome dead time).
"""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import Array
from linewalker.kernel import Matrix, Numbers, Vector, kernel

MOST_TICKS = 10
"""Longest delay that is recognised."""
MEMORY_TICKS = 250.0
"""Over which torques are compared."""
WARM_UP_TICKS = 100
CLEARLY = 0.5
"""Another delay is believed when the torques differ by less than this share of what they do with the present one."""


class DriveLatency:
    """Delay between a command and the torque of the drives, of one robot.

    Args:
        body: as estimated.
        period_s: of the control ticks.

    Attributes:
        ticks: what the delay is taken for; 0: the drives act at once.
    """

    def __init__(self, body: Dynamics, period_s: float):
        self._body, self._dt, self.ticks = body, period_s, 0
        self._legs = np.flatnonzero(np.isin(body.joints, body.legs))
        self._torques = np.zeros((MOST_TICKS, len(body.joints)))
        self._accelerations = np.zeros((MOST_TICKS, body.nv))
        self._differences, self._at, self._seen = np.zeros(MOST_TICKS), 0, 0
        self._q, self._v = np.zeros(body.model.nq), np.zeros(body.nv)

    def observe(self, torque_nm: Array) -> None:
        """Compare the torques of the drives at this tick, (n,), with the commands of the last ones."""
        if self._seen < MOST_TICKS:
            return
        likeliest = _compare(self._torques, self._at, torque_nm, self._legs, self._differences, self.ticks)
        if self._seen > WARM_UP_TICKS:
            self.ticks = likeliest

    def sent(self, torque_nm: Array, acceleration: Array) -> None:
        """Take note of a command: torques (n,), and the accelerations (nv,) they are to bring about."""
        self._torques[self._at], self._accelerations[self._at] = torque_nm, acceleration
        self._at, self._seen = (self._at + 1) % MOST_TICKS, self._seen + 1

    def kept(self) -> None:
        """No command was sent: the drives keep to the last one."""
        last = (self._at - 1) % MOST_TICKS
        self.sent(self._torques[last], self._accelerations[last])

    @property
    def acting(self) -> tuple[Array, Array]:
        """Torques (n,) that the drives are taken to have now, and the accelerations (nv,) these are to bring about.

        None of either where the drives do something else than they were sent.
        """
        at = (self._at - 1 - self.ticks) % MOST_TICKS
        known = float(self._seen > self.ticks)
        return known * self._torques[at], known * self._accelerations[at]

    def interrupt(self) -> None:
        """The drives do something else than the torques they are sent; nothing can be compared for a while."""
        self._seen = 0

    def carried_on(self, q: Array, v: Array) -> tuple[Array, Array]:
        """State (nq,), (nv,) at which a command sent now will act, from the present one."""
        d, dt = self.ticks, self._dt
        under_way = self._accelerations[np.arange(self._at - d, self._at) % MOST_TICKS]
        left = np.arange(d, 0, -1) - 0.5
        self._q[:] = q
        mujoco.mj_integratePos(self._body.model, self._q, (d * dt) * v + dt**2 * (left @ under_way), 1.0)
        self._v[:] = v + dt * under_way.sum(axis=0)
        return self._q, self._v


@kernel(entry=True)
def _compare(sent: Matrix, at: int, felt: Vector, legs: Numbers, differences: Vector, believed: int) -> int:
    """Add to the squared differences of torques felt from those sent 1, 2, ... ticks ago; returns the likeliest delay.

    Only legs are compared: the other drives add torques of their own. Old differences fade.
    """
    most, likeliest = sent.shape[0], believed
    for lag in range(most):
        row, total = (at - 1 - lag) % most, 0.0
        for j in legs:
            total += (felt[j] - sent[row, j]) ** 2
        differences[lag] = (1.0 - 1.0 / MEMORY_TICKS) * differences[lag] + total
    for lag in range(most):
        if differences[lag] < differences[likeliest] and differences[lag] < CLEARLY * differences[believed]:
            likeliest = lag
    return likeliest
