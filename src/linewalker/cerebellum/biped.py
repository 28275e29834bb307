"""The motion controller of a biped: sensor readings in, joint commands out, walking and standing in between.

profile = load_profile("g1")
model = floor_model(profile)
robot = SimulatedRobot(model, mujoco.MjData(model), profile, seed=1)
robot.place(0.0, 0.0, 0.0)
motion = MotionController(profile)
for _ in range(500):                       # stand for a second: the first localisation fixes arrive
    robot.act(motion.tick(robot.sense()))
motion.walk_to(1.0, 0.5, np.pi / 2)
while motion.state.mode is Mode.WALKING:    # until it has arrived, or fallen
    robot.act(motion.tick(robot.sense()))
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linewalker.cerebellum.balance.drives import Drives
from linewalker.cerebellum.balance.standing import Stand
from linewalker.cerebellum.balance.stiff_legs import Brace
from linewalker.cerebellum.balance.straight_legs import StraightLegs
from linewalker.cerebellum.balance.upper_body import UpperBody, UpperBodyReference
from linewalker.cerebellum.balance.whole_body import Tasks, WholeBody
from linewalker.cerebellum.body.feet import LEFT, RIGHT, middle_of, on_floor, turn
from linewalker.cerebellum.controller import Mode, MotionState
from linewalker.cerebellum.estimation.drive_delay import DriveLatency
from linewalker.cerebellum.feedback_controller import FeedbackController
from linewalker.cerebellum.walking.arrival import Arrival
from linewalker.cerebellum.walking.course import Course, PathCourse, VelocityCourse, poses_of
from linewalker.cerebellum.walking.walk import StepPhase, Walk
from linewalker.geometry import Array
from linewalker.limbs.model.robot_model import SOLES
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, Readings


class MotionController(FeedbackController):
    """Moves one robot on two legs. Call `tick` with every reading; commands may come between ticks.

    Args:
        profile: the robot.
        period_s: of the control ticks.
    """

    PUSHED_AHEAD, PUSHED_ASIDE = 0.88, 0.4
    """How far off the middle of its soles, as shares of half their length and width, it steps rather than stands."""
    HALT_AT_ONCE_M_S = 0.62
    """A halt from faster than this leaves twice the excess to the next step."""
    BRACED_M = 0.015
    """The legs of a robot that is to stand still are held only while its DCM is so near to where it should be."""

    def __init__(self, profile: RobotProfile, period_s: float = CONTROL_PERIOD_S):
        super().__init__(profile, period_s)
        profile, effort = self.profile, self.effort_nm
        self.wholebody = WholeBody(profile, self.dynamics, effort)
        self.walking, self.standing = Walk(profile, self.dynamics), Stand(profile, self.dynamics)
        self.planned = self.walking.planned
        self.upper_body = UpperBody(profile)
        self.brace = Brace(self.dynamics, effort)
        self._straight_legs = StraightLegs(profile, self.dynamics)
        self.latency = DriveLatency(self.dynamics, period_s)
        self.tasks = Tasks(len(self.dynamics.rest))
        self._reference: UpperBodyReference | None = None
        self._arrived, self._steps = True, 0
        self._velocity = VelocityCourse(profile.gait)
        self._course: Course = self._velocity
        self._path_W: list[Array] = []
        self._arrival = Arrival(self.walking, self._velocity)
        self.drives = Drives(self.dynamics, effort)

    # ---- commands

    def walk_to(self, x: float, y: float, yaw: float) -> None:
        """Walk until the middle between the feet is at (x, y) with this heading, in the station frame; m, rad."""
        self.follow([(x, y, yaw)])

    def follow(self, waypoints: Sequence[tuple[float, float, float | None]]) -> None:
        """Walk through waypoints (x, y, yaw) without stopping and arrive at the last.

        On the way to a waypoint the robot turns to its yaw; where that is None it faces its way. On the way to the last
        one it walks in whatever way takes the fewest strides.
        """
        self._path_W = [self.middle_W, *poses_of(waypoints)]
        self._course = PathCourse([self._in_odometry(w) for w in self._path_W], self.profile.gait)
        self._set_out()

    def walk(self, vx: float, vy: float, wz: float) -> None:
        """Walk at a velocity: forward, to the left, turning left; m/s and rad/s.

        What is faster than the robot can walk is walked as fast as it can; see `Gait.share_of_fastest`.
        """
        share = self.profile.gait.share_of_fastest(vx, vy, wz)
        if not np.isfinite(share):
            raise ValueError(f"a velocity must be made of finite numbers, got {vx}, {vy}, {wz}")
        self._velocity.wanted[:] = np.array([vx, vy, wz]) / max(share, 1.0)
        self._path_W, self._course = [], self._velocity
        self._set_out()

    def stop(self) -> None:
        """Come to a stand as soon as balance allows."""
        self._brake()

    def halt(self) -> None:
        """Come to a stand with as few steps as balance allows, beginning with the running one."""
        self._brake()
        if self.mode is not Mode.WALKING:
            return
        middle = self.walking.middle()
        self._velocity.begin(middle)
        if turn(-middle[2], self.dynamics.com_v[:2])[0] > 0.0:
            self._velocity.velocity[0] = 2.0 * max(0.0, self.walking.stride_m_s - self.HALT_AT_ONCE_M_S)
        self._arrival.hurry()
        self.walking.set_course(self._course)
        if self.walking.phase is StepPhase.SHIFT:
            self._stand()
        else:
            self.walking.aim_anew()

    def _brake(self) -> None:
        self._velocity.wanted[:] = 0.0
        self._path_W, self._course = [], self._velocity
        self.walking.braking = True

    def set_upper_body(self, reference: UpperBodyReference | None) -> None:
        """Track this reference while standing; None: carry arms and head as when walking."""
        self._reference = reference

    # ---- what it knows

    @property
    def state(self) -> MotionState:
        """State after the last tick."""
        standing = self.mode is Mode.STANDING
        return MotionState(
            mode=self.mode,
            arrived=self._arrived and standing,
            settled=standing and self.standing.time_s > 0.3 and self.calm,
            steps=self._steps,
            to_goal=self.mode is Mode.WALKING and bool(self._path_W),
        )

    @property
    def acting(self) -> tuple[Array, Array]:
        """Torques of the drives at present, (n,), and the generalised accelerations they bring about, (nv,)."""
        return self.latency.acting

    @property
    def asked(self) -> Array:
        """What is asked of the pelvis, see `UpperBody.offsets`."""
        return self.upper_body.offsets

    @property
    def braced(self) -> float:
        """How firmly the legs are held, see `Brace`: 0 free, 1 held."""
        return self.brace.share

    @property
    def middle_W(self) -> Array:
        """Where it stands: x, y, yaw midway between the feet, in the station frame, (3,)."""
        return middle_of(*(on_floor(self.pose_of(sole)) for sole in SOLES))

    # ---- the tick

    def carry_on(self, readings: Readings, *, heard: bool) -> None:
        """To where the body will be when drives that follow late act."""
        if heard:
            self.latency.observe(readings.tau_nm)
        if self.latency.ticks > 0:
            self.dynamics.update(*self.latency.carried_on(self.estimator.q, self.estimator.v))

    def begin(self, readings: Readings) -> None:
        """Stand in whatever posture it is in."""
        self.upper_body.start(self.estimator.q[self.dynamics.joint_q][self.drives.rest])
        self.drives.begin()
        self._straight_legs.begin(readings.q_rad)
        self.standing.begin()

    def decide(self, readings: Readings, *, heard: bool) -> JointCommand:
        """Stand or walk, carry the upper body, and find the torques for it."""
        if (q := self._straight_legs.tick(self.period_s)) is not None:
            return self._bend(q)
        asked = self.tasks.com_acc.copy()
        self._tick_mode()
        self._carry_upper_body()
        self.tasks.rest_acc[:] = self.upper_body.ddq
        command = self._command(readings.q_rad, self.wholebody.solve(self.tasks))
        if heard:
            self.latency.sent(command.tau_nm, self.wholebody.acceleration)
        else:  # the drives kept to the last command
            self.latency.kept()
            self.tasks.com_acc[:] = asked
        return command

    def _tick_mode(self) -> None:
        """Write the tasks of this tick; a controller that moves in more ways begins here."""
        if self.mode is Mode.STANDING:
            self._tick_standing()
        if self.mode is Mode.WALKING:
            self._tick_walking()

    def _carry_upper_body(self) -> None:
        self.upper_body.tick(self.period_s, self._reference if self.mode is Mode.STANDING else None)

    def _source(self) -> str:
        upper = self.upper_body
        if not all(np.isfinite(part).all() for part in (upper.q, upper.dq, upper.ddq, upper.offsets)):
            return "a reference of the upper body that is not finite"
        return "the whole-body controller"

    def _command(self, q: Array, tau: Array) -> JointCommand:
        brace = self.brace
        if self.mode is not Mode.STANDING:
            brace.let_go()
        still = self.mode is Mode.STANDING and self._reference is not None and self._reference.still
        brace.tick(self.period_s, still and self.footing.off_balance_m < self.BRACED_M, q, tau)
        if brace.share > 0.0:
            self.latency.interrupt()
        return self.drives.command(tau, self.upper_body, brace)

    def _bend(self, q: Array) -> JointCommand:
        """Legs go to encoder angles q (n,), all other joints stay."""
        self.brace.lead(q)
        self.latency.interrupt()
        self.standing.begin()
        return self.drives.command(np.zeros_like(q), self.upper_body, self.brace)

    def _tick_standing(self) -> None:
        middle = self.walking.middle()
        self.standing.tick(self.period_s, middle, self.upper_body.offsets, self.tasks)
        swing = self._foot_to_save(middle)
        if swing is not None:
            self._velocity.wanted[:] = 0.0
            if isinstance(self._course, PathCourse) and self._arrived:
                self._path_W, self._course = [], self._velocity
            self._set_out(at_once=swing)

    def _foot_to_save(self, middle: Array) -> int | None:
        """The foot to step with when the DCM leaves the feet, else None."""
        error = self.standing.capture_error(middle)
        apart = turn(-middle[2], self.dynamics.foot_p[LEFT, :2] - self.dynamics.foot_p[RIGHT, :2])
        half = 0.5 * abs(apart[1])
        if self.standing.time_s < 0.05:
            return None
        ahead_m = self.PUSHED_AHEAD * self.profile.sole_half_length_m
        aside_m = self.PUSHED_ASIDE * self.profile.sole_half_width_m
        if abs(error[0]) < ahead_m and abs(error[1]) < half + aside_m:
            return None
        towards = LEFT if error[1] > 0 else RIGHT
        return towards if abs(error[1]) > half - aside_m else 1 - towards

    def _set_out(self, at_once: int | None = None) -> None:
        self._arrived = False
        self._arrival.begin()
        self.walking.braking = False
        if self.mode is Mode.STANDING:
            self._velocity.begin(self.walking.middle())
            self.mode = Mode.WALKING
            self.walking.begin(self._course, at_once=at_once)
        self.walking.set_course(self._course)

    def _tick_walking(self) -> None:
        walking = self.walking
        if not walking.tick(self.period_s, self.estimator.contact.down, self.tasks):
            return
        walking.landed()
        self._steps += 1
        middle, elapsed_s = walking.middle_ahead(), walking.step_time_s
        if self._path_W:
            path = PathCourse([self._in_odometry(w) for w in self._path_W], self.profile.gait)
            path.landed(middle, elapsed_s)
            self._path_W, self._course = self._path_W[path.at - 1 :], path
        else:
            self._course.landed(middle, elapsed_s)
        walking.set_course(self._course)
        if self._arrival.is_over(self._course):
            self._stand()
        else:
            walking.step_on()

    def _stand(self) -> None:
        self.walking.stop()
        self._arrived, self.mode = True, Mode.STANDING
        self.standing.begin()

    def _in_odometry(self, pose_W: Array) -> Array:
        X_WO = self.estimator.X_WO
        return np.array([*(X_WO.R.T @ (np.array([pose_W[0], pose_W[1], 0.0]) - X_WO.p))[:2], pose_W[2] - X_WO.yaw])
