"""Recovery from a push: quick, wide steps when the small corrections of walking do not catch the DCM any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, exp, hypot, sin

import numpy as np

from linewalker.cerebellum.balance.whole_body import CALM_SPIN
from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.body.leg_reach import Legs
from linewalker.cerebellum.body.pendulum import capture_point, natural_frequency
from linewalker.cerebellum.walking.push_recovery_kernel import feel_shove, look_ahead, off_plan
from linewalker.geometry import Array
from linewalker.limbs.profile import Gait

MINIMUM_JERK_PEAK = 1.44
"""Greatest acceleration of a minimum-jerk motion over that of the motion that speeds up and brakes with all it has."""
TUNED_AT_M = 0.61
"""Height of the centre of mass of the robot that the numbers of `RecoveryTuning` were found with: a G1."""


@dataclass(frozen=True, kw_only=True)
class RecoveryTuning:
    """When and how to recover, for a robot whose centre of mass is `TUNED_AT_M` high; `for_height` is for others.

    Attributes:
        jump_m: DCM error at which recovery begins; calm_m that at the beginning of a step at which it ends.
        hard_m: DCM error beyond which steps may be quicker than those of walking, as when it was shoved.
        shove_ahead_m, shove_aside_m: way of the DCM within forget_s that was not commanded, at which it begins too.
        crouch_m: how much lower the centre of mass is carried: a bent leg reaches farther.
        sink_stiffness, sink_damping, sink_m_s2: of the way down, 1/s^2 and 1/s, and its greatest acceleration.
        shortest_s: time of a quick step.
        widest_m, longest_m: reach of such a step sideways and ahead.
        swing_m_s2, drop_m_s: acceleration of the swing foot over the floor, and its speed down to it.
        swing_stiffness, swing_damping: of its control, 1/s^2 and 1/s.
        tilt_price: of tilting the pelvis: a leg that hangs from a tilted pelvis does not reach.
        foothold_cost, time_cost, end_cost: of leaving the nominal foothold and time, and of what is left at the end.
        last_s, landing_m: time before touchdown in which the step of a foot that is no higher is left as it is.
        idle_s: time of a step in which the foot does not travel: the load leaves it.
        haste_s: least time from a decision to touchdown of a foot close to the floor.
    """

    jump_m: float = 0.08
    calm_m: float = 0.06
    hard_m: float = 0.11
    shove_ahead_m: float = 0.07
    shove_aside_m: float = 0.03
    forget_s: float = 0.1
    crouch_m: float = 0.06
    sink_stiffness: float = 100.0
    sink_damping: float = 18.0
    sink_m_s2: float = 4.0
    shortest_s: float = 0.17
    widest_m: float = 0.60
    longest_m: float = 0.50
    swing_m_s2: float = 60.0
    drop_m_s: float = 0.8
    swing_stiffness: float = 900.0
    swing_damping: float = 56.0
    tilt_price: float = 0.002
    foothold_cost: float = 0.1
    time_cost: float = 0.3
    end_cost: float = 20.0
    last_s: float = 0.06
    landing_m: float = 0.01
    idle_s: float = 0.05
    haste_s: float = 0.05

    def for_height(self, com_height_m: float) -> RecoveryTuning:
        """That of a robot with the same shape and another height: what falls under gravity falls alike.

        Dynamic similarity (R. McN. Alexander, Physiol. Rev. 69, 1989): lengths grow as the height, times and speeds as
        its root, accelerations stay. ``time_cost`` keeps its weight beside that of lengths.
        """
        taller = com_height_m / TUNED_AT_M
        scaled = {name: getattr(self, name) * taller**power for name, power in _POWERS.items()}
        return replace(self, **scaled)


_LENGTHS = "jump_m calm_m hard_m shove_ahead_m shove_aside_m crouch_m widest_m longest_m landing_m time_cost"
_TIMES = "forget_s shortest_s drop_m_s last_s idle_s haste_s"
_POWERS = (
    dict.fromkeys(_LENGTHS.split(), 1.0)
    | dict.fromkeys(_TIMES.split(), 0.5)
    | {"sink_stiffness": -1.0, "swing_stiffness": -1.0, "sink_damping": -0.5, "swing_damping": -0.5}
)
"""Power of the height with which each number of `RecoveryTuning` grows; the others stay."""


class Recovery:
    """Recovery of one robot.

    Attributes:
        active: whether the running step is one of recovery.
        crouch_m: how much lower the centre of mass is to be at present.
    """

    def __init__(self, gait: Gait, com_height_m: float, legs: Legs, tuning: RecoveryTuning | None = None):
        t = self.tuning = (tuning or RecoveryTuning()).for_height(com_height_m)
        self.legs = legs
        self.omega = omega = natural_frequency(com_height_m)
        self.active, self._begins, self._error_m = False, False, 0.0
        self._hard, self._unhurried_s = False, gait.shortest_s
        self._felt = np.zeros(4)
        self._timing = np.array([gait.step_s, t.shortest_s, gait.longest_s, omega, t.haste_s, t.swing_m_s2, t.idle_s])
        self._reach = np.array([t.longest_m, t.longest_m, gait.narrowest_m, t.widest_m] + [0.0, 0.0])
        self.spin_price = np.array([t.tilt_price, t.tilt_price, CALM_SPIN[2]])
        self.swing_gains = np.array([t.swing_stiffness, t.swing_damping])
        self._costs = np.array([t.foothold_cost, t.time_cost, t.end_cost])

    @property
    def crouch_m(self) -> float:
        """See the class."""
        return self.tuning.crouch_m if self.active else 0.0

    def begin(self, body: Dynamics) -> None:
        """Walking begins: nothing has been felt yet."""
        self._felt[:2], self._felt[2:] = 0.0, body.com_v[:2]

    def feel(self, body: Dynamics, commanded: Array, dt: float) -> None:
        """Note how the centre of mass was accelerated beside what was commanded: there a push shows first.

        Args:
            body: as it is now.
            commanded: acceleration of the centre of mass commanded a period ago, (3,).
            dt: period.
        """
        feel_shove(body.com_v, commanded, dt, self.omega, self.tuning.forget_s, self._felt)

    def _shoved(self, yaw: float) -> bool:
        """Whether that is more than walking does by itself: along its way much more than aside."""
        (x, y, _, _), c, s = self._felt.tolist(), cos(yaw), sin(yaw)
        ahead, aside = c * x + s * y, c * y - s * x
        return hypot(ahead / self.tuning.shove_ahead_m, aside / self.tuning.shove_aside_m) > 1.0

    def begin_step(self) -> None:
        """A step begins: recovery ends if its plan finds the DCM about where it belongs."""
        self._begins = True

    def notice(self, dcm: Array, stance: Array, elapsed: float, touchdown_dcm: Array, step_s: float) -> bool:
        """Compare the DCM with where the plan has it at this time; returns whether to recover."""
        self._error_m = off_plan(dcm, stance, touchdown_dcm, exp(-self.omega * max(step_s - elapsed, 0.0)))
        keeps_on = self.active and (not self._begins or self._error_m > self.tuning.calm_m)
        shoved = self._shoved(stance[2])
        self._hard = shoved or self._error_m > self.tuning.hard_m or (self._hard and keeps_on)
        self._timing[1] = self.tuning.shortest_s if self._hard else self._unhurried_s
        self.active, self._begins = keeps_on or shoved or self._error_m > self.tuning.jump_m, False
        return self.active

    def crouch(self, body: Dynamics, floor_m: float, height_m: float, com_acc: Array) -> None:
        """Lower the centre of mass quickly; horizontally it then falls with (g + z'') / z instead of g / z."""
        t = self.tuning
        down = t.sink_stiffness * (height_m - body.com[2]) - t.sink_damping * body.com_v[2]
        com_acc[2] = min(max(down, -t.sink_m_s2), t.sink_m_s2)
        com_acc[:2] *= (GRAVITY + com_acc[2]) / (body.com[2] - floor_m) / self.omega**2

    def look_ahead(
        self, body: Dynamics, stance: Array, elapsed: float, last: float, plan: Array, side: int, foothold: Array
    ) -> float:
        """Choose the foothold (written) and the time of touchdown (returned), which was to be ``last`` so far."""
        swing = body.foot_p[side]
        height = max(0.0, float(swing[2] - body.foot_p[1 - side, 2]))
        self._timing[4] = min(self.tuning.haste_s + height / self.tuning.drop_m_s, last - elapsed)
        point = capture_point(body, self.omega)
        lever = self._reach_from(body, side, stance[2])
        T, _ = look_ahead(
            (point, body.com[:2], lever),
            stance,
            elapsed,
            plan,
            (swing[:2], body.foot_v[side, :2]),
            self._timing,
            self._reach,
            self._costs,
            foothold,
        )
        return float(T)

    def spare_hips(self, foot_acc: Array) -> None:
        """Bound the acceleration of the swing foot over the floor: beyond it hips turn the pelvis, not the leg."""
        most = MINIMUM_JERK_PEAK * self.tuning.swing_m_s2
        foot_acc[:2] *= min(1.0, most / max(hypot(foot_acc[0], foot_acc[1]), 1e-9))

    def settled(self, body: Dynamics, elapsed: float, last: float, side: int) -> bool:
        """Whether the step is as good as done: little time is left, and the foot is close to the floor."""
        return (
            elapsed + self.tuning.last_s > last
            and body.foot_p[side, 2] < body.foot_p[1 - side, 2] + self.tuning.landing_m
        )

    def _reach_from(self, body: Dynamics, side: int, yaw: float) -> Array:
        """Note how far a leg reaches from its hip; returns where a sole below that is from the centre of mass, (2,).

        The hip is where it is, the pelvis tilted as it is, and comes down half of what it still has to.
        """
        legs, reach = self.legs, self.legs.reach
        height_m = 0.5 * (legs.height_m(side) + reach.hip_height_m - self.tuning.crouch_m)
        self._reach[4], self._reach[5] = reach.radius_m(height_m), reach.lean_m(height_m)
        ahead = reach.toe_m * np.array([np.cos(yaw), np.sin(yaw)])
        return np.asarray(legs.hips[side, :2] - body.com[:2] + ahead)
