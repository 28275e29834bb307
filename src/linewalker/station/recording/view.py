"""What a viewer draws of a recording: joints, frames, how the robot stands, and the footprints it left.

All of it is made on the thread that writes, of numbers that a tick has copied.
"""

from __future__ import annotations

from dataclasses import dataclass

from linewalker.cerebellum.estimation.estimate import Estimate
from linewalker.geometry import Array, Pose
from linewalker.limbs.profile import RobotProfile
from linewalker.station.motion.balance import balance_of
from linewalker.station.recording import foxglove
from linewalker.station.recording.recording_file import RecordingWriter
from linewalker.station.recording.rows import Rows

JOINTS_EVERY = 20
"""Ticks."""
_FOOTPRINT_NS = 5_000_000_000
_FOOT_RGBA, _COM_RGBA, _DCM_RGBA = (0.2, 0.5, 0.9, 0.7), (0.9, 0.9, 0.2, 1.0), (0.9, 0.2, 0.2, 1.0)
_BALL_M = (0.04, 0.04, 0.04)


@dataclass
class Stance:
    """Numbers of a body as estimated, copied; the first four as `Dynamics` has them."""

    com: Array
    com_v: Array
    foot_p: Array
    foot_R: Array
    estimate: Estimate
    steps: int
    off_balance_m: float


class View:
    """Draws one robot into a recording.

    Args:
        profile: the robot.
        epoch_ns: time of the recording at robot time 0.
    """

    def __init__(self, profile: RobotProfile, epoch_ns: int):
        self._names, self._base, self._epoch_ns = profile.joints, profile.base, epoch_ns
        self._sole_m = (2.0 * profile.sole_half_length_m, 2.0 * profile.sole_half_width_m, 0.005)
        self._steps = 0

    def joints(self, file: RecordingWriter, rows: Rows) -> None:
        """Of some of the readings."""
        for row in rows[rows["tick"] % JOINTS_EVERY == 0]:
            ns = self._epoch_ns + round(1e9 * row["time_s"])
            told = foxglove.joint_states(ns, self._names, row["q_rad"], row["dq_rad_s"], row["tau_nm"])
            file.write(foxglove.JOINT_STATES, ns, told)

    def stance(self, file: RecordingWriter, ns: int, stance: Stance) -> None:
        """How it stands now."""
        estimate, numbers = stance.estimate, balance_of(stance, stance.estimate.X_WO)
        file.write(foxglove.BALANCE, ns, foxglove.balance(ns, numbers, stance.steps, stance.off_balance_m))
        frames = (
            (foxglove.STATION, foxglove.ODOMETRY, estimate.X_WO),
            (foxglove.ODOMETRY, self._base, estimate.X_OB),
        )
        file.write(foxglove.TRANSFORMS, ns, foxglove.transforms(ns, frames))
        com, floor_m = Pose(p=numbers[:3]), float(numbers[[7, 11]].min())
        dcm = Pose(p=[*numbers[3:5], floor_m])  # type: ignore[arg-type]
        feet = [foxglove.shape(X, self._sole_m, _FOOT_RGBA) for X in foxglove.soles(numbers)]
        balls = [foxglove.shape(com, _BALL_M, _COM_RGBA), foxglove.shape(dcm, _BALL_M, _DCM_RGBA)]
        file.write(foxglove.SCENE, ns, foxglove.scene(ns, {"balance": {"cubes": feet, "spheres": balls}}))
        if stance.steps != self._steps:
            self._steps = stance.steps
            footprints = {f"step {stance.steps}": {"cubes": feet}}
            file.write(foxglove.SCENE, ns, foxglove.scene(ns, footprints, _FOOTPRINT_NS))
