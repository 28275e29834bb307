"""What the whole-body controller makes of a plan at its own states: what can not be danced, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.balance.whole_body import CALM_SPIN, Tasks, WholeBody
from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.performing.curves import RATE_HZ
from linewalker.cerebellum.performing.plan import DancePlan
from linewalker.geometry import Array
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.profile import upper_body_joints

MOST_TORQUE = 0.93
"""Share of a drive's torque that a plan may ask for."""
MOST_MISSED_RAD_S2 = 15.0
"""Of the angular acceleration of the pelvis that forces of the floor do not give."""
MOST_OUTSIDE_M = 0.02
LONGEST_S = 0.1
"""Shorter spells beyond these are danced through."""
_EVERY, _JOIN_S = 2, 0.25
PELVIS, BALANCE = "pelvis", "balance"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Seconds of a plan that can not be danced.

    Attributes:
        from_s, to_s: when, in the time of the plan.
        phrase: number of the phrase, -1 before the first.
        what: the joint whose torque is at its limit; "pelvis": forces of the floor do not turn it as planned;
            "balance": the zero moment point leaves the soles.
        size: share of the torque, rad/s^2, or m.
        standing: which feet stand: "both", "left" or "right".
    """

    from_s: float
    to_s: float
    phrase: int
    what: str
    size: float
    standing: str

    def __str__(self) -> str:
        size = {PELVIS: f"{self.size:.0f} rad/s2 missed", BALANCE: f"{1e3 * self.size:.0f} mm outside the soles"}
        told = size.get(self.what, f"{100 * self.size:.0f} % of its torque")
        return f"{self.from_s:.1f} to {self.to_s:.1f} s, on {self.standing}: {self.what}, {told}"


@dataclass(frozen=True, kw_only=True)
class Audit:
    """Of a whole plan.

    Attributes:
        findings: what can not be danced, in its order.
        torque: largest share of each joint's torque, by name.
    """

    findings: tuple[Finding, ...]
    torque: dict[str, float]

    def of_upper_body(self, joints: tuple[str, ...]) -> tuple[Finding, ...]:
        """Findings at these joints."""
        return tuple(finding for finding in self.findings if finding.what in joints)


def audit(plan: DancePlan, body: Dynamics) -> Audit:
    """Solve the whole-body problem along a plan; the state of the body is overwritten."""
    profile = body.profile
    shares, missed = _along(plan, body)
    at = np.arange(0, plan.n, _EVERY).astype(np.int64)
    found = list[Finding]()
    for j, name in enumerate(profile.joints):
        found += _spells(plan, at, shares[:, j], MOST_TORQUE, name)
    found += _spells(plan, at, missed, MOST_MISSED_RAD_S2, PELVIS)
    if plan.outside_m > MOST_OUTSIDE_M:
        worst = int(np.argmax(np.abs(plan.com_a[:, :2]).max(axis=1)))
        found.append(_finding(plan, (worst, worst), BALANCE, plan.outside_m))
    largest = dict(zip(profile.joints, shares.max(axis=0).tolist()))
    return Audit(findings=tuple(sorted(found, key=lambda finding: finding.from_s)), torque=largest)


def _along(plan: DancePlan, body: Dynamics) -> tuple[Array, Array]:
    """Share of each joint's torque (k, n), and what is missed of the rotation of the pelvis (k,)."""
    effort = effort_limits(body.profile)
    solver, tasks = WholeBody(body.profile, body, effort), Tasks(len(body.rest))
    tasks.spin_price[:] = CALM_SPIN
    tasks.max_force_n[:] = 3.0 * body.mass * GRAVITY
    shares, missed = [], []
    for i in range(0, plan.n, _EVERY):
        body.update(plan.q[i], plan.v[i])
        tasks.com_acc[:], tasks.spin_acc[:], tasks.rest_acc[:] = plan.com_a[i], plan.alpha[i], plan.rest_a[i]
        tasks.foot_acc[:] = 0.0
        for k in range(2):
            if not plan.stands[i, k]:
                tasks.foot_acc[k, :3] = plan.feet_a[i, k, :3]
        tasks.contact[:] = plan.carries[i]
        shares.append(np.abs(solver.solve(tasks)) / effort)
        missed.append(float(np.linalg.norm(solver.acceleration[3:6] - plan.alpha[i])))
    return np.array(shares), np.array(missed)


def _spells(plan: DancePlan, at: NDArray[np.int64], values: Array, most: float, what: str) -> list[Finding]:
    """Spells beyond a bound that last long enough; those close together are one."""
    beyond = at[values > most]
    if len(beyond) == 0:
        return []
    cuts = np.flatnonzero(np.diff(beyond) > _JOIN_S * RATE_HZ) + 1
    found = []
    for spell in np.split(beyond, cuts):
        if len(spell) * _EVERY >= LONGEST_S * RATE_HZ:
            worst = float(values[(at >= spell[0]) & (at <= spell[-1])].max())
            found.append(_finding(plan, (int(spell[0]), int(spell[-1])), what, worst))
    return found


def _finding(plan: DancePlan, span: tuple[int, int], what: str, size: float) -> Finding:
    middle = (span[0] + span[1]) // 2
    stands = plan.stands[middle]
    standing = "both feet" if stands.all() else "the left foot" if stands[0] else "the right foot"
    phrase = int(np.searchsorted(plan.timeline.phrase_s, middle / RATE_HZ, side="right")) - 1
    return Finding(
        from_s=span[0] / RATE_HZ,
        to_s=span[1] / RATE_HZ,
        phrase=min(phrase, len(plan.timeline.names) - 1),
        what=what,
        size=size,
        standing=standing,
    )


def upper_joints(body: Dynamics) -> tuple[str, ...]:
    """Joints that are not in the legs."""
    return tuple(upper_body_joints(body.profile))
