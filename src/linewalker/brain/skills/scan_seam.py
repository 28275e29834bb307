"""Scan a seam: bring the laser over it, search it, square up to it, and take profiles along it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from linewalker.brain.car_space import car_prisms, near
from linewalker.brain.operator import Operator, Routine
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.seam_stance import SeamStance, SeamStances, aim
from linewalker.brain.skills.skill import Fix, Outcome, Parameter, Placement, Site, Skill, Values
from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.geometry import Array, Pose, exp_so3
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.cad.seam import Seam, SeamPoint
from linewalker.inspection.seam.scan import PoseAccuracy, SeamMeasurement, SeamScan, Shot, measure_seam, sight_seam
from linewalker.inspection.seam.sighting import Search
from linewalker.inspection.seam.vehicle_pose import SeamObservation, VehiclePose
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Undecided

_OBSTACLES_M = 1.0  # what of the car is nearer than this to the feet is in the way of an arm
_COST_S = 2.9  # mean over the ten scans of the first car of the example shift
_SEARCH_STEP_M = 0.018  # a little less than the skin a whole window of 60 mm can lack
_MOST_LOOKS = 14
_SIDEWAYS_M = (0.0, 0.02, -0.02, 0.04, -0.04, 0.06, -0.06)  # where to look for a seam that is nowhere
_SWEEP_M = 0.008  # how far before and behind the point profiles are taken
_AT_ITS_END_M = 0.003
_SHOT_PERIOD_S = 0.03
_MOST_SHOTS = 24
_SQUARE_RAD = np.radians(3.0)
_HAND_MM, _HAND_RAD = 1.0, np.radians(0.5)  # of the scanner in W, standard deviations


class ScanSeam(Skill):
    """Gap and flush at a point, with the scanner the robot inspects with; the evidence is a `SeamScan`."""

    title = Title(zh="扫描缝隙", en="scan a seam")
    parameters = (
        Parameter(name="seam", meaning="name of the seam in the catalogue", kind=str),
        Parameter(
            name="arc_mm", meaning="distance along the seam from its first point", kind=float, unit="mm", resolution=1.0
        ),
        Parameter(
            name="flipped",
            meaning="which way round the laser line lies across the seam (`aim`); goes with the stance",
            kind=bool,
            default=False,
        ),
    )

    def __init__(self, equipment: Equipment):
        super().__init__(equipment)
        self._stances = SeamStances(equipment.profile, equipment.scanner, ik=equipment.ik)

    @cached_property
    def _scanner(self) -> SeamScanner:
        return SeamScanner(self.equipment.operator, self.equipment.reach, self.equipment.scanner)

    def place(self, values: Values, catalogue: VehicleCatalogue) -> Placement:
        """The best stance, and the way round of the laser line that goes with it."""
        return _placed(self._stances.best(*_where(values, catalogue), catalogue))

    def at(self, values: Values, catalogue: VehicleCatalogue, stance: Waypoint) -> Placement | None:
        """From there, if the scanner gets to the point."""
        found = self._stances.at(_where(values, catalogue)[1], catalogue, stance)
        return _placed(found) if found else None

    def together(self, many: Sequence[Values], catalogue: VehicleCatalogue) -> Sequence[Placement] | None:
        """One stance for several points."""
        found = self._stances.together([_where(values, catalogue)[1] for values in many], catalogue)
        return [_placed(one) for one in found] if found else None

    def cost_s(self, _values: Values) -> float:
        """Coming to rest, reaching out, searching, sweeping, coming back."""
        return _COST_S

    def fix(self, values: Values, catalogue: VehicleCatalogue) -> Fix:
        """An upright seam tells where the car stands along and across, a level one only across itself."""
        _, point = _where(values, catalogue)
        return Fix.ALONG_AND_ACROSS if is_upright(point) else Fix.PARTLY

    def objection(self, _values: Values, _site: Site) -> str | None:
        """The robot has to stand."""
        return None if self.equipment.operator.motion.state.arrived else "the robot is still walking"

    def do(self, values: Values, site: Site) -> Routine[Outcome]:
        """Scan the point, with the arm clear of the car; `withdraw` brings the scanner back."""
        operator, scanner = self.equipment.operator, self._scanner
        seam, point = _where(values, site.catalogue)
        car = car_prisms(site.catalogue, site.X_WV)
        scanner.keep_clear(near(car, operator.motion.middle_W[:2], _OBSTACLES_M))
        measurement, shots = yield from scanner.scan(seam, point, site.vehicle, flipped=bool(values["flipped"]))
        scan = SeamScan(measurement=measurement, shots=tuple(shots), time_s=operator.now_s)
        if isinstance(measurement, Undecided):
            return Outcome(evidence=scan)
        return Outcome(evidence=scan, seen=SeamObservation(seam=seam, middle_W=measurement.middle_W))

    def withdraw(self) -> Routine[None]:
        """Bring the scanner back to where it is carried."""
        yield from self._scanner.retract()


def _placed(found: SeamStance) -> Placement:
    return Placement(stance=found.stance, chosen={"flipped": found.flipped})


def _where(values: Values, catalogue: VehicleCatalogue) -> tuple[Seam, SeamPoint]:
    seam = catalogue.seams[str(values["seam"])]
    return seam, seam.at_arc(float(values["arc_mm"]))


def is_upright(point: SeamPoint) -> bool:
    """True where a seam runs up rather than along the floor."""
    return bool(abs(point.along[2]) > np.sqrt(0.5))


def accuracy_at(point: SeamPoint, vehicle: VehiclePose) -> PoseAccuracy:
    """How well scanner and car are known against each other at a point of a seam."""
    return PoseAccuracy(
        place_mm=float(np.hypot(_HAND_MM, vehicle.std_mm(point.centre_V_mm, point.along))),
        angle_rad=float(np.hypot(_HAND_RAD, vehicle.turn_std_rad)),
    )


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

    def scan(
        self, seam: Seam, point: SeamPoint, vehicle: VehiclePose, *, flipped: bool
    ) -> Routine[tuple[SeamMeasurement | Undecided, list[Shot]]]:
        """Bring the laser to the point and measure it; returns the profiles as well.

        Args:
            seam, point: where.
            vehicle: where it is believed to stand, and how well that is known.
            flipped: which way round the laser line lies across the seam, see `aim`.

        Raises:
            UnreachableError: from this stance the point can not be reached.
        """
        X_WV, poses = vehicle.X_WV, accuracy_at(point, vehicle)
        at_point = aim(point, X_WV, self.standoff_m, flipped=flipped)
        before = Pose(p=at_point.p - _SWEEP_M * (X_WV.R @ point.along), R=at_point.R)  # where the sweep begins
        yield from self._reach.go_to(before, quiet=False)
        if not (yield from self._search(point, X_WV)):
            return measure_seam([], seam, point, X_WV, poses=poses), []
        shots = yield from self._sweep(point, X_WV)
        measurement = measure_seam(shots, seam, point, X_WV, poses=poses)
        if isinstance(measurement, SeamMeasurement) and measurement.oblique_rad > _SQUARE_RAD:
            yield from self._square_up(measurement)
            shots = yield from self._sweep(point, X_WV)
            measurement = measure_seam(shots, seam, point, X_WV, poses=poses)
        return measurement, shots

    def keep_clear(self, obstacles: Obstacles) -> None:
        """What the arm has to stay away from, in W."""
        self._reach.obstacles = obstacles

    def retract(self) -> Routine[None]:
        """Bring the scanner back to where it is carried."""
        if self._reach.extended:
            yield from self._reach.retract()

    def _take(self) -> Shot:
        profile = self._operator.robot.scan(self._scanner)
        return Shot(profile=profile, X_WS=self._operator.motion.pose_of(self._scanner))

    def _search(self, point: SeamPoint, X_WV: Pose) -> Routine[bool]:
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

    def _sweep(self, point: SeamPoint, X_WV: Pose) -> Routine[list[Shot]]:
        """Profiles while the laser passes over the point along the seam, from the end of the way that is nearer."""
        shots: list[Shot] = []
        to_point, along_W = self._along_offset(point, X_WV), X_WV.R @ point.along
        half = float(np.copysign(_SWEEP_M, to_point))
        if abs(to_point - half) > _AT_ITS_END_M:
            yield from self._move((to_point - half) * along_W)
        every = round(_SHOT_PERIOD_S / self._operator.motion.period_s)
        for tick, _ in enumerate(self._move(2.0 * half * along_W)):
            if tick % every == 0 and len(shots) < _MOST_SHOTS:
                shots.append(self._take())
            yield
        return shots

    def _along_offset(self, point: SeamPoint, X_WV: Pose) -> float:
        """How far along the seam the target's beam is from the point, m."""
        on_seam = X_WV.apply(1e-3 * point.centre_V_mm)
        return float((on_seam - self._reach.target.p) @ (X_WV.R @ point.along))

    def _square_up(self, measurement: SeamMeasurement) -> Routine[None]:
        """Turn the laser plane square to the seam, about the middle of the gap."""
        target = self._reach.target
        normal = target.R[:, 1] * np.sign(target.R[:, 1] @ measurement.along_W)
        R = exp_so3(np.cross(normal, measurement.along_W)) @ target.R
        arm = target.p - measurement.middle_W
        yield from self._reach.move_to(Pose(p=measurement.middle_W + R @ target.R.T @ arm, R=R))

    def _move(self, offset_W: Array) -> Routine[None]:
        target = self._reach.target
        yield from self._reach.move_to(Pose(p=target.p + offset_W, R=target.R))

    def _shift(self, offset_S: Array) -> Routine[None]:
        yield from self._reach.move_to(self._reach.target @ Pose(p=offset_S))


_DIRECTIONS = {
    Search.LOW_X: np.array([-1.0, 0.0, 0.0]),
    Search.HIGH_X: np.array([1.0, 0.0, 0.0]),
    Search.NEARER: np.array([0.0, 0.0, 1.0]),
    Search.FARTHER: np.array([0.0, 0.0, -1.0]),
    Search.STAY: np.zeros(3),
}
