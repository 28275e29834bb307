"""Whole-body control: which joint torques give the accelerations the tasks ask for, with forces the floor can give.

Both legs have six joints, so the legs' accelerations follow from those of the feet,
``qdd_leg = J_leg^-1 (a_foot - bias - J_base a_base)``; those of the other joints are prescribed. The six base rows of
``M a + h = S tau + J^T w`` then give ``a_base`` as an affine function of the foot wrenches w, and with it everything
else. What is left is a QP in w: six variables on one foot, twelve on two. Its constraints are the contact wrench cone
of a rectangular sole, yaw torque included (Caron, Pham, Nakamura 2015, eqs. 12-18), bounds on the normal force, and
soft torque limits of the legs that stand; where the solution without the latter keeps to them, it is the solution with
them. DAQP (Arnstrom, Bemporad, Axehill 2022) solves it.
"""

from __future__ import annotations

from dataclasses import dataclass

import daqp
import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.balance.whole_body_kernel import limit_torques, pose, recover
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import Array
from linewalker.limbs.held_views import HoldsViews
from linewalker.limbs.profile import RobotProfile

QuadraticProgram = tuple[Array, Array, Array, Array, Array, NDArray[np.int32]]
"""H, f, A, upper, lower and sense as DAQP takes them."""
FRICTION = 0.5
"""Friction the controller reckons with, well below that of a workshop floor."""
EDGE_M = 0.004
"""Margin kept to the edge of the sole."""
SOFT = 8
"""DAQP's mark of a constraint that may be violated at a price."""
FREE = 1e30
"""DAQP's bound where there is none."""

CALM_SPIN = np.array([0.001, 0.001, 0.002])
"""Price of the pelvis' rotation: it may tilt a little before the centre of mass goes astray."""


