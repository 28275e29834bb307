"""The seam of controllers: what moves a robot, whoever wrote it.

A `Controller` takes sensor readings and gives joint commands; it says what it does, how the robot stands and where it
thinks it is. A `BodyController` also walks and leads arms and pelvis, which a `Reach` needs. A `SafeMotion` wraps
either. `MotionController` is the biped; to write another, begin with `FeedbackController`.

Three verbs bring a robot to a stand: ``stop`` ends a walk as one walks, ``halt`` with as few steps as balance allows,
and ``SafeMotion.request_stop`` halts, and keeps it there until somebody acknowledges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, runtime_checkable

from linewalker.cerebellum.balance.footing import Footing
from linewalker.cerebellum.balance.upper_body import UpperBody, UpperBodyReference
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.control_clock import ControlClock
from linewalker.cerebellum.estimation.encoder_offsets import Calibration
from linewalker.cerebellum.estimation.estimate import Estimate
from linewalker.geometry import Array, Pose
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand, Readings


class Mode(Enum):
    """What the robot does.

    >>> import linewalker as lw
    >>> motion = lw.MotionController(lw.load_profile("g1"))
    >>> motion.state.mode is lw.Mode.STANDING
    True
    """

    STANDING = "standing"
    WALKING = "walking"
    DANCING = "dancing"
    FALLEN = "fallen"


@dataclass(frozen=True, kw_only=True)
class MotionState:
    """What the controller reports after a tick.

    Attributes:
        mode: what it does.
        arrived: the last command is fulfilled and the robot stands.
        settled: it stands and hardly moves.
        steps: touchdowns since the beginning.
        to_goal: it is on its way to a place in the station, which it has to know its own place for.
    """

    mode: Mode
    arrived: bool
    settled: bool
    steps: int
    to_goal: bool = False


class Controller(Protocol):
    """Moves one robot."""

    @property
    def profile(self) -> RobotProfile:
        """The robot."""

    @property
    def period_s(self) -> float:
        """Of its ticks."""

    @property
    def clock(self) -> ControlClock:
        """Counts its periods; it lets this `take` the stamps of its readings."""

    @property
    def dynamics(self) -> Dynamics:
        """The body as estimated."""

    @property
    def damped(self) -> JointCommand:
        """The command that lets the robot down: drives only brake."""

    @property
    def fault(self) -> str:
        """What of the last readings or of the command made no sense; empty if all did."""

    @property
    def blind(self) -> bool:
        """Whether it was the readings."""

    def tick(self, readings: Readings) -> JointCommand:
        """Estimate, decide, command."""

    def halt(self) -> None:
        """Come to a stand as fast as balance allows."""

    def reset(self) -> None:
        """Begin anew, as it was built: for a robot that is placed anew, as in another episode."""

    @property
    def state(self) -> MotionState:
        """What it does, after the last tick."""

    @property
    def footing(self) -> Footing:
        """How the robot stands, after the last tick."""

    @property
    def estimate(self) -> Estimate:
        """Where the robot is and how it moves, after the last tick."""


@runtime_checkable
class BodyController(Controller, Protocol):
    """Moves a body that walks, and whose arms and pelvis can be led while it stands."""

    @property
    def upper_body(self) -> UpperBody:
        """Where waist, arms, head and pelvis are to be at present."""

    def walk_to(self, x: float, y: float, yaw: float) -> None:
        """Walk until the middle between the feet is at (x, y) with this heading, in the station frame; m, rad."""

    def follow(self, waypoints: Sequence[tuple[float, float, float | None]]) -> None:
        """Walk through waypoints (x, y, yaw) without stopping and arrive at the last."""

    def walk(self, vx: float, vy: float, wz: float) -> None:
        """Walk at a velocity: forward, to the left, turning left; m/s and rad/s."""

    def stop(self) -> None:
        """Come to a stand as one does at the end of a walk."""

    def set_upper_body(self, reference: UpperBodyReference | None) -> None:
        """Track this reference while standing; None: carry arms and head as when walking."""

    @property
    def middle_W(self) -> Array:
        """Where it stands: x, y, yaw midway between the feet, in the station frame, (3,)."""

    @property
    def braced(self) -> float:
        """How firmly the legs are held, see `Brace`: 0 free, 1 held."""

    def pose_of(self, name: str) -> Pose:
        """X_WF of a frame: ``base``, ``torso``, ``left_sole``, ``right_sole``, a camera or a scanner."""

    @property
    def calibration(self) -> Calibration:
        """What is known of the encoder offsets, to be kept in a file."""

    def calibrate(self, known: Calibration) -> None:
        """Take over what was learnt before. To be called before the first tick."""
