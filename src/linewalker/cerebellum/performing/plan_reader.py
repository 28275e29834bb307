"""A plan as the control loop reads it: one row per sample, and when feet leave and land."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.cerebellum.performing.curves import RATE_HZ
from linewalker.cerebellum.performing.plan import DancePlan
from linewalker.geometry import Array

NEVER_S = 1e9
ENTRY_M, ENTRY_S = 0.03, 0.12
"""How far the centre of mass, and its speed over omega, may be from the rest between the feet where a robot that stands
takes the plan up, and how long both feet have to stay then."""


class PlanReader:
    """Reads a plan at any time; views are overwritten by the next `read`.

    Attributes:
        body: com, its velocity and acceleration, zero moment point, quaternion, w and alpha of the pelvis, (21,).
        ways: of each foot: x, y, z, yaw, roll, pitch, their speeds and accelerations, (2, 3, 6).
        rest, rest_v, rest_a: of the upper body, (m,).
        share: of the load over the whole plan, (n, 2).
        sample: number of the sample read last.
        entries_s: when a robot that stands can take the plan up, once in each phrase that allows it.
    """

    def __init__(self, plan: DancePlan):
        self.plan = plan
        n, m = plan.n, plan.rest.shape[1]
        ways = np.stack((plan.feet, plan.feet_v, plan.feet_a), axis=2).reshape(n, 36)
        turning = np.column_stack((plan.q[:, 3:7], plan.v[:, 3:6], plan.alpha))
        body = np.column_stack((plan.com, plan.com_v, plan.com_a, plan.p, turning))
        self._table = np.ascontiguousarray(np.column_stack((body, ways, plan.rest, plan.rest_v, plan.rest_a)))
        self._row = self._table[0].copy()
        self.body, self.ways = self._row[:21], self._row[21:57].reshape(2, 3, 6)
        self.rest, self.rest_v, self.rest_a = (self._row[57 + k * m : 57 + (k + 1) * m] for k in range(3))
        self.share, self.sample = np.ascontiguousarray(plan.share), 0
        self.lifts_s = [np.array([s.lift_s for s in plan.swings if s.foot == f]) for f in range(2)]
        self.lands_s = [np.array([s.land_s for s in plan.swings if s.foot == f]) for f in range(2)]
        self.entries_s = _entries_s(plan)

    def read(self, time_s: float) -> None:
        """Fill the views for a time of the plan."""
        at = min(max(time_s * RATE_HZ, 0.0), len(self._table) - 1.001)
        self.sample = int(at)
        here, there = self._table[self.sample], self._table[self.sample + 1]
        np.subtract(there, here, out=self._row)
        self._row *= at - self.sample
        self._row += here

    def begun(self, foot: int, time_s: float) -> int:
        """How many swings of a foot have begun."""
        return int(np.searchsorted(self.lifts_s[foot], time_s, side="right"))

    def next_lift_s(self, foot: int, begun: int) -> float:
        """When a foot leaves the floor after so many swings."""
        lifts = self.lifts_s[foot]
        return float(lifts[begun]) if begun < len(lifts) else NEVER_S

    def foothold(self, foot: int, land_s: float) -> Array:
        """x, y, yaw of a foot where it lands, in the plan."""
        feet = self.plan.feet[min(int(land_s * RATE_HZ) + 1, self.plan.n - 1), foot]
        return np.asarray(feet[[0, 1, 3]])


def _entries_s(plan: DancePlan) -> Array:
    """The first moment of each phrase in which its dancer is all but at rest over both feet, and stays on them."""
    t = np.arange(plan.n) / RATE_HZ
    lifts_s = np.array([swing.lift_s for swing in plan.swings] + [NEVER_S])
    stays = lifts_s[np.searchsorted(lifts_s[:-1], t)] - t > ENTRY_S
    off_m = np.hypot(*(plan.com[:, :2] - plan.feet[:, :, :2].mean(axis=1)).T)
    fast_m = np.hypot(*plan.com_v[:, :2].T) * np.sqrt(plan.com[:, 2] / GRAVITY)
    can = plan.stands.all(axis=1) & stays & (off_m < ENTRY_M) & (fast_m < ENTRY_M)
    spans = zip(plan.timeline.phrase_s, plan.timeline.phrase_s[1:])
    return np.array([t[there[0]] for a, b in spans if len(there := np.flatnonzero(can & (t >= a) & (t < b)))])
