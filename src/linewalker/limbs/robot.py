"""The seam every robot goes through: the simulator, a fake for tests, a real machine.

What flows up is a frozen, stamped record of sensor readings; what flows down is a joint command. Pictures and
profiles are asked for, not streamed. Time comes from the robot.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Array, Pose
from linewalker.limbs.soundness import as_vector, covariance_fault, pose_fault, stamp_fault

if TYPE_CHECKING:
    from linewalker.limbs.profile import RobotProfile

CONTROL_PERIOD_S = 0.002
"""Time from one control tick to the next."""


@dataclass(frozen=True, kw_only=True)
class LocalisationFix:
    """A pose of the torso seen by the station's localisation sensor, or by anything else that is declared.

    A fix may be made of anything; one with a `fault` is dropped and counted (`Estimator.dropped`).

    Attributes:
        taken_s: robot time at which the torso stood there; older than the readings it comes with by the latency.
        X_WT: pose of the torso body in the station frame.
        covariance: how sure it is: of the place, and of the rotation vector in the station's axes by which it errs, m
            and rad, (6, 6); None where the sensor does not say.

    >>> import linewalker as lw
    >>> lw.LocalisationFix(taken_s=12.34, X_WT=lw.Pose.planar(1.0, 0.5, 1.57, z=0.8)).fault  # sound: nothing to tell
    ''
    """

    taken_s: float
    X_WT: Pose
    covariance: Array | None = None

    @property
    def fault(self) -> str:
        """Why nobody can have meant it: stamp, place, rotation or covariance that is none; empty if it is sound."""
        stated = "" if self.covariance is None else covariance_fault(self.covariance)
        return stamp_fault(self.taken_s) or pose_fault(self.X_WT) or stated


@dataclass(frozen=True, kw_only=True)
class ToolFix:
    """A pose of a scanner seen by the station's tracker, where the scanner carries a target for it.

    Attributes:
        taken_s: robot time at which the scanner stood there, as in `LocalisationFix`.
        scanner: its name in the profile.
        X_WS: pose of its frame in the station frame.
    """

    taken_s: float
    scanner: str
    X_WS: Pose

    @property
    def fault(self) -> str:
        """As `LocalisationFix.fault`."""
        named = "" if isinstance(self.scanner, str) else "scanner is no name"
        return named or stamp_fault(self.taken_s) or pose_fault(self.X_WS)


@dataclass(frozen=True, kw_only=True)
class Readings:
    """What the robot feels at one control tick. Joint vectors follow ``profile.joints``; n is their number.

    Vectors may be of any kind of number and are kept as float64. Readings without sense reach no filter: the controller
    foresees them for a moment and then lets the robot down (`soundness.readings_faults` says what is wrong).

    Attributes:
        time_s: robot time; readings that never came show in it.
        gyro_rad_s: angular velocity in the IMU frame, (3,), biased and noisy.
        accel_m_s2: specific force in the IMU frame, (3,), biased and noisy (at rest it points up with 9.81).
        q_rad: encoder angles, (n,).
        dq_rad_s: encoder speeds, (n,).
        tau_nm: motor torques as the drives report them, (n,).
        foot_force_n: normal force of the left and right foot, (2,), or None where the feet have no sensors.
        fix: a localisation fix that arrived at this tick, or None.
        tool_fixes: fixes of scanners that arrived at this tick; empty where they carry no targets or are out of sight.
        winding_c: temperatures of the windings of the drives, degC, (n,), or None where they do not say.
        touched: True when the robot's collision sensing (skin, or joint torque residuals) reports contact with the car.

    >>> import linewalker as lw
    >>> felt = {"gyro_rad_s": [0, 0, 0], "accel_m_s2": [0, 0, 9.81]}  # one joint that is at rest
    >>> readings = lw.Readings(time_s=0.002, **felt, q_rad=[0.1], dq_rad_s=[0], tau_nm=[2])
    >>> readings.tau_nm
    array([2.])
    """

    time_s: float
    gyro_rad_s: Array
    accel_m_s2: Array
    q_rad: Array
    dq_rad_s: Array
    tau_nm: Array
    foot_force_n: Array | None = None
    fix: LocalisationFix | None = None
    tool_fixes: tuple[ToolFix, ...] = ()
    winding_c: Array | None = None
    touched: bool = False

    def __post_init__(self) -> None:
        for name in ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm"):
            given = getattr(self, name)
            taken = as_vector(given)
            if taken is not given:
                object.__setattr__(self, name, taken)


@dataclass(frozen=True, kw_only=True)
class JointCommand:
    """What every drive of Unitree's class accepts: tau_nm + kp (q_rad - q) + kd (dq_rad_s - dq). All (n,).

    >>> import numpy as np
    >>> import linewalker as lw
    >>> lw.JointCommand.damped(np.array([2.0, 1.0])).kd_nm_s_rad  # what is left when torque is off
    array([2., 1.])
    """

    q_rad: Array
    dq_rad_s: Array
    tau_nm: Array
    kp_nm_rad: Array
    kd_nm_s_rad: Array

    @staticmethod
    def damped(kd_nm_s_rad: Array) -> JointCommand:
        """No torque; drives only brake the speed of their joints, (n,)."""
        zero = np.zeros(len(kd_nm_s_rad))
        return JointCommand(q_rad=zero, dq_rad_s=zero, tau_nm=zero, kp_nm_rad=zero, kd_nm_s_rad=kd_nm_s_rad)


@dataclass(frozen=True, kw_only=True)
class RgbdImage:
    """A picture. Camera frame C: x right, y down, z forward.

    Attributes:
        time_s: robot time of the exposure.
        rgb: (height, width, 3) uint8.
        depth_m: (height, width) float32 along z; NaN where nothing came back.
        K: pinhole matrix (3, 3), px.
    """

    time_s: float
    rgb: NDArray[np.uint8]
    depth_m: NDArray[np.float32]
    K: Array


@dataclass(frozen=True, kw_only=True)
class LineProfile:
    """One laser line. Scanner frame S: x along the line, z along the beam (range), y normal to the laser plane.

    Attributes:
        time_s: robot time of the exposure.
        x_mm: (k,) ascending.
        z_mm: (k,) range; NaN where nothing came back or out of the measuring range.
    """

    time_s: float
    x_mm: Array
    z_mm: Array


class Robot(ABC):
    """A robot. `sense` waits for the next control tick; `act` sets what the drives do until the tick after.

    ``with robot:`` connects to it and closes it, however the block ends. A robot that does not answer any more raises
    `RobotLost` from whatever was asked of it.
    """

    profile: RobotProfile

    def connect(self) -> None:  # noqa: B027  one that is there need not be connected to
        """Be ready to sense and act. Again is fine.

        Raises:
            RobotLost: it does not answer.
        """

    def close(self) -> None:  # noqa: B027
        """Let go of it; twice is fine. Its drives are to be without torque, or to hold by themselves, before."""

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def sense(self) -> Readings:
        """Wait for the next control tick (a simulator steps its physics to it) and return what is felt there."""

    @abstractmethod
    def act(self, command: JointCommand) -> Array:
        """Hand a command to the drives; returns the feed-forward torques really applied after clipping, (n,), N m."""

    @abstractmethod
    def look(self, camera: str) -> RgbdImage:
        """Take a picture now with the named camera of the profile.

        Raises:
            SensorFailed: it gave none.
        """

    @abstractmethod
    def scan(self, scanner: str) -> LineProfile:
        """Take a laser-line profile now with the named scanner of the profile.

        Raises:
            SensorFailed: it gave none.
        """
