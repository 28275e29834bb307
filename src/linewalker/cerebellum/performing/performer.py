"""The controller of a biped that also dances: a plan of feet, pelvis, upper body and centre of mass, followed in time.

    motion = Performer(profile)
    ...                                        # stand for a second
    motion.perform(plan, begin_s=now_s + 0.5)
    while motion.state.mode is Mode.DANCING:
        robot.act(motion.tick(robot.sense()))

It writes the same tasks as standing and walking do. Feet that land elsewhere than planned shift the plan; what the
pressure under the soles can not mend moves the next foothold; what that can not mend is left to the recovery of
walking, and when the robot stands again it dances on with the next phrase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.balance.whole_body import CALM_SPIN
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.cerebellum.body.feet import LEFT, RIGHT, middle_of, turn
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.performing.dancing_feet import DancingFeet
from linewalker.cerebellum.performing.follow_kernel import lead_body, shifts_ahead
from linewalker.cerebellum.performing.plan import DancePlan
from linewalker.cerebellum.performing.plan_reader import PlanReader
from linewalker.errors import MotionRefused
from linewalker.geometry import exp_so3, log_so3, wrap_angle
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S


@dataclass(frozen=True, kw_only=True)
class PerformerTuning:
    """How a plan is followed.

    Attributes:
        dcm_gain: of the pressure point on the DCM error.
        sole_share: of half length and half width of a sole that feedback may use.
        height_stiffness, height_damping: of the centre of mass; attitude_stiffness, attitude_damping: of the pelvis.
        ahead_s, ahead_step_s: how far ahead shifted feet are reckoned with, and how finely.
        lost_m: DCM error at which walking's recovery takes over; with a foot in the air, lost_swing_m.
        blend_s: in which the upper body goes over from where it is to the plan.
        rejoin_s: least time from standing again to the next phrase.
    """

    dcm_gain: float = 2.2
    sole_share: tuple[float, float] = (0.9, 0.85)
    height_stiffness: float = 120.0
    height_damping: float = 22.0
    attitude_stiffness: float = 200.0
    attitude_damping: float = 28.0
    ahead_s: float = 0.9
    ahead_step_s: float = 0.03
    lost_m: float = 0.09
    lost_swing_m: float = 0.07
    blend_s: float = 0.8
    rejoin_s: float = 0.3


class Performer(MotionController):
    """See the module.

    Args:
        profile, period_s: as for `MotionController`.

    Attributes:
        plan_s: time in the plan, below 0 before it begins.
        handovers: plan times at which walking's recovery took over.
        rejoined: plan times at which it danced on.
        dcm_error: of the last tick, (2,).
    """

    def __init__(
        self, profile: RobotProfile, period_s: float = CONTROL_PERIOD_S, tuning: PerformerTuning | None = None
    ):
        super().__init__(profile, period_s)
        self.tuning = tuning if tuning is not None else PerformerTuning()
        self._reader: PlanReader | None = None
        self._begin_s, self.plan_s, self._from_s, self._ending = 0.0, -1.0, 0.0, False
        self.handovers, self.rejoined = list[float](), list[float]()
        self.dcm_error = np.zeros(2)
        self._X_WP, self._frame, self._shift, self._shifts = np.zeros(3), np.zeros(3), np.zeros(2), np.zeros(4)
        self._told, self._blend = np.zeros(4), np.zeros(0)
        profile, t = self.profile, self.tuning
        sole = np.array([profile.sole_half_length_m, profile.sole_half_width_m]) * np.array(t.sole_share)
        gains = [t.height_stiffness, t.height_damping, t.attitude_stiffness, t.attitude_damping]
        self._numbers = np.array([*sole, t.dcm_gain, 0.0, 1.0, period_s, *gains])
        step = round(t.ahead_step_s * 100.0)
        self._clock = np.array([0.0, step, t.ahead_s / t.ahead_step_s, 0.01])
        self._feet = DancingFeet(self)

    # ---- commands

    def perform(self, plan: DancePlan, *, begin_s: float) -> None:
        """Dance a plan from a robot time on, here.

        Raises:
            MotionRefused: the robot does not stand.
        """
        if self.mode is not Mode.STANDING:
            raise MotionRefused(f"the robot is {self.mode.value}; it dances out of a stand")
        self._reader, self._begin_s, self._ending = PlanReader(plan), begin_s, False
        self.handovers, self.rejoined = [], []
        self._enter(0.0)

    def stop(self) -> None:
        """Come to a stand as soon as both feet are on the floor."""
        self._ending = True
        super().stop()

    def halt(self) -> None:
        """Come to a stand at once: on both feet, or with the foot in the air and as few steps as balance allows."""
        self._reader = None
        if self.mode is Mode.DANCING:
            self._leave(None if self._feet.on.all() else self._feet.swinging)
        super().halt()

    def _set_out(self, at_once: int | None = None) -> None:
        if self.mode is Mode.DANCING:
            raise MotionRefused("the robot dances; stop it before it is to walk")
        super()._set_out(at_once)

    # ---- the tick

    def _tick_mode(self) -> None:
        if self._reader is not None and self.mode is not Mode.DANCING:
            self._rejoin(self._reader)
        if self._reader is not None and self.mode is Mode.DANCING:
            self._tick_dancing(self._reader)
        else:
            super()._tick_mode()

    def _carry_upper_body(self) -> None:
        if self.mode is not Mode.DANCING or self._reader is None:
            super()._carry_upper_body()

    def _enter(self, plan_s: float) -> None:
        """Begin to follow the plan from a time of it on, where the robot stands."""
        assert self._reader is not None
        reader = self._reader
        reader.read(plan_s)
        self.mode, self._arrived, self.plan_s, self._from_s = Mode.DANCING, False, plan_s, plan_s
        left, right = reader.ways[LEFT, 0], reader.ways[RIGHT, 0]
        first, here = middle_of(left[[0, 1, 3]], right[[0, 1, 3]]), self.middle_W
        yaw = wrap_angle(here[2] - first[2])
        self._X_WP = np.array([*(here[:2] - turn(yaw, first[:2])), yaw])
        self._frame[:] = self._in_odometry(self._X_WP)
        self._feet.begin(reader, plan_s)
        body = self.dynamics
        self._shift[:] = turn(-self._frame[2], body.com[:2] - self._frame[:2]) - reader.body[:2]
        self._blend = self.upper_body.q - reader.rest

    def _tick_dancing(self, reader: PlanReader) -> None:
        now_s = self.clock.time_s
        self.plan_s = max(self._from_s, now_s - self._begin_s)
        if self.plan_s >= reader.plan.duration_s - 0.02 or (self._ending and self._feet.resting(0.25)):
            self._reader = None
            self._leave(None)
            super()._tick_mode()
            return
        reader.read(self.plan_s)
        body, tasks, feet, numbers = self.dynamics, self.tasks, self._feet, self._numbers
        rate = 1.0 if now_s - self._begin_s >= self._from_s else 0.0
        tasks.contact[:], tasks.max_force_n[:] = 1.0, 3.0 * body.mass * GRAVITY
        tasks.foot_acc[:] = -self.walking.tuning.stance_damping * body.foot_v
        self.planned[:] = True
        feet.tick(reader, self.plan_s, rate)
        self._clock[0] = reader.sample
        shifts_ahead(reader.share, self._clock, feet.errors_ahead, feet.lift_s, self.omega, self._shifts)
        numbers[3] = body.foot_p[feet.on, 2].mean() if feet.on.any() else body.foot_p[:, 2].min()
        numbers[4] = rate
        lead_body(
            reader.body,
            self._frame,
            self._shifts,
            self._shift,
            (body.com, body.com_v, body.base_R, body.base_w),
            (body.foot_p, body.foot_R),
            feet.on,
            numbers,
            (tasks.com_acc, tasks.spin_acc, self._told),
        )
        tasks.spin_price[:] = CALM_SPIN
        self.dcm_error = self._told[:2]
        self._lead_upper_body(reader, rate)
        feet.step_aside(reader, self.plan_s, self._told[:2])
        self._watch()

    def _lead_upper_body(self, reader: PlanReader, rate: float) -> None:
        upper, t = self.upper_body, self.tuning
        share = (self.clock.time_s - self._begin_s - self._from_s) / t.blend_s
        upper.q[:], upper.dq[:], upper.ddq[:] = reader.rest, reader.rest_v, reader.rest_a
        if rate == 0.0:
            upper.dq[:], upper.ddq[:] = 0.0, 0.0
        left = 1.0 - min(max(share, 0.0), 1.0)
        if left > 0.0:
            upper.q += self._blend * left**3 * (10.0 - 15.0 * left + 6.0 * left**2)
            upper.dq -= rate * self._blend * 30.0 * left**2 * (1.0 - left) ** 2 / t.blend_s
            upper.ddq += rate * self._blend * 60.0 * left * (1.0 - left) * (1.0 - 2.0 * left) / t.blend_s**2

    def _watch(self) -> None:
        """Hand over to walking's recovery before balance is lost."""
        error, t = float(np.hypot(*self.dcm_error)), self.tuning
        bound = t.lost_m if self._feet.on.all() else t.lost_swing_m
        if error < bound or self.plan_s - self._from_s < 0.1:
            return
        self.handovers.append(self.plan_s)
        if self._feet.on.all():
            towards = turn(-self.walking.middle()[2], self.dcm_error)[1]
            self._leave(LEFT if towards > 0.0 else RIGHT)
        else:
            self._leave(self._feet.swinging)

    def _leave(self, swing: int | None) -> None:
        """Go over to standing, or to walking with a foot that swings."""
        yaw = float(self.walking.middle()[2])
        self.upper_body.offsets[:] = 0.0
        self.upper_body.offsets[1:4] = log_so3(exp_so3([0.0, 0.0, -yaw]) @ self.dynamics.base_R)
        self.mode, self._arrived = Mode.STANDING, True
        self.planned[:] = True
        if swing is None:
            self.standing.begin()
            return
        self._velocity.wanted[:] = 0.0
        self._path_W, self._course = [], self._velocity
        super()._set_out(at_once=swing)

    def _anchor(self) -> None:
        """Take the plan's place in odometry from the station anew; where the body is to be does not jump by it."""
        frame = self._frame
        place = frame[:2] + turn(frame[2], self._shift)
        frame[:] = self._in_odometry(self._X_WP)
        self._shift[:] = turn(-frame[2], place - frame[:2])

    def _rejoin(self, reader: PlanReader) -> None:
        """Once it stands again: on with the next phrase, when that can be taken up."""
        t = self.tuning
        if self.mode is Mode.FALLEN or self._ending:
            self._reader = None
            return
        if self.mode is not Mode.STANDING or self.standing.time_s < t.rejoin_s or not self.calm:
            return
        now_s = self.clock.time_s - self._begin_s
        later = reader.entries_s[reader.entries_s > now_s]
        if len(later) == 0:
            self._reader = None
        elif later[0] - now_s < 2.0 * self.period_s:
            self.rejoined.append(float(later[0]))
            self._enter(float(later[0]))
