"""Where the centre of mass has to be so that the floor can carry a dance.

The zero moment point of a body of mass m whose centre of mass is at c, height z, with angular momentum L about it is
``p = c - z c'' / (g + z'') + (-L_y', L_x') / (m (g + z''))`` (Kajita et al. 2003, with momentum). It has to stay in the
soles that stand; c stays near what is wished and p near the middle of them. Windows of a quadratic program over the
jerk of c are solved one after the other, of each the first part is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import daqp
import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.cerebellum.performing.curves import RATE_HZ
from linewalker.cerebellum.performing.support_kernel import MOST, support_rows
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile

KNOT_S, KNOTS, KEPT = 0.04, 50, 12
SHRINK = (0.6, 0.35)
"""Of half length and half width of a sole: what a plan may use; the rest is left to feedback."""
_STAY, _MIDDLE, _MIDDLE_BOTH, _JERK = 1.0, 20.0, 0.2, 2e-7
_SOFT, _FREE = 8, 1e30


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What carries a dance, sampled at `RATE_HZ`.

    Attributes:
        feet: x, y, z, yaw, roll, pitch of each, (n, 2, 6).
        carries: which may be counted on, (n, 2) bool.
        height_m: of the centre of mass, (n,).
        momentum_rate: of the angular momentum about it, (n, 3).
        mass: kg.
    """

    feet: Array
    carries: Array
    height_m: Array
    momentum_rate: Array
    mass: float

    @property
    def lever(self) -> Array:
        """z / (g + z''), (n,)."""
        lift = np.gradient(np.gradient(self.height_m, 1.0 / RATE_HZ), 1.0 / RATE_HZ)
        return np.asarray(self.height_m / (GRAVITY + lift))

    @property
    def moment(self) -> Array:
        """Shift of the zero moment point by the angular momentum, (n, 2)."""
        L = self.momentum_rate
        return np.column_stack((-L[:, 1], L[:, 0])) * (self.lever / self.height_m / self.mass)[:, None]


@dataclass(frozen=True, kw_only=True)
class ComCourse:
    """Centre of mass over the floor, its velocity, acceleration, and the zero moment point, (n, 2) each.

    ``outside_m``: how far that had to leave what a plan may use.
    """

    c: Array
    v: Array
    a: Array
    p: Array
    outside_m: float


def plan_com(wish: Array, carried: Carried, profile: RobotProfile) -> ComCourse:
    """The course next to a wish (n, 2) that the floor can carry; it begins at rest, where the wish begins."""
    window = _Window(carried, wish, profile)
    x = np.array([[wish[0, 0], 0.0, 0.0], [wish[0, 1], 0.0, 0.0]])
    states, outside, at, step = [x], 0.0, 0, round(KNOT_S * RATE_HZ)
    while at < len(wish) - 1:
        jerks, violated = window.solve(at, x)
        outside = max(outside, violated)
        for k in range(KEPT):
            x = x @ window.A.T + jerks[:, k, None] * window.B
            states.append(x)
        at += KEPT * step
    lever, moment = carried.lever, carried.moment
    c, v, a = _between(np.array(states), len(wish))
    return ComCourse(c=c, v=v, a=a, p=c - lever[:, None] * a + moment, outside_m=outside)


def _between(states: Array, n: int) -> tuple[Array, Array, Array]:
    """From states at the knots (k, 2, 3) to samples, (n, 2) each."""
    t = np.arange(n) / RATE_HZ
    k = np.minimum((t / KNOT_S + 1e-9).astype(int), len(states) - 2)
    tau = (t - k * KNOT_S)[:, None]
    at, v, a = states[k, :, 0], states[k, :, 1], states[k, :, 2]
    jerk = (states[k + 1, :, 2] - a) / KNOT_S
    return at + tau * v + tau**2 / 2 * a + tau**3 / 6 * jerk, v + tau * a + tau**2 / 2 * jerk, a + tau * jerk


