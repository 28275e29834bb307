"""What a controller does around its decision: it judges readings, keeps time, estimates, and watches its own command.

A controller of your own derives from `FeedbackController` and says in `decide` what the drives are to do:

    class Stiff(FeedbackController):
        def decide(self, readings, *, heard):
            return JointCommand(q_rad=self.profile.standing_q(), ...)
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from linewalker.cerebellum.balance.footing import Footing, footing_of
from linewalker.cerebellum.balance.standing import standing_height
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.body.feet import LEFT, RIGHT
from linewalker.cerebellum.body.pendulum import natural_frequency
from linewalker.cerebellum.control_clock import ControlClock
from linewalker.cerebellum.controller import Mode, MotionState
from linewalker.cerebellum.estimation.encoder_offsets import Calibration
from linewalker.cerebellum.estimation.estimate import Estimate
from linewalker.cerebellum.estimation.estimator import Estimator
from linewalker.cerebellum.estimation.foot_wrench import WrenchSense
from linewalker.cerebellum.estimation.foresight import Foresight
from linewalker.errors import InputError
from linewalker.geometry import Array, Pose
from linewalker.limbs.model.mounting import mounted
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, Readings
from linewalker.limbs.soundness import command_fault, readings_faults

SHORTEST_PERIOD_S, LONGEST_PERIOD_S = 0.001, 0.004
"""Control periods that estimation and balance are sound at."""
UPRIGHT = 0.6
"""Cosine of the tilt of the pelvis beyond which a robot has fallen, 53 degrees."""
COLLAPSED = 0.55
"""Share of the height its pelvis is to have below which it has fallen."""
CALM_M, CALM_M_S = 0.01, 0.03
"""Distance of the DCM from where it balances, and speed of the pelvis, of a robot that rests."""
NOTHING_ASKED = np.zeros(6)


class FeedbackController(ABC):
    """See the module.

    Args:
        profile: the robot.
        period_s: of the control ticks.

    Attributes:
        profile, period_s, clock, dynamics, damped, fault, blind: see `Controller`.
        mode: what it does.
        effort_nm: torque limits of the joints, (n,).
        planned: which feet are meant to stand, (2,) bool; a controller that steps tells the estimator by it.

    Raises:
        InputError: the period is not one that estimation and balance are sound at.

    >>> import linewalker as lw
    >>> isinstance(lw.MotionController(lw.load_profile("g1")), lw.FeedbackController)
    True
    """

    BLIND_S = 0.15
    """For so long readings are foreseen when sensors give nothing that makes sense."""
    DAMPING_S_RAD = 0.5
    """Damping of a robot that is let down, as a share of each drive's torque limit per rad/s."""

    def __init__(self, profile: RobotProfile, period_s: float = CONTROL_PERIOD_S):
        if not SHORTEST_PERIOD_S <= period_s <= LONGEST_PERIOD_S:
            raise InputError(
                f"a control period of {period_s} s: expected {SHORTEST_PERIOD_S:g} to {LONGEST_PERIOD_S:g} s, "
                f"as a rule {CONTROL_PERIOD_S:g}"
            )
        self.profile, self.period_s = mounted(profile), period_s
        self.clock = ControlClock(period_s)
        self.dynamics = Dynamics(self.profile)
        self.estimator = Estimator(self.profile, self.dynamics, period_s)
        self.wrench = WrenchSense(self.dynamics, self.estimator.mount, period_s)
        self.foresight = Foresight(self.dynamics, self.estimator.mount, period_s)
        self.omega = natural_frequency(self.profile.com_height_m)
        self.pelvis_height_m = standing_height(self.profile, self.dynamics)
        self.effort_nm = effort_limits(self.profile)
        self.damped = JointCommand.damped(self.DAMPING_S_RAD * self.effort_nm)
        self.planned = np.array([True, True])
        self.fault, self.blind = "", False
        self.mode, self._started = Mode.STANDING, False
        self._last, self._blind_s = self.damped, np.inf
        self._footing: Footing | None = None

    # ---- what a controller says

    @abstractmethod
    def decide(self, readings: Readings, *, heard: bool) -> JointCommand:
        """The command of this period. What is estimated holds for it; the robot has not fallen.

        Args:
            readings: of this period.
            heard: False where they never came and were made up: then nobody hears the command either.
        """

    @abstractmethod
    def halt(self) -> None:
        """Come to a stand as fast as balance allows."""

    def begin(self, readings: Readings) -> None:  # noqa: B027  nothing more need be done
        """The first readings came: the estimate has begun."""

    def carry_on(self, readings: Readings, *, heard: bool) -> None:  # noqa: B027
        """Take the body to where it will be when the command acts; where drives act at once, it is there."""

    @property
    def acting(self) -> tuple[Array, Array]:
        """Torques of the drives at present, (n,), and the generalised accelerations they bring about, (nv,)."""
        return self._last.tau_nm, np.zeros(self.dynamics.nv)

    @property
    def asked(self) -> Array:
        """What is asked of the pelvis: its height (1,), rotation vector (3,), shift of the balance point (2,): (6,)."""
        return NOTHING_ASKED

    @property
    def state(self) -> MotionState:
        """What it does, after the last tick."""
        standing = self.mode is Mode.STANDING
        return MotionState(mode=self.mode, arrived=standing, settled=standing and self.calm, steps=0)

    def reset(self) -> None:
        """Begin anew, as it was built: for a robot that is placed anew, as in another episode.

        Commands, estimate and what was learnt of the robot are forgotten; what is to be kept is told again
        (`calibrate`). A `Reach` that moves this robot is to be built anew, too.
        """
        self.__dict__ = self._anew().__dict__

    def _anew(self) -> FeedbackController:
        """What was built; a controller that takes more arguments says how."""
        return type(self)(self.profile, self.period_s)

    # ---- what it knows

    @property
    def estimate(self) -> Estimate:
        """Where the robot is and how it moves, after the last tick."""
        return self.estimator.estimate()

    @property
    def footing(self) -> Footing:
        """How the robot stands, after the last tick."""
        if self._footing is None:
            self._footing = footing_of(self.dynamics, self.estimator.contact, self.asked, self.omega)
        return self._footing

    @property
    def calibration(self) -> Calibration:
        """What is known of the encoder offsets, to be kept in a file."""
        return self.estimator.calibration

    def calibrate(self, known: Calibration) -> None:
        """Take over what was learnt before. To be called before the first tick.

        Raises:
            ValueError: it is of other joints, or readings have come.
        """
        self.estimator.calibrate(known)

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

    @property
    def calm(self) -> bool:
        """Whether the robot hardly moves, above where it balances."""
        return self.footing.off_balance_m < CALM_M and self.footing.base_m_s < CALM_M_S

    # ---- the tick

    def tick(self, readings: Readings) -> JointCommand:
        """Estimate, decide, command: for every control period that passed by the stamps of the readings.

        Readings that never came are made up for, of a silence longer than `LONGEST_GAP_S` in part: then the robot
        halts. A copy of the last readings is answered as they were.

        Readings without sense reach no filter: what they should say is foreseen, for `BLIND_S` at a time; then the
        robot is let down. A command that is not made of finite numbers never leaves: the robot is let down at once.
        ``fault`` says why.

        Raises:
            ClockError: robot time runs backwards or stands still.
            InputError: readings come in another period than the controller's.
        """
        faults = readings_faults(readings, len(self.profile.joints))
        self.blind, self.fault = bool(faults), ""
        if faults:
            self.fault = " ".join(next(iter(faults.items())))
            foreseen = self._foresee(readings, faults)
            if foreseen is None:
                self.mode, self._last = Mode.FALLEN, self.damped
                return self._last
            readings = foreseen
        elif self.mode is not Mode.FALLEN:
            self._blind_s = 0.0
        readings = self.clock.take(readings)
        for felt in self.clock.due(readings):
            self.foresight.note(felt)
            self._last = self._sound(self._period(felt, heard=felt is readings))
        if self.clock.gap_s > 0.0:
            self.halt()
        return self._last

    def _foresee(self, readings: Readings, faults: dict[str, str]) -> Readings | None:
        """What readings with faults should say; None where that has been made up for too long."""
        self._blind_s += self.period_s
        if self._blind_s > self.BLIND_S:
            return None
        return self.foresight.fill(readings, faults, self.acting, self.estimator.accel_bias)

    def _period(self, readings: Readings, *, heard: bool) -> JointCommand:
        estimator, body = self.estimator, self.dynamics
        self._footing = None
        estimator.predict(readings)
        body.update(estimator.q, estimator.v)
        load = self.wrench.loads(readings, estimator.accel_bias, estimator.drop)
        estimator.correct(readings, load, self.planned)
        self.carry_on(readings, heard=heard)
        if not self._started:
            self.begin(readings)
            self._started = True
        if self.mode is Mode.FALLEN or self._has_fallen():
            return self.damped
        return self.decide(readings, heard=heard)

    def _sound(self, command: JointCommand) -> JointCommand:
        """The command, if it is made of numbers; else what lets the robot down."""
        if field := command_fault(command):
            source = self._source() if self.estimator.finite else "a state estimate that is not finite"
            self.fault = f"{field} came out of {source}"
            self.mode = Mode.FALLEN
            return self.damped
        return command

    def _source(self) -> str:
        """Where numbers went astray in a command, if not in the estimate."""
        return f"{type(self).__name__}.decide"

    def _has_fallen(self) -> bool:
        body = self.dynamics
        height = body.base_p[2] - min(body.foot_p[LEFT, 2], body.foot_p[RIGHT, 2])
        if body.base_R[2, 2] < UPRIGHT or height < COLLAPSED * (self.pelvis_height_m + self.asked[0]):
            self.mode = Mode.FALLEN
            return True
        return False
