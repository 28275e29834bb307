"""From a timeline to a plan the floor can carry: postures and the centre of mass, in turns until they agree."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np
from scipy.interpolate import CubicSpline

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.performing.com_plan import Carried, ComCourse, plan_com
from linewalker.cerebellum.performing.curves import RATE_HZ, derivative, minimum_jerk, smooth
from linewalker.cerebellum.performing.posture_plan import PosturePlan
from linewalker.cerebellum.performing.timeline import Swing, Timeline, feet_over_time
from linewalker.geometry import Array, wrap_angle

HANDOVER_S = 0.05
"""Before a foot leaves and after it lands it is not counted on."""
TURNS = 2
_EVERY = 2
"""Of so many samples one posture is solved; between them they are smooth."""
_FIRST_TURNS = 40
_EDGE_S, _SOFT = 0.16, 2.5


@dataclass(frozen=True, kw_only=True)
class DancePlan:
    """Sampled at `RATE_HZ`, n samples, in the frame P of its timeline.

    Attributes:
        q, v: whole postures (n, nq) and their speeds (n, nv).
        com, com_v, com_a: centre of mass, (n, 3).
        p: zero moment point, (n, 2).
        share: of the load on each foot, (n, 2).
        feet, feet_v, feet_a: x, y, z, yaw, roll, pitch of each, (n, 2, 6).
        stands, carries: which stand, and which of these may be counted on, (n, 2).
        alpha: angular acceleration of the pelvis in its frame, (n, 3).
        rest, rest_v, rest_a: of waist, arms and head, (n, m).
        timeline: what was wished.
        outside_m: how far the zero moment point had to leave what a plan may use.
        sole_m: how far postures miss soles that stand, 99th percentile.
    """

    q: Array
    v: Array
    com: Array
    com_v: Array
    com_a: Array
    p: Array
    share: Array
    feet: Array
    feet_v: Array
    feet_a: Array
    stands: Array
    carries: Array
    alpha: Array
    rest: Array
    rest_v: Array
    rest_a: Array
    timeline: Timeline
    outside_m: float
    sole_m: float

    @property
    def n(self) -> int:
        """Number of samples."""
        return len(self.q)

    @property
    def duration_s(self) -> float:
        """How long it takes."""
        return self.n / RATE_HZ

    @property
    def swings(self) -> tuple[Swing, ...]:
        """In the order of their time."""
        return self.timeline.swings


@dataclass(frozen=True, kw_only=True)
class _Moved:
    """What postures bring about: q (n, nq), v (n, nv), momentum about the centre of mass (n, 3), its height (n,)."""

    q: Array
    v: Array
    spin: Array
    height_m: Array
    feet: Array
    miss: float


def make_plan(timeline: Timeline, body: Dynamics) -> DancePlan:
    """The plan next to a timeline; the state of the body is overwritten."""
    wanted, stands = feet_over_time(timeline.feet, timeline.swings, timeline.n)
    carries = counted_on(timeline.swings, timeline.n)
    firm = _firmness(timeline.swings, timeline.n)
    com, wish = timeline.com, (timeline.quat, timeline.height_m, timeline.rest)
    for turn in range(TURNS):
        moved = _move(body, wish, com, (wanted, stands, firm))
        carried = Carried(
            feet=moved.feet,
            carries=carries,
            height_m=smooth(moved.height_m, 3.0),
            momentum_rate=derivative(smooth(moved.spin, 3.0)),
            mass=body.mass,
        )
        course = plan_com(timeline.com, carried, body.profile)
        com = course.c
        if turn < TURNS - 1:
            wish = _softened(wish, moved.q, body)
    moved = _move(body, wish, com, (wanted, stands, firm))
    return _finished(timeline, body, (moved, course), (wanted, stands, carries))


def counted_on(swings: tuple[Swing, ...], n: int) -> Array:
    """Feet that carry: not from `HANDOVER_S` before a swing until as long after it, (n, 2) bool."""
    t, on = np.arange(n) / RATE_HZ, np.ones((n, 2), bool)
    for swing in swings:
        on[(t > swing.lift_s - HANDOVER_S) & (t < swing.land_s + HANDOVER_S), swing.foot] = False
    on[~on.any(axis=1)] = True
    return on


def _firmness(swings: tuple[Swing, ...], n: int) -> Array:
    """How firmly soles have to be where they stand: they let go and take hold softly, (n, 2)."""
    t, firm = np.arange(n) / RATE_HZ, np.ones((n, 2))
    for swing in swings:
        edge_s = min(_EDGE_S, 0.45 * (swing.land_s - swing.lift_s))
        inside = minimum_jerk(np.minimum(t - swing.lift_s, swing.land_s - t) / edge_s)
        firm[:, swing.foot] = np.minimum(firm[:, swing.foot], 1.0 - inside)
    return firm


def _softened(wish: tuple[Array, Array, Array], q: Array, body: Dynamics) -> tuple[Array, Array, Array]:
    """What had to give, gives softly next time."""
    quat, height, rest = wish
    same = q[:, 3:7] * np.sign((q[:, 3:7] * quat).sum(axis=1))[:, None]
    softer = quat + smooth(same - quat, 10.0)
    softer /= np.linalg.norm(softer, axis=1, keepdims=True)
    return softer, height + smooth(q[:, 2] - height, 10.0), rest + smooth(q[:, body.rest + 1] - rest, 10.0)


def _move(body: Dynamics, wish: tuple[Array, Array, Array], com: Array, on: tuple[Array, Array, Array]) -> _Moved:
    quat, height, rest = wish
    wanted, stands, firm = on
    n, model = len(height), body.model
    posture, miss = PosturePlan(body), list[float]()
    posture.begin(com[0], quat[0])
    at = np.unique(np.append(np.arange(0, n, _EVERY), n - 1))
    found = np.zeros((len(at), model.nq))
    for k, i in enumerate(at):
        turns = 2 if k else _FIRST_TURNS
        miss.append(posture.solve((quat[i], float(height[i]), rest[i]), com[i], wanted[i], firm[i], turns))
        found[k] = posture.q
        if k and found[k, 3:7] @ found[k - 1, 3:7] < 0.0:
            found[k, 3:7] *= -1.0
    q = smooth(CubicSpline(at, found, axis=0)(np.arange(n)), _SOFT)
    q[:, 3:7] /= np.linalg.norm(q[:, 3:7], axis=1, keepdims=True)
    v = np.zeros((n, body.nv))
    for i in range(1, n - 1):
        mujoco.mj_differentiatePos(model, v[i], 2.0 / RATE_HZ, q[i - 1], q[i + 1])
    spin, com_z, feet = np.zeros((n, 3)), np.zeros(n), wanted.copy()
    for i in range(n):
        body.update(q[i], v[i])
        spin[i], com_z[i] = body.spin, body.com[2]
        for k in range(2):
            if not stands[i, k]:
                feet[i, k] = _sole(body, k, wanted[i, k, 3])
    return _Moved(q=q, v=v, spin=spin, height_m=com_z, feet=feet, miss=float(np.quantile(miss, 0.99)))


def _sole(body: Dynamics, k: int, near: float) -> Array:
    """x, y, z, yaw, roll, pitch of a sole; the yaw without leaps beside another."""
    R = body.foot_R[k]
    yaw = near + wrap_angle(float(np.arctan2(R[1, 0], R[0, 0])) - near)
    return np.array([*body.foot_p[k], yaw, np.arctan2(R[2, 1], R[2, 2]), -np.arcsin(np.clip(R[2, 0], -1.0, 1.0))])


def _finished(
    timeline: Timeline, body: Dynamics, made: tuple[_Moved, ComCourse], on: tuple[Array, Array, Array]
) -> DancePlan:
    moved, course = made
    wanted, stands, carries = on
    feet = moved.feet.copy()
    for k in range(2):  # a sole's way begins and ends where it stands
        standing = stands[:, k, None]
        feet[:, k] = np.where(standing, wanted[:, k], smooth(np.where(standing, wanted[:, k], feet[:, k]), 1.5))
    height = smooth(moved.height_m, 3.0)
    rest = moved.q[:, body.rest + 1]
    z_v, feet_v, rest_v = derivative(height), derivative(feet), derivative(rest)
    return DancePlan(
        q=moved.q,
        v=moved.v,
        com=np.column_stack((course.c, height)),
        com_v=np.column_stack((course.v, z_v)),
        com_a=np.column_stack((course.a, derivative(z_v))),
        p=course.p,
        share=_shares(feet, course.p, carries),
        feet=feet,
        feet_v=feet_v,
        feet_a=derivative(feet_v),
        stands=stands,
        carries=carries,
        alpha=derivative(moved.v[:, 3:6]),
        rest=rest,
        rest_v=rest_v,
        rest_a=derivative(rest_v),
        timeline=timeline,
        outside_m=course.outside_m,
        sole_m=moved.miss,
    )


def _shares(feet: Array, p: Array, carries: Array) -> Array:
    """Of the load on each foot: by where the zero moment point lies between them, (n, 2)."""
    share, both = carries.astype(float), carries.all(axis=1)
    gap = feet[:, 0, :2] - feet[:, 1, :2]
    along = ((p - feet[:, 1, :2]) * gap).sum(axis=1) / np.maximum((gap**2).sum(axis=1), 1e-6)
    share[both, 0] = np.clip(along[both], 0.0, 1.0)
    share[both, 1] = 1.0 - share[both, 0]
    return share
