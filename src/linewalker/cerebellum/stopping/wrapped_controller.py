"""What a wrapper tells of the controller inside it, so that whoever uses a controller can use the wrapper."""

from __future__ import annotations

from typing import Generic, TypeVar

from linewalker.cerebellum.balance.footing import Footing
from linewalker.cerebellum.balance.upper_body import UpperBody
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.control_clock import ControlClock
from linewalker.cerebellum.controller import BodyController, Controller, MotionState
from linewalker.cerebellum.estimation.encoder_offsets import Calibration
from linewalker.cerebellum.estimation.estimate import Estimate
from linewalker.errors import MotionRefused
from linewalker.geometry import Array, Pose
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand

Wrapped = TypeVar("Wrapped", bound=Controller)


class WrappedController(Generic[Wrapped]):
    """See the module; `Controller` and `BodyController` say what each name means.

    Attributes:
        controller: the one inside.
    """

    def __init__(self, controller: Wrapped):
        self.controller = controller
        self._body: BodyController | None = controller if isinstance(controller, BodyController) else None

    @property
    def body(self) -> BodyController:
        """The controller inside, which walks and reaches.

        Raises:
            MotionRefused: it does not.
        """
        if self._body is None:
            raise MotionRefused(f"a {type(self.controller).__name__} neither walks nor reaches")
        return self._body

    @property
    def profile(self) -> RobotProfile:
        """The robot."""
        return self.controller.profile

    @property
    def period_s(self) -> float:
        """Of the control ticks."""
        return self.controller.period_s

    @property
    def clock(self) -> ControlClock:
        """Counts the periods."""
        return self.controller.clock

    @property
    def dynamics(self) -> Dynamics:
        """The body as estimated."""
        return self.controller.dynamics

    @property
    def damped(self) -> JointCommand:
        """The command that lets the robot down."""
        return self.controller.damped

    @property
    def fault(self) -> str:
        """What of the last readings or of the command made no sense; empty if all did."""
        return self.controller.fault

    @property
    def blind(self) -> bool:
        """Whether it was the readings."""
        return self.controller.blind

    @property
    def state(self) -> MotionState:
        """What it does, after the last tick."""
        return self.controller.state

    @property
    def footing(self) -> Footing:
        """How the robot stands, after the last tick."""
        return self.controller.footing

    @property
    def estimate(self) -> Estimate:
        """Where the robot is and how it moves, after the last tick."""
        return self.controller.estimate

    @property
    def upper_body(self) -> UpperBody:
        """Where waist, arms, head and pelvis are to be at present."""
        return self.body.upper_body

    @property
    def middle_W(self) -> Array:
        """Where it stands: x, y, yaw midway between the feet, in the station frame, (3,)."""
        return self.body.middle_W

    @property
    def braced(self) -> float:
        """How firmly the legs are held: 0 free, 1 held."""
        return self.body.braced

    @property
    def calibration(self) -> Calibration:
        """What is known of the encoder offsets, to be kept in a file."""
        return self.body.calibration

    def pose_of(self, name: str) -> Pose:
        """X_WF of a frame: ``base``, ``torso``, ``left_sole``, ``right_sole``, a camera or a scanner."""
        return self.body.pose_of(name)

    def calibrate(self, known: Calibration) -> None:
        """Take over what was learnt before. To be called before the first tick."""
        self.body.calibrate(known)
