"""Walking: one step after the other, each adapted in place and time while it runs.

The centre of mass is steered as a linear inverted pendulum through its divergent component of motion
xi = c + v / omega. A step aims at the foothold the planner wants; foothold and touchdown time give way when xi strays
(Khadiv et al. 2016), and what is left is met by shifting the centre of pressure under the foot.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import hypot

import numpy as np

from linewalker.cerebellum.balance.steering_kernel import steer_com, steer_yaw
from linewalker.cerebellum.balance.whole_body import CALM_SPIN, Tasks
from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.body.feet import LEFT, RIGHT, SIDE, foot_beside, middle_of, turn
from linewalker.cerebellum.body.leg_reach import Legs
from linewalker.cerebellum.body.pendulum import capture_point, divergent_component, natural_frequency
from linewalker.cerebellum.walking.course import Course
from linewalker.cerebellum.walking.footsteps import StepPlanner
from linewalker.cerebellum.walking.push_recovery import Recovery
from linewalker.cerebellum.walking.walk_kernel import adapt_step, pressure_point, steer_swing
from linewalker.geometry import Array, wrap_angle, yaw_of
from linewalker.limbs.profile import RobotProfile

HEADING_S = 0.1
"""Time constant in which the pelvis follows the heading of the feet."""
EARLY_S = 0.02
"""How long before touchdown the swing foot hovers over its foothold."""
TOO_LATE_S = 0.08
"""A step that ends sooner is not planned anew."""
FEELING = 0.8
"""StepPhase of the lift from which on a force at the swing foot is believed to be the floor."""
RELIFT_S = 0.03
"""A touchdown put off by more lets a descending foot rise once more."""
BACK, AHEAD = 0.6413, 0.8017
"""How far behind and ahead of the foot that stands the other may land, as shares of the length of a leg: the legs
open by 37 and by 47 degrees."""
PRESS_M = 0.002
"""How far below the stance foot the swing foot aims, so that it meets the floor."""


@dataclass(frozen=True, kw_only=True)
class WalkTuning:
    """Gains of walking; see the functions that use them.

    Attributes:
        nominal_cost, time_cost, viability_cost: weights of step adaptation: keep the foothold, keep the time, catch xi.
        pressure_gain: of the centre of pressure under the stance foot; pressure_share of the sole it may use.
        shift_s: time of the weight shift before the first step.
        swing_stiffness, swing_damping: of the swing foot, 1/s^2 and 1/s.
        stance_damping: of a foot that stands, 1/s.
        height_stiffness, height_damping: of the height of the centre of mass.
        tilt_stiffness, tilt_damping: of the pelvis.
        linger_s: by how much the way down is stretched; the sole meets the floor before the end of it.
        touching_m: a foot that is due and no higher than this above the other one stands on the floor.
        late_s: how much later than planned a touchdown may come before the foot is taken to stand.
        bias_gain, bias_limit_m: learning of a constant offset of the centre of mass from where feet land.
    """

    nominal_cost: float = 1.0
    time_cost: float = 0.1
    viability_cost: float = 200.0
    pressure_gain: float = 2.5
    pressure_share: float = 0.8
    shift_s: float = 0.45
    swing_stiffness: float = 400.0
    swing_damping: float = 36.0
    stance_damping: float = 30.0
    height_stiffness: float = 60.0
    height_damping: float = 15.0
    tilt_stiffness: float = 150.0
    tilt_damping: float = 24.0
    linger_s: float = 0.025
    touching_m: float = 0.003
    late_s: float = 0.15
    bias_gain: float = 0.1
    bias_limit_m: float = 0.02


class StepPhase(Enum):
    """What walking is about."""

    SHIFT = "weight moves over the foot that will stand"
    STEP = "one foot swings"
    DONE = "the goal is reached, or stopping succeeded"


class Walk:
    """Walking from standing to standing.

    Attributes:
        phase: what it is about.
        stance: the foot that stands.
        steps: touchdowns since `begin`.
        planned: which feet are meant to stand, for the estimator, (2,) bool.
        com_bias: learnt offset of the centre of mass in the frame of the stance foot, (2,).
        braking: whether it comes to a stand because it was told to: its plan then runs ahead of the body.
    """

    def __init__(self, profile: RobotProfile, dynamics: Dynamics, tuning: WalkTuning | None = None):
        self.gait, self.dynamics = profile.gait, dynamics
        self.tuning = tuning if tuning is not None else WalkTuning()
        self.omega = natural_frequency(profile.com_height_m)
        self.planner = StepPlanner(profile.gait, self.omega)
        self._height_m = profile.com_height_m
        self.phase, self.stance, self.steps = StepPhase.DONE, RIGHT, 0
        self.planned = np.array([True, True])
        self.com_bias, self.braking = np.zeros(2), False
        self.legs = Legs(profile, dynamics)
        self.recovery = Recovery(profile.gait, profile.com_height_m, self.legs)
        self.yaw = 0.0
        """Heading of the pelvis."""
        self._course: Course
        self._longest_m, self._stride_m = 0.0, 0.0
        self._time_s, self._touchdown_s = 0.0, 0.0
        self._stance_pose, self._plan, self._foothold = np.zeros(4), np.zeros(4), np.zeros(2)
        self._swing, self._swing_goal = np.zeros((3, 3)), np.zeros(3)
        self._clock, self._heights = np.zeros(4), np.array([0.0, 0.0, self.gait.clearance_m, 0.0])
        self._com_offset, self._dcm_at_touchdown = np.zeros(2), np.zeros(2)
        self._dcm_from, self._dcm_to = np.zeros(2), np.zeros(2)
        gait, t = self.gait, self.tuning
        self._timing = np.array(
            [gait.step_s, gait.shortest_s, gait.longest_s, gait.step_s, self.omega]
            + [t.nominal_cost, t.time_cost, t.viability_cost]
        )
        leg_m = self.legs.reach.length_m
        self._reach = np.array([BACK * leg_m, AHEAD * leg_m, gait.narrowest_m, gait.widest_m])
        sole = t.pressure_share * np.array([profile.sole_half_length_m, profile.sole_half_width_m])
        self._pressure = np.array([self.omega, t.pressure_gain, *sole])
        self._com_gains = np.array([self.omega**2, t.height_stiffness, t.height_damping])
        self._tilt_gains = np.array([t.tilt_stiffness, t.tilt_damping])
        self._swing_gains = np.array([t.swing_stiffness, t.swing_damping])
        self._two = np.zeros(2)

    def foot_pose(self, side: int) -> Array:
        """x, y, yaw of a foot."""
        body = self.dynamics
        return np.array([body.foot_p[side, 0], body.foot_p[side, 1], yaw_of(body.foot_R[side])])

    def middle(self) -> Array:
        """x, y, yaw midway between the feet."""
        return middle_of(self.foot_pose(LEFT), self.foot_pose(RIGHT))

    @property
    def step_time_s(self) -> float:
        """Time since the running phase began."""
        return self._time_s

    def middle_ahead(self) -> Array:
        """Middle pose that belongs to the foot that swings or has just landed."""
        swing = 1 - self.stance
        return foot_beside(self.foot_pose(swing), self.stance, self.gait.half_width_m)

    def dcm(self) -> Array:
        """Divergent component of motion, (2,), without the learnt offset of the centre of mass."""
        return divergent_component(self.dynamics, self.omega, self._com_offset)

    def capture_point(self) -> Array:
        """Where the body would come to rest above, (2,): the DCM with the angular momentum counted in."""
        return capture_point(self.dynamics, self.omega)

    def begin(self, course: Course, *, at_once: int | None = None) -> None:
        """Start walking along a course; ``at_once`` is a foot that is to swing without a weight shift."""
        self._course, self.steps = course, 0
        self.recovery.begin(self.dynamics)
        gait, middle = self.gait, self.middle()
        self._longest_m, self._stride_m = gait.ramp_m, 0.0
        self.yaw = middle[2]
        if at_once is not None:
            self._begin_step(1 - at_once)
            return
        swing = self._first_swing(course, middle)
        self.stance, self.phase, self._time_s = 1 - swing, StepPhase.SHIFT, 0.0
        self.planned[:] = True
        pose = self.foot_pose(self.stance)
        self._stand_on(pose, swing)
        self._make_plan(pose)
        self._dcm_from = self.dcm()
        self._dcm_to = pose[:2] + (self._dcm_at_touchdown - pose[:2]) * self.planner.decay

    def _first_swing(self, course: Course, middle: Array) -> int:
        """The foot on the side the course bends to, so that it has room."""
        first = course.middles(middle, SIDE[LEFT], self._longest_m, 1)[0]
        left = turn(-middle[2], first[:2] - middle[:2])[1] + self.gait.half_width_m * wrap_angle(first[2] - middle[2])
        return LEFT if left >= 0 else RIGHT

    def set_course(self, course: Course) -> None:
        """Follow another course from the next step on."""
        self._course = course

    @property
    def stride_m_s(self) -> float:
        """Length of the running stride over the time of a step."""
        return self._stride_m / self.gait.step_s

    def aim_anew(self) -> None:
        """Plan the running step anew on its course, if the swing foot still has time for it."""
        if self.phase is StepPhase.STEP and self._touchdown_s - self._time_s > TOO_LATE_S:
            self._make_plan(self._stance_pose[:3])

    def _stand_on(self, pose: Array, swing: int) -> None:
        self._stance_pose = np.array([*pose, SIDE[swing]])
        self._com_offset = turn(pose[2], self.com_bias)

    def _make_plan(self, stance_pose: Array) -> None:
        footholds = self.planner.footholds(stance_pose, self.stance, self._course, self._longest_m)
        self._plan[:2] = footholds[0][:2]
        self._dcm_at_touchdown = self.planner.dcm_at_touchdown(footholds)
        self._plan[2:] = self._dcm_at_touchdown - footholds[0][:2]
        self._swing_goal[2] = footholds[0][2]
        half, swing = self.gait.half_width_m, 1 - self.stance
        was, will_be = foot_beside(stance_pose, swing, half), foot_beside(footholds[0], self.stance, half)
        self._stride_m = hypot(will_be[0] - was[0], will_be[1] - was[1])

    def _begin_step(self, stance: int) -> None:
        pose, swing = self.foot_pose(stance), 1 - stance
        self.stance, self.phase, self._time_s = stance, StepPhase.STEP, 0.0
        self._stand_on(pose, swing)
        self.recovery.begin_step()
        self._longest_m = min(self._stride_m + self.gait.ramp_m, self.gait.forward_m)
        self._make_plan(pose)
        self._foothold[:] = self._plan[:2]
        self._touchdown_s = self.gait.step_s
        self._swing[:] = 0.0
        self._swing[0] = self.foot_pose(swing)
        self._clock[3], self._heights[0], self._heights[3] = 0.0, self.dynamics.foot_p[swing, 2], 0.0

    def tick(self, dt: float, down: Array, tasks: Tasks) -> bool:
        """Write this tick's tasks; returns True when a foot has just touched down.

        The caller then decides between `step_on` and `stop`.
        """
        t, body = self.tuning, self.dynamics
        self._time_s += dt
        self.recovery.feel(body, tasks.com_acc, dt)
        tasks.contact[:], tasks.max_force_n[:] = 1.0, 3.0 * body.mass * GRAVITY
        tasks.foot_acc[:] = -t.stance_damping * body.foot_v
        if self.phase is StepPhase.SHIFT:
            return self._tick_shift(dt, tasks)
        return self._tick_step(dt, down, tasks)

    def _tick_shift(self, dt: float, tasks: Tasks) -> bool:
        t, body, omega = self.tuning, self.dynamics, self.omega
        s = min(1.0, self._time_s / t.shift_s)
        blend, rate = s**3 * (10 - 15 * s + 6 * s * s), 30 * s * s * (1 - s) ** 2 / t.shift_s
        way = self._dcm_to - self._dcm_from
        wanted, dcm = self._dcm_from + way * blend, self.dcm()
        pressure = wanted - way * rate / omega + 3.0 * (dcm - wanted)
        self._steer_com(pressure, 0.5 * (body.foot_p[0, 2] + body.foot_p[1, 2]), tasks)
        self._steer_pelvis(dt, self.middle()[2], tasks)
        if s >= 1.0:
            self._begin_step(self.stance)
        return False

    def _tick_step(self, dt: float, down: Array, tasks: Tasks) -> bool:
        gait, body, elapsed, swing = self.gait, self.dynamics, self._time_s, 1 - self.stance
        dcm, pressure = self.dcm(), self._two
        T, target = self._adapt(dcm, elapsed, swing)
        self._touchdown_s = T
        pressure_point(dcm, self._stance_pose, T - elapsed, target, self._pressure, pressure)
        self._steer_com(pressure, body.foot_p[self.stance, 2], tasks)
        phase = (elapsed - gait.transfer_s) / (T - gait.transfer_s)
        self.planned[:] = True
        if elapsed < gait.transfer_s and down[swing]:
            tasks.max_force_n[swing] = max(5.0, body.mass * GRAVITY * (1.0 - elapsed / gait.transfer_s))
            self._swing[0, :2] = body.foot_p[swing, :2]
        else:
            tasks.contact[swing] = 0.0
            self.planned[swing] = phase > 0.6
            self._move_foot(swing, T, dt, tasks)
        heading = self._stance_pose[2] + 0.5 * wrap_angle(self._swing[0, 2] - self._stance_pose[2])
        self._steer_pelvis(dt, heading, tasks)
        if tasks.contact[swing] > 0.0:
            return False
        felt = self._clock[3] > FEELING and bool(down[swing])
        reached = elapsed > T + 0.01 and body.foot_p[swing, 2] < body.foot_p[self.stance, 2] + self.tuning.touching_m
        return felt or reached or elapsed > T + self.tuning.late_s

    def _adapt(self, dcm: Array, elapsed: float, swing: int) -> tuple[float, Array]:
        """Touchdown time of the running step, and where the DCM is to be then; moves the foothold."""
        body, recovery = self.dynamics, self.recovery
        at_touchdown, step_s = self._dcm_at_touchdown, self.gait.step_s
        if self.braking and not recovery.active:
            step_s = self._catch(dcm, elapsed)
            at_touchdown = self._foothold + self._plan[2:]
        if recovery.notice(dcm, self._stance_pose, elapsed, at_touchdown, step_s):
            if recovery.settled(body, elapsed, self._touchdown_s, swing):
                return self._touchdown_s, self._dcm_at_touchdown
            T = recovery.look_ahead(
                body, self._stance_pose, elapsed, self._touchdown_s, self._plan, swing, self._foothold
            )
            if self._touchdown_s + RELIFT_S < T and self._clock[3] > 0.5:
                self._lift_again()
            return T, self._foothold + self._plan[2:]
        return self._catch(dcm, elapsed), self._dcm_at_touchdown

    def _catch(self, dcm: Array, elapsed: float) -> float:
        """Move the foothold to where it catches the DCM; returns the touchdown time that goes with it."""
        self._timing[3] = self._touchdown_s
        return adapt_step(dcm, self._stance_pose, elapsed, self._plan, self._timing, self._reach, self._foothold)

    def _lift_again(self) -> None:
        """Let a descending foot rise once more from where it is: the lift is as high on its way up."""
        clock, heights = self._clock, self._heights
        base, phase = heights[0] + (heights[1] - heights[0]) * clock[3], 1.0 - clock[3]
        heights[0], clock[3] = (base - heights[1] * phase) / (1.0 - phase), phase

    def _move_foot(self, swing: int, T: float, dt: float, tasks: Tasks) -> None:
        body, clock = self.dynamics, self._clock
        hurried = self.recovery.active
        linger_s = 0.0 if hurried else self.tuning.linger_s
        clock[0], clock[1], clock[2] = T - self._time_s - EARLY_S, T - self._time_s + linger_s, dt
        self._heights[1] = body.foot_p[self.stance, 2] - PRESS_M
        self._swing_goal[:2] = self._foothold
        foot = (body.foot_p[swing], body.foot_R[swing], body.foot_v[swing])
        out = tasks.foot_acc[swing]
        gains = self.recovery.swing_gains if hurried else self._swing_gains
        steer_swing(self._swing, self._swing_goal, clock, self._heights, foot, gains, out)
        if hurried:
            self.recovery.spare_hips(out)
        self.legs.spare(swing, out)

    def _steer_com(self, pressure: Array, floor_m: float, tasks: Tasks) -> None:
        body = self.dynamics
        height = self._height_m + floor_m - self.recovery.crouch_m
        steer_com((body.com, body.com_v), self._com_offset, pressure, height, self._com_gains, tasks.com_acc)
        if self.recovery.active:
            self.recovery.crouch(body, floor_m, height, tasks.com_acc)

    def _steer_pelvis(self, dt: float, heading: float, tasks: Tasks) -> None:
        body = self.dynamics
        self.yaw += wrap_angle(heading - self.yaw) * min(1.0, dt / HEADING_S)
        steer_yaw(body.base_R, body.base_w, self.yaw, self._tilt_gains, tasks.spin_acc)
        tasks.spin_price[:] = self.recovery.spin_price if self.recovery.active else CALM_SPIN

    def landed(self) -> None:
        """Book the touchdown of the swing foot."""
        self.steps += 1
        foot = self.foot_pose(1 - self.stance)
        miss = turn(-foot[2], foot[:2] - self._plan[:2])
        if np.hypot(*miss) < 0.05:
            t = self.tuning
            self.com_bias = np.clip(self.com_bias - t.bias_gain * miss, -t.bias_limit_m, t.bias_limit_m)

    def step_on(self) -> None:
        """Go on with a step of the other foot."""
        self._begin_step(1 - self.stance)

    def stop(self) -> None:
        """Stand from here on."""
        self.phase = StepPhase.DONE
        self.planned[:] = True

    def feet_near(self, goal: Array, distance_m: float, angle_rad: float) -> bool:
        """Whether both feet stand where they belong for a middle pose, within bounds."""
        for side in (LEFT, RIGHT):
            foot, wanted = self.foot_pose(side), foot_beside(goal, side, self.gait.half_width_m)
            if np.hypot(*(foot[:2] - wanted[:2])) > distance_m or abs(wrap_angle(foot[2] - wanted[2])) > angle_rad:
                return False
        return True