class Tasks:
    """What the body is asked to do at one tick; written in place by standing and walking.

    Attributes:
        com_acc: of the centre of mass, (3,).
        spin_acc: angular acceleration of the base in its own frame, (3,).
        foot_acc: linear above angular, world axes, (2, 6).
        contact: 1.0 for a foot that may push, else 0.0, (2,).
        max_force_n: greatest normal force of each foot, (2,).
        rest_acc: of the joints that are not in the legs, (m,).
        spin_price: what it costs to miss spin_acc, relative to com_acc, (3,).
    """

    def __init__(self, m: int):
        self.spin_price = CALM_SPIN.copy()
        self.com_acc, self.spin_acc, self.foot_acc = np.zeros(3), np.zeros(3), np.zeros((2, 6))
        self.contact, self.max_force_n, self.rest_acc = np.ones(2), np.zeros(2), np.zeros(m)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Prices of the QP, those of the tasks aside."""

    com: tuple[float, float, float] = (1.0, 1.0, 1.0)
    wrench: tuple[float, float, float, float, float, float] = (1e-6, 1e-6, 1e-7, 2e-5, 1e-5, 2e-5)


def wrench_cone(half_length: float, half_width: float, friction: float) -> Array:
    """Rows C (16, 6) with C [fx fy fz tx ty tz] <= 0 for a rectangular sole, wrench at its centre in its frame.

    Caron, Pham, Nakamura: Stability of surface contacts for humanoid robots (2015), eqs. 12-18.
    """
    X, Y, mu = half_length, half_width, friction
    rows = []
    for s in (1, -1):
        rows += [[s, 0, -mu, 0, 0, 0], [0, s, -mu, 0, 0, 0], [0, 0, -Y, s, 0, 0], [0, 0, -X, 0, s, 0]]
        for t in (1, -1):
            rows.append([s * Y, t * X, -mu * (X + Y), -s * mu, -t * mu, -1])
            rows.append([s * Y, t * X, -mu * (X + Y), s * mu, t * mu, 1])
    return np.array(rows, float)


class Problem(HoldsViews):
    """Buffers of the QP of one foot or two, and what in it never changes.

    Attributes:
        free, limited: the whole of it, without and with the torque limits.
        cost: H, f and upper bounds of the wrenches, to be written at every tick.
        limits: A, upper and lower of the torque limits, to be written where they are needed.
    """

    def __init__(self, feet: int, cone: Array):
        n, rows = 6 * feet, len(cone) * feet
        H, f, A = np.zeros((n, n)), np.zeros(n), np.zeros((rows + n, n))
        upper, lower, sense = np.zeros(2 * n + rows), np.full(2 * n + rows, -FREE), np.zeros(2 * n + rows, np.int32)
        A[:rows] = np.kron(np.eye(feet), cone)
        upper[:n], lower[2:n:6], sense[n + rows :] = FREE, 0.0, SOFT
        self.limited = (H, f, A, upper, lower, sense)
        self._take_views()

    def _take_views(self) -> None:
        H, f, A, upper, lower, sense = self.limited
        n = len(f)
        rows = len(A) - n
        self.free = (H, f, A[:rows], upper[: n + rows], lower[: n + rows], sense[: n + rows])
        self.cost, self.limits = (H, f, upper[:n]), (A[rows:], upper[n + rows :], lower[n + rows :])


class WholeBody(HoldsViews):
    """The QP of one robot, buffers and all.

    Attributes:
        wrench: what each foot pushes with after `solve`, in its frame, (2, 6).
        acceleration: generalised accelerations the last solution brings about, (nv,).
        failures: how often the solver gave up; the torques of the last solution were kept.
    """

    def __init__(self, profile: RobotProfile, dynamics: Dynamics, effort_nm: Array, weights: Weights | None = None):
        self.dynamics, nv = dynamics, dynamics.nv
        weights = weights if weights is not None else Weights()
        self._cone = wrench_cone(profile.sole_half_length_m - EDGE_M, profile.sole_half_width_m - EDGE_M, FRICTION)
        effort = np.zeros(nv)
        effort[dynamics.joints] = effort_nm
        self._limits = (effort, dynamics.joints)
        self._weights = (np.array(weights.com), np.array(weights.wrench), np.array([dynamics.mass]))
        self._body = (dynamics.M, dynamics.h, dynamics.J, dynamics.bias, dynamics.foot_R)
        self._indices = (dynamics.legs, dynamics.rest)
        self._maps = (np.zeros((18, 12)), np.zeros(nv), np.zeros((18, 12)))
        self._problems = (Problem(1, self._cone), Problem(2, self._cone))
        self.acceleration = np.zeros(nv)
        self.wrench = np.zeros((2, 6))
        self.failures = 0
        self._take_views()

    def _take_views(self) -> None:
        self._costs = tuple(problem.cost for problem in self._problems)

    def solve(self, tasks: Tasks) -> Array:
        """Joint torques in the order of ``profile.joints``, (n,), within the limits."""
        t, body, indices, maps = tasks, self._body, self._indices, self._maps
        asked = (t.foot_acc, t.contact, t.rest_acc, t.com_acc, t.spin_acc, t.spin_price, t.max_force_n)
        n = pose(body, indices, asked, maps, self._weights, self._costs)
        problem, torque = self._problems[n // 6 - 1], np.empty(len(self._limits[1]))
        out = (self.acceleration, torque, self.wrench)
        if recover(self._optimum(problem.free, t), body, indices, t.contact, maps, self._limits, out):
            limit_torques(body[:2], indices[0], maps, t.contact, self._limits[0], problem.limits)
            recover(self._optimum(problem.limited, t), body, indices, t.contact, maps, self._limits, out)
        return torque

    def _optimum(self, problem: QuadraticProgram, tasks: Tasks) -> Array:
        w, _, status, _ = daqp.solve(*problem)
        if status < 1:
            self.failures += 1
            return self.wrench[tasks.contact > 0.0].ravel()
        return np.asarray(w)