class _Window:
    """The quadratic program of one window."""

    def __init__(self, carried: Carried, wish: Array, profile: RobotProfile):
        h = KNOT_S
        self._carried, self._wish = carried, wish
        self._lever, self._moment = carried.lever, carried.moment
        self._sole = np.array([SHRINK[0] * profile.sole_half_length_m, SHRINK[1] * profile.sole_half_width_m])
        self.A, self.B = np.array([[1, h, h * h / 2], [0, 1, h], [0, 0, 1]]), np.array([h**3 / 6, h * h / 2, h])
        self._Px, self._Pu = np.zeros((KNOTS, 3, 3)), np.zeros((KNOTS, 3, KNOTS))
        M, columns = np.eye(3), list[Array]()
        for k in range(KNOTS):
            M, columns = self.A @ M, [self.A @ column for column in columns] + [self.B]
            self._Px[k], self._Pu[k][:, : k + 1] = M, np.array(columns).T
        self._rows, self._upper = np.zeros((MOST, 2)), np.zeros(MOST)

    def solve(self, at: int, x: Array) -> tuple[Array, float]:
        """Jerks (2, KNOTS) from the state x (2, 3) on, and how far p leaves its bounds in what is kept."""
        N, carried = KNOTS, self._carried
        step = round(KNOT_S * RATE_HZ)
        index = np.minimum(at + step * np.arange(1, N + 1), len(self._wish) - 1)
        feet, carries = carried.feet[index], carried.carries[index]
        both = carries.all(axis=1)
        share = carries / np.maximum(carries.sum(axis=1, keepdims=True), 1)
        H, f = np.zeros((2 * N, 2 * N)), np.zeros(2 * N)
        Z, z0 = [], []
        weight = _MIDDLE * np.where(both, _MIDDLE_BOTH, 1.0)
        for d in range(2):
            part = slice(d * N, (d + 1) * N)
            C, c0 = self._Pu[:, 0], self._Px[:, 0] @ x[d]
            zp = C - self._lever[index, None] * self._Pu[:, 2]
            zp0 = c0 - self._lever[index] * (self._Px[:, 2] @ x[d]) + self._moment[index, d]
            middle = (feet[:, :, d] * share).sum(axis=1)
            H[part, part] = _STAY * C.T @ C + (zp * weight[:, None]).T @ zp + _JERK * np.eye(N)
            f[part] = _STAY * C.T @ (c0 - self._wish[index, d]) + zp.T @ (weight * (zp0 - middle))
            Z.append(zp)
            z0.append(zp0)
        A, b, kept = self._bounds(feet, carries, (Z, z0), x)
        sense = np.full(2 * N + len(b), _SOFT, np.int32)
        sense[: 2 * N] = 0
        upper = np.concatenate((np.full(2 * N, _FREE), b))
        u, _, _, _ = daqp.solve(H, f, A, upper, np.full(len(upper), -_FREE), sense)
        jerks = np.asarray(u)
        return jerks.reshape(2, N), float(max((A[:kept] @ jerks - b[:kept]).max(), 0.0))

    def _bounds(
        self, feet: Array, carries: Array, zmp: tuple[list[Array], list[Array]], x: Array
    ) -> tuple[Array, Array, int]:
        """Half planes of p at every knot, and of the DCM at the last: there it could stop; and how many are kept."""
        N, (Z, z0) = KNOTS, zmp
        rows, upper, kept = [], [], 0
        for k in range(N):
            count = support_rows(
                np.ascontiguousarray(feet[k][:, [0, 1, 3]]), carries[k], self._sole, self._rows, self._upper
            )
            A, b = self._rows[:count].copy(), self._upper[:count].copy()
            rows.append(np.hstack((A[:, :1] * Z[0][k], A[:, 1:] * Z[1][k])))
            upper.append(b - A @ np.array([z0[0][k], z0[1][k]]))
            kept += count if k < KEPT else 0
        slow = float(np.sqrt(self._lever.mean()))
        D = self._Pu[-1, 0] + slow * self._Pu[-1, 1]
        d0 = np.array([(self._Px[-1, 0] + slow * self._Px[-1, 1]) @ x[d] for d in range(2)])
        rows.append(np.hstack((A[:, :1] * D, A[:, 1:] * D)))
        upper.append(b - A @ d0)
        return np.ascontiguousarray(np.vstack(rows)), np.concatenate(upper), kept
