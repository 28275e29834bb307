"""Scan a seam: bring the laser over it, search it, square up to it, and take profiles along it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.brain.mission import SeamTask
from linewalker.brain.operator import Operator, Skill
from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.geometry import Pose, exp_so3
from linewalker.inspection.cad.seam import SeamPoint
from linewalker.inspection.seam.scan import SeamMeasurement, Shot, measure_seam, sight_seam
from linewalker.inspection.seam.sighting import Search
from linewalker.inspection.verdict import Undecided

Array = NDArray[np.float64]

_SEARCH_STEP_M = 0.018  # a little less than the skin a whole window of 60 mm can lack
_MOST_LOOKS = 14
_SIDEWAYS_M = (0.0, 0.02, -0.02, 0.04, -0.04, 0.06, -0.06)  # where to look for a seam that is nowhere
_ALONG_M = (-0.008, 0.0, 0.008)
_SHOTS_PER_PLACE = 4
_SHOT_PERIOD_S = 0.03
_SQUARE_RAD = np.radians(3.0)


@dataclass(frozen=True, kw_only=True)
class SeamScan:
    """What scanning one point gave.

    Attributes:
        measurement: gap and flush, or why there are none.
        shots: the profiles it rests on.
    """

    measurement: SeamMeasurement | Undecided
    shots: tuple[Shot, ...]


def aim(point: SeamPoint, X_WV: Pose, standoff_m: float, *, flipped: bool) -> Pose:
    """X_WS that looks squarely at a seam point; flipped: the slave lies at low x."""
    sign = -1.0 if flipped else 1.0
    aim_V = Pose.from_axes(1e-3 * point.centre_V_mm + standoff_m * point.normal, z=-point.normal, x=sign * point.across)
    return X_WV @ aim_V


class SeamScanner:
    """Scans seams with one scanner of one robot.

    Args:
        operator: works the robot.
        reach: moves the scanner.
        scanner: its name in the profile.
    """

    def __init__(self, operator: Operator, reach: Reach, scanner: str):
        self._operator, self._reach, self._scanner = operator, reach, scanner
        mount = operator.robot.profile.scanners[scanner]
        self.standoff_m = 0.5e-3 * (mount.near_mm + mount.far_mm)

    def scan(self, task: SeamTask, X_WV: Pose, *, flipped: bool) -> Skill[SeamScan]:
        """Bring the laser to the task's point and measure it.

        Args:
            task: the seam and the point.
            X_WV: where the vehicle is believed to stand.
            flipped: which way round the laser line lies across the seam, see `aim`.

        Raises:
            UnreachableError: from this stance the point can not be reached.
        """
        yield from self._reach.go_to(aim(task.point, X_WV, self.standoff_m, flipped=flipped), quiet=False)
        if not (yield from self._search(task.point, X_WV)):
            return SeamScan(measurement=measure_seam([], task.seam, task.point, X_WV), shots=())
        shots = yield from self._sweep(task.point, X_WV)
        measurement = measure_seam(shots, task.seam, task.point, X_WV)
        if isinstance(measurement, SeamMeasurement) and measurement.oblique_rad > _SQUARE_RAD:
            yield from self._square_up(measurement)
            shots = yield from self._sweep(task.point, X_WV)
            measurement = measure_seam(shots, task.seam, task.point, X_WV)
        return SeamScan(measurement=measurement, shots=tuple(shots))

    def keep_clear(self, obstacles: Obstacles) -> None:
        """What the arm has to stay away from, in W."""
        self._reach.obstacles = obstacles

    def retract(self) -> Skill[None]:
        """Bring the scanner back to where it is carried."""
        if self._reach.extended:
            yield from self._reach.retract()

    def _take(self) -> Shot:
        profile = self._operator.robot.scan(self._scanner)
        return Shot(profile=profile, X_WS=self._operator.motion.pose_of(self._scanner))

    def _search(self, point: SeamPoint, X_WV: Pose) -> Skill[bool]:
        """Move until the seam lies in the middle of the window; False if it is not to be found."""
        sideways = iter(_SIDEWAYS_M[1:])
        home = self._reach.target
        for _ in range(_MOST_LOOKS):
            shot = self._take()
            sighting = sight_seam(shot, point, X_WV)
            if sighting.found:
                offset_m = 1e-3 * np.array([sighting.x_mm, 0.0, sighting.z_mm]) - [0.0, 0.0, self.standoff_m]
                if sighting.search is Search.STAY and np.abs(offset_m).max() < 0.008:
                    return True
                yield from self._shift(offset_m)
            elif sighting.search is Search.ANYWHERE:
                step = next(sideways, None)
                if step is None:
                    return False
                yield from self._reach.move_to(home @ Pose(p=np.array([step, 0.0, 0.0])))
            else:
                yield from self._shift(_SEARCH_STEP_M * _DIRECTIONS[sighting.search])
        return False

    def _sweep(self, point: SeamPoint, X_WV: Pose) -> Skill[list[Shot]]:
        """Profiles at a few places along the seam around the point."""
        shots: list[Shot] = []
        to_point = self._along_offset(point, X_WV)
        middle = self._reach.target
        along_W = X_WV.R @ point.along
        for offset in _ALONG_M:
            yield from self._reach.move_to(Pose(p=middle.p + (to_point + offset) * along_W, R=middle.R))
            for _ in range(_SHOTS_PER_PLACE):
                shots.append(self._take())
                yield from self._reach.hold(_SHOT_PERIOD_S)
        return shots

    def _along_offset(self, point: SeamPoint, X_WV: Pose) -> float:
        """How far along the seam the target's beam is from the point, m."""
        on_seam = X_WV.apply(1e-3 * point.centre_V_mm)
        return float((on_seam - self._reach.target.p) @ (X_WV.R @ point.along))

    def _square_up(self, measurement: SeamMeasurement) -> Skill[None]:
        """Turn the laser plane square to the seam, about the middle of the gap."""
        target = self._reach.target
        normal = target.R[:, 1] * np.sign(target.R[:, 1] @ measurement.along_W)
        R = exp_so3(np.cross(normal, measurement.along_W)) @ target.R
        arm = target.p - measurement.middle_W
        yield from self._reach.move_to(Pose(p=measurement.middle_W + R @ target.R.T @ arm, R=R))

    def _shift(self, offset_S: Array) -> Skill[None]:
        yield from self._reach.move_to(self._reach.target @ Pose(p=offset_S))


_DIRECTIONS = {
    Search.LOW_X: np.array([-1.0, 0.0, 0.0]),
    Search.HIGH_X: np.array([1.0, 0.0, 0.0]),
    Search.NEARER: np.array([0.0, 0.0, 1.0]),
    Search.FARTHER: np.array([0.0, 0.0, -1.0]),
    Search.STAY: np.zeros(3),
}
