"""Feet of a dance: which stand, where those that swing are to go, and what their landings miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.cerebellum.body.feet import SIDE, turn
from linewalker.cerebellum.performing.follow_kernel import lead_foot
from linewalker.cerebellum.performing.plan_reader import NEVER_S, PlanReader
from linewalker.geometry import Array, wrap_angle

if TYPE_CHECKING:
    from linewalker.cerebellum.performing.performer import Performer

BACK_M, BACK_RAD = 0.03, 0.06
"""How much of its error over the floor a step makes good."""
RAMP_S, LOAD_S = 0.05, 0.03
"""In which load leaves a foot before it swings, and comes onto it after it has landed."""
LATEST_S = 0.10
"""After its time a foot is taken to stand."""
_REACH_DOWN_M_S, _PRESS_M, _TOUCHING_M = 0.3, 0.002, 0.003
_FEELING, _MEANT = 0.85, 0.7
_ASIDE_M, _ASIDE_PER_TICK_M, _TOO_LATE_S = 0.12, 0.004, 0.06
_MENDS = 0.5
_GAINS = np.array([500.0, 42.0])


class DancingFeet:
    """State of both feet of a performer.

    Attributes:
        on: which stand, (2,) bool.
        lift_s: when each next leaves the floor, in the time of the plan, (2,).
        errors_ahead: of each foot over the floor, now and after its next swing, in the plan's axes, (2, 2) each.
        landings: foot, planned and actual time of each landing in the plan.
    """

    def __init__(self, performer: Performer):
        self._performer = performer
        self.on, self.lift_s = np.array([True, True]), np.full(2, NEVER_S)
        self._here, self._there = np.zeros((2, 3)), np.zeros((2, 3))
        self.errors_ahead = (np.zeros((2, 2)), np.zeros((2, 2)))
        self._lifted, self._goal, self._late_m = np.zeros((2, 3)), np.zeros((2, 3)), np.zeros(2)
        self._swing, self._landed_s = np.zeros(2, int), np.full(2, -9.0)
        self.landings: list[tuple[int, float, float]] = []
        self._way = np.zeros((3, 6))

    @property
    def swinging(self) -> int:
        """The foot in the air."""
        return int(np.argmin(self.on))

    def begin(self, reader: PlanReader, plan_s: float) -> None:
        """Both feet stand, wherever that is."""
        self.on[:], self._landed_s[:], self.landings = True, -9.0, []
        for f in range(2):
            self._swing[f] = reader.begun(f, plan_s)
            self._note(f, reader)

    def resting(self, seconds: float) -> bool:
        """Whether both feet stand and go on to for a while."""
        return bool(self.on.all() and (self.lift_s - self._performer.plan_s > seconds).all())

    def _note(self, f: int, reader: PlanReader) -> None:
        """How a standing foot misses its place in the plan: x, y, yaw."""
        performer = self._performer
        frame, at = performer._frame, performer.walking.foot_pose(f)
        x, y = turn(-frame[2], at[:2] - frame[:2])
        wanted = reader.ways[f, 0]
        self._here[f] = [x - wanted[0], y - wanted[1], wrap_angle(at[2] - frame[2] - wanted[3])]

    def tick(self, reader: PlanReader, plan_s: float, rate: float) -> None:
        """Write the tasks of both feet."""
        for f in range(2):
            self._tick_foot(f, reader, plan_s, rate)
        for f in range(2):
            self._there[f] = self._error_to_have(1 - f)
            self.errors_ahead[0][f] = self._here[f, :2] if self.on[f] else self._goal[f, :2]
            self.errors_ahead[1][f] = self._there[f, :2]

    def _error_to_have(self, stance: int) -> Array:
        """The error the next foothold shall have: that of the other foot, less what a step makes good."""
        error = (self._here if self.on[stance] else self._goal)[stance].copy()
        size = float(np.hypot(error[0], error[1]))
        error[:2] *= max(0.0, 1.0 - BACK_M / max(size, 1e-9))
        error[2] -= np.clip(error[2], -BACK_RAD, BACK_RAD)
        return np.asarray(error)

    def _tick_foot(self, f: int, reader: PlanReader, plan_s: float, rate: float) -> None:
        performer = self._performer
        tasks, weight_n = performer.tasks, performer.dynamics.mass * GRAVITY
        begun = reader.begun(f, plan_s)
        self.lift_s[f] = reader.next_lift_s(f, begun)
        if self.on[f]:
            land_s = reader.lands_s[f][begun - 1] if begun else -NEVER_S
            if begun > self._swing[f] and plan_s < land_s - 0.1 and self.on[1 - f]:
                self._lift(f, reader, begun)
            elif self.lift_s[f] - plan_s < RAMP_S:
                tasks.max_force_n[f] = max(5.0, weight_n * (self.lift_s[f] - plan_s) / RAMP_S)
            elif plan_s - self._landed_s[f] < LOAD_S:
                tasks.max_force_n[f] = max(30.0, weight_n * (plan_s - self._landed_s[f]) / LOAD_S)
        if not self.on[f]:
            self._swing_foot(f, reader, plan_s, rate)

    def _lift(self, f: int, reader: PlanReader, begun: int) -> None:
        performer = self._performer
        performer._anchor()
        for k in range(2):
            self._note(k, reader)
        self.on[f], self._swing[f], self._late_m[f] = False, begun, 0.0
        self._lifted[f] = self._here[f]
        self._goal[f] = self._error_to_have(1 - f)

    def _swing_foot(self, f: int, reader: PlanReader, plan_s: float, rate: float) -> None:
        performer = self._performer
        body, way = performer.dynamics, self._way
        lift_s, land_s = reader.lifts_s[f][self._swing[f] - 1], reader.lands_s[f][self._swing[f] - 1]
        share = min(max((plan_s - lift_s) / (land_s - lift_s), 0.0), 1.0)
        blend, speed = share**3 * (10 - 15 * share + 6 * share**2), 30 * share**2 * (1 - share) ** 2 / (land_s - lift_s)
        change = self._goal[f] - self._lifted[f]
        way[:] = reader.ways[f]
        way[1] *= rate
        for k, column in ((0, 0), (1, 1), (2, 3)):
            way[0, column] += self._lifted[f, k] + blend * change[k]
            way[1, column] += rate * speed * change[k]
        floor_m = body.foot_p[1 - f, 2]
        way[0, 2] += floor_m - _PRESS_M * blend
        if plan_s >= land_s - 0.01:  # the floor is lower than thought: reach down for it
            self._late_m[f] += _REACH_DOWN_M_S * performer.period_s
            way[0, 2] -= self._late_m[f]
            way[1, 2], way[2, 2] = -_REACH_DOWN_M_S, 0.0
        out = performer.tasks.foot_acc[f]
        lead_foot(way, performer._frame, (body.foot_p[f], body.foot_R[f], body.foot_v[f]), _GAINS, out)
        performer.walking.legs.spare(f, out)
        performer.tasks.contact[f] = 0.0
        performer.planned[f] = share > _MEANT
        felt = share > _FEELING and bool(performer.estimator.contact.down[f])
        reached = plan_s > land_s - 0.004 and body.foot_p[f, 2] < floor_m + _TOUCHING_M
        if felt or reached or plan_s > land_s + LATEST_S:
            self._land(f, reader, plan_s, float(land_s))

    def _land(self, f: int, reader: PlanReader, plan_s: float, land_s: float) -> None:
        performer = self._performer
        self.on[f], self._landed_s[f] = True, plan_s
        performer.tasks.contact[f] = 1.0
        performer._steps += 1
        at, frame, wanted = performer.walking.foot_pose(f), performer._frame, reader.foothold(f, land_s)
        x, y = turn(-frame[2], at[:2] - frame[:2])
        self._here[f] = [x - wanted[0], y - wanted[1], wrap_angle(at[2] - frame[2] - wanted[2])]
        self.landings.append((f, land_s, plan_s))

    def step_aside(self, reader: PlanReader, plan_s: float, dcm_error: Array) -> None:
        """Move the foothold under way by what pressure under the other foot leaves undone (odometry axes)."""
        if self.on.all():
            return
        performer, f = self._performer, self.swinging
        left_s = float(reader.lands_s[f][self._swing[f] - 1]) - plan_s
        if left_s < _TOO_LATE_S:
            return
        grow = float(np.exp(performer.omega * left_s))
        frame, stance = performer._frame, performer.walking.foot_pose(1 - f)
        profile = performer.profile
        sole = _MENDS * np.array([profile.sole_half_length_m, profile.sole_half_width_m]) * (1.0 - 1.0 / grow)
        error = turn(-stance[2], dcm_error)
        beyond = np.clip(np.sign(error) * np.maximum(np.abs(error) - sole, 0.0) * grow, -_ASIDE_M, _ASIDE_M)
        wanted = reader.foothold(f, float(reader.lands_s[f][self._swing[f] - 1]))
        goal = self._error_to_have(1 - f)[:2] + turn(stance[2] - frame[2], beyond)
        other = np.array([*turn(-frame[2], stance[:2] - frame[:2]), stance[2] - frame[2]])
        apart = turn(-other[2], wanted[:2] + goal - other[:2])
        gait = profile.gait
        apart[1] = SIDE[f] * np.clip(SIDE[f] * apart[1], gait.narrowest_m, gait.widest_m)
        goal = other[:2] + turn(other[2], apart) - wanted[:2]
        self._goal[f, :2] += np.clip(goal - self._goal[f, :2], -_ASIDE_PER_TICK_M, _ASIDE_PER_TICK_M)
