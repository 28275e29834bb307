"""The motion controller: sensor readings in, joint commands out, walking and standing in between.

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
from numpy.typing import NDArray

from linewalker.cerebellum.balance.drives import Drives
from linewalker.cerebellum.balance.standing import Stand
from linewalker.cerebellum.balance.stiff_legs import Brace
from linewalker.cerebellum.balance.straight_legs import StraightLegs
from linewalker.cerebellum.balance.upper_body import UpperBody, UpperBodyReference
from linewalker.cerebellum.balance.whole_body import Tasks, WholeBody
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.body.feet import LEFT, RIGHT, middle_of, on_floor, turn
from linewalker.cerebellum.control_clock import ControlClock
from linewalker.cerebellum.controller import PERIOD_S, Mode, MotionState
from linewalker.cerebellum.estimation.drive_delay import DriveLatency
from linewalker.cerebellum.estimation.estimator import Estimator
from linewalker.cerebellum.estimation.foot_wrench import WrenchSense
from linewalker.cerebellum.walking.course import Course, PathCourse, VelocityCourse, poses_of
from linewalker.cerebellum.walking.walk import Phase, Walk
from linewalker.errors import ClockError
from linewalker.geometry import Pose
from linewalker.limbs.model.mounting import mounted
from linewalker.limbs.model.robot_model import SOLES, effort_limits
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.limbs.soundness import command_fault, readings_fault

Array = NDArray[np.float64]


class MotionController:
    """Moves one robot. Call `tick` with every reading; commands may come between ticks.

    Attributes:
        fault: what of the last readings or of the command made no sense; empty if all did.
    """

    ARRIVED_M = 0.010
    ARRIVED_RAD = 0.020
    PUSHED_AHEAD_M = 0.075
    PUSHED_ASIDE_M = 0.010
    HALT_AT_ONCE_M_S = 0.62
    """A halt from faster than this leaves twice the excess to the next step."""
    HALT_ASTRIDE_M = 0.12
    """A halt may end with one foot so far ahead of the other."""
    BRACED_M = 0.015
    """The legs of a robot that is to stand still are held only while its DCM is so near to where it should be."""
    BLIND_S = 0.03
    """For so long the last command is kept when sensors give nothing that makes sense."""

    def __init__(self, profile: RobotProfile):
        self.profile = profile = mounted(profile)
        self._clock = ControlClock(PERIOD_S)
        self.dynamics = Dynamics(profile)
        self.estimator = Estimator(profile, self.dynamics, PERIOD_S)
        self.wrench = WrenchSense(self.dynamics, self.estimator.mount, PERIOD_S)
        effort = effort_limits(profile)
        self.wholebody = WholeBody(profile, self.dynamics, effort)
        self.walking, self.standing = Walk(profile, self.dynamics), Stand(profile, self.dynamics)
        self.upper_body = UpperBody(profile)
        self.brace = Brace(self.dynamics, effort)
        self._straight_legs = StraightLegs(profile, self.dynamics)
        self.latency = DriveLatency(self.dynamics, PERIOD_S)
        self.tasks = Tasks(len(self.dynamics.rest))
        self._reference: UpperBodyReference | None = None
        self._mode, self._arrived, self._steps = Mode.STANDING, True, 0
        self._velocity = VelocityCourse(profile.gait)
        self._course: Course = self._velocity
        self._path_W: list[Array] = []
        self._calm_steps, self._corrections = 0, 0
        self._started = False
        self.drives = Drives(self.dynamics, effort)
        self._last, self._blind_s, self.fault = self.drives.damped, np.inf, ""

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
        self._forget_goal()

    def halt(self) -> None:
        """Come to a stand with as few steps as balance allows, beginning with the running one."""
        self._forget_goal()
        if self._mode is not Mode.WALKING:
            return
        middle = self.walking.middle()
        self._velocity.begin(middle)
        if turn(-middle[2], self.dynamics.com_v[:2])[0] > 0.0:
            self._velocity.velocity[0] = 2.0 * max(0.0, self.walking.stride_m_s - self.HALT_AT_ONCE_M_S)
        self._calm_steps, self.walking.braking = 1, True
        self.walking.set_course(self._course)
        if self.walking.phase is Phase.SHIFT:
            self._stand()
        else:
            self.walking.aim_anew()

    def _forget_goal(self) -> None:
        self._velocity.wanted[:] = 0.0
        self._path_W, self._course = [], self._velocity

    def set_upper_body(self, reference: UpperBodyReference | None) -> None:
        """Track this reference while standing; None: carry arms and head as when walking."""
        self._reference = reference

    def reset(self) -> None:
        """Begin anew, as it was built: for a robot that is placed anew, as in another episode.

        Commands, estimate and what was learnt of the robot are forgotten; what is to be kept is told again
        (`Estimator.calibrate`). A `Reach` that moves this robot is to be built anew, too.
        """
        self.__dict__ = self._anew().__dict__

    def _anew(self) -> MotionController:
        return MotionController(self.profile)

    # ---- what it knows

    @property
    def state(self) -> MotionState:
        """State after the last tick."""
        standing = self._mode is Mode.STANDING
        settled = standing and self.standing.time_s > 0.3 and self._calm()
        return MotionState(mode=self._mode, arrived=self._arrived and standing, settled=settled, steps=self._steps)

    @property
    def q_estimated(self) -> Array:
        """Joint angles, (n,), in the order of the profile."""
        return self.estimator.q[self.dynamics.joint_q].copy()

    @property
    def middle_W(self) -> Array:
        """Where it stands: x, y, yaw midway between the feet, in the station frame, (3,)."""
        return middle_of(*(on_floor(self.pose_of(sole)) for sole in SOLES))

    def pose_of(self, name: str) -> Pose:
        """X_WF of a frame: ``base``, ``torso``, ``left_sole``, ``right_sole``, a camera or a scanner.

        Raises:
            KeyError: there is no frame of that name.
        """
        data, model = self.dynamics.data, self.dynamics.model
        bodies = {"base": self.profile.base, "torso": self.profile.torso}
        if name in bodies:
            frame = data.body(bodies[name])
            X_OF = Pose(p=frame.xpos.copy(), R=frame.xmat.reshape(3, 3).copy())
        else:
            site = model.site(name).id
            X_OF = Pose(p=data.site_xpos[site].copy(), R=data.site_xmat[site].reshape(3, 3).copy())
        return self.estimator.X_WO @ X_OF

    # ---- the tick

    def tick(self, readings: Readings) -> JointCommand:
        """Estimate, decide, command: for every control period that passed by the stamps of the readings.

        Readings that never came are made up for, of a silence longer than `LONGEST_GAP_S` in part: then the robot
        halts. A copy of the last readings is answered as they were.

        Readings without sense reach no filter: the last command is kept for `BLIND_S`, then the robot is let down. A
        command that is not made of finite numbers never leaves: the robot is let down at once. ``fault`` says why.

        Raises:
            ClockError: robot time runs backwards or stands still.
            InputError: readings come in another period than the controller's.
        """
        self.fault = readings_fault(readings, len(self.profile.joints))
        if self.fault:
            return self._tick_blind()
        if doubt := self._clock.hear(readings):
            readings = self._doubted(readings, doubt)
        if self._mode is not Mode.FALLEN:
            self._blind_s = 0.0
        for felt in self._clock.due(readings):
            self._last = self._sound(self._decide(felt, heard=felt is readings))
        if self._clock.gap_s > 0.0:
            self.halt()
        return self._last

    def _doubted(self, readings: Readings, doubt: str) -> Readings:  # noqa: ARG002
        """What to take readings for whose stamp can not be right."""
        raise ClockError(doubt)

    def _sound(self, command: JointCommand) -> JointCommand:
        """The command, if it is made of numbers; else what lets the robot down."""
        if field := command_fault(command):
            self.fault = self._source_of(field)
            self._mode = Mode.FALLEN
            return self.drives.damped
        return command

    def _tick_blind(self) -> JointCommand:
        """A robot that feels nothing can not balance: keep the last command for a moment, then only damp."""
        self._blind_s += PERIOD_S
        if self._blind_s > self.BLIND_S:
            self._mode, self._last = Mode.FALLEN, self.drives.damped
        return self._last

    def _source_of(self, field: str) -> str:
        """Where numbers went astray that ended in a field of the command."""
        upper = self.upper_body
        if not self.estimator.finite:
            return f"{field} came out of a state estimate that is not finite"
        if not all(np.isfinite(part).all() for part in (upper.q, upper.dq, upper.ddq, upper.offsets)):
            return f"{field} came out of a reference of the upper body that is not finite"
        return f"{field} came out of the whole-body controller"

    def _decide(self, readings: Readings, *, heard: bool) -> JointCommand:
        """One control period. Where readings were not heard but made up, nobody hears the command either."""
        estimator, body = self.estimator, self.dynamics
        estimator.predict(readings)
        body.update(estimator.q, estimator.v)
        load = self.wrench.loads(readings, estimator.accel_bias, estimator.drop)
        estimator.correct(readings, load, self.walking.planned)
        if heard:
            self.latency.observe(readings.tau_nm)
        if self.latency.ticks > 0:
            body.update(*self.latency.carried_on(estimator.q, estimator.v))
        if not self._started:
            self._start(readings.q_rad)
        if self._mode is Mode.FALLEN or self._has_fallen():
            return self.drives.damped
        if (q := self._straight_legs.tick(PERIOD_S)) is not None:
            return self._bend(q)
        asked = self.tasks.com_acc.copy()
        if self._mode is Mode.STANDING:
            self._tick_standing()
        if self._mode is Mode.WALKING:
            self._tick_walking()
        self.upper_body.tick(PERIOD_S, self._reference if self._mode is Mode.STANDING else None)
        self.tasks.rest_acc[:] = self.upper_body.ddq
        command = self._command(readings.q_rad, self.wholebody.solve(self.tasks))
        if heard:
            self.latency.sent(command.tau_nm, self.wholebody.acceleration)
        else:  # the drives kept to the last command
            self.latency.kept()
            self.tasks.com_acc[:] = asked
        return command

    def _command(self, q: Array, tau: Array) -> JointCommand:
        brace = self.brace
        if self._mode is not Mode.STANDING:
            brace.let_go()
        still = self._mode is Mode.STANDING and self._reference is not None and self._reference.still
        brace.tick(PERIOD_S, still and self._balanced(self.BRACED_M), q, tau)
        if brace.share > 0.0:
            self.latency.interrupt()
        return self.drives.command(tau, self.upper_body, brace)

    def _start(self, q: Array) -> None:
        self.upper_body.start(self.q_estimated[self.drives.rest])
        self.drives.begin()
        self._straight_legs.begin(q)
        self.standing.begin()
        self._started = True

    def _bend(self, q: Array) -> JointCommand:
        """Legs go to encoder angles q (n,), all other joints stay."""
        self.brace.lead(q)
        self.latency.interrupt()
        self.standing.begin()
        return self.drives.command(np.zeros_like(q), self.upper_body, self.brace)

    def _tick_standing(self) -> None:
        middle = self.walking.middle()
        self.standing.tick(PERIOD_S, middle, self.upper_body.offsets, self.tasks)
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
        if abs(error[0]) < self.PUSHED_AHEAD_M and abs(error[1]) < half + self.PUSHED_ASIDE_M:
            return None
        towards = LEFT if error[1] > 0 else RIGHT
        return towards if abs(error[1]) > half - self.PUSHED_ASIDE_M else 1 - towards

    def _set_out(self, at_once: int | None = None) -> None:
        self._arrived = False
        self._calm_steps, self._corrections, self.walking.braking = 0, 0, False
        if self._mode is Mode.STANDING:
            self._velocity.begin(self.walking.middle())
            self._mode = Mode.WALKING
            self.walking.begin(self._course, at_once=at_once)
        self.walking.set_course(self._course)

    def _tick_walking(self) -> None:
        walking = self.walking
        if not walking.tick(PERIOD_S, self.estimator.contact.down, self.tasks):
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
        if self._may_stop():
            self._stand()
        else:
            walking.step_on()

    def _stand(self) -> None:
        self.walking.stop()
        self._arrived, self._mode = True, Mode.STANDING
        self.standing.begin()

    def _may_stop(self) -> bool:
        walking = self.walking
        if walking.recovery.active and not self.walking.braking:
            return False
        if isinstance(self._course, PathCourse):
            goal = self._course.goal
            if walking.feet_near(goal, 0.06, 0.1):
                self._corrections += 1
            widen = 1.0 + 0.1 * max(0, self._corrections - 4)
            return walking.feet_near(goal, widen * self.ARRIVED_M, widen * self.ARRIVED_RAD)
        if self._velocity.wanted.any():
            self._calm_steps = 0
            return False
        self._calm_steps += 1
        foot, other = walking.foot_pose(1 - walking.stance), walking.foot_pose(walking.stance)
        spread = turn(-foot[2], foot[:2] - other[:2])
        ahead, aside = turn(-foot[2], walking.dcm() - 0.5 * (foot[:2] + other[:2]))
        within = abs(ahead) < 0.06 and abs(aside) < 0.5 * abs(spread[1])
        width = abs(abs(spread[1]) - 2 * self.profile.gait.half_width_m)
        astride_m = self.HALT_ASTRIDE_M if self.walking.braking else 0.06
        return self._calm_steps >= 2 and within and abs(spread[0]) < astride_m and width < 0.08

    def _in_odometry(self, pose_W: Array) -> Array:
        X_WO = self.estimator.X_WO
        return np.array([*(X_WO.R.T @ (np.array([pose_W[0], pose_W[1], 0.0]) - X_WO.p))[:2], pose_W[2] - X_WO.yaw])

    def _calm(self) -> bool:
        return self._balanced(0.01) and bool(np.linalg.norm(self.dynamics.base_v) < 0.03)

    def _balanced(self, within_m: float) -> bool:
        error = self.standing.dcm_error(self.walking.middle()) - self.upper_body.offsets[4:6]
        return bool(np.hypot(*error) < within_m)

    def _has_fallen(self) -> bool:
        body = self.dynamics
        height = body.base_p[2] - min(body.foot_p[LEFT, 2], body.foot_p[RIGHT, 2])
        if body.base_R[2, 2] < 0.6 or height < 0.55 * (self.standing.pelvis_height_m + self.upper_body.offsets[0]):
            self._mode = Mode.FALLEN
            return True
        return False
