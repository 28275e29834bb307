"""Inspect one car: walk the mission's stops, scan and look, keep track of where the car stands, judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from linewalker.brain.car_space import car_prisms, near
from linewalker.brain.mission import Mission, PartTask, SeamTask, Stop, Task
from linewalker.brain.operator import Operator, Skill
from linewalker.brain.route import Waypoint, plan_route
from linewalker.brain.skills.look_at_part import CarPictures, look_at_part
from linewalker.brain.skills.scan_seam import SeamScan, SeamScanner
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.judging import judge_part, judge_seam, undecided
from linewalker.inspection.part.presence import PartSighting
from linewalker.inspection.seam.scan import SeamMeasurement
from linewalker.inspection.seam.vehicle_pose import ParkingPrior, SeamObservation, VehiclePose, locate_vehicle
from linewalker.inspection.verdict import Judgement, Reason, Undecided
from linewalker.limbs.robot import RgbdImage

WALK_CLEARANCE_M = 0.45
_OBSTACLES_M = 1.0  # what of the car is nearer than this to the feet is in the way of an arm
_WALK_TIMEOUT_S = 90.0
_SETTLE_TIMEOUT_S = 3.0


@dataclass(frozen=True, kw_only=True, eq=False)
class CarJob:
    """One car to inspect.

    Attributes:
        catalogue: its model.
        options: of its order, complete.
        mission: what to do where.
        pictures: draws it from CAD.
    """

    catalogue: VehicleCatalogue
    options: Mapping[str, str]
    mission: Mission
    pictures: CarPictures


@dataclass(frozen=True, kw_only=True, eq=False)
class StopReport:
    """What one stop gave.

    Attributes:
        stop: which.
        found: the scan of a seam, or the sighting of a part with its picture.
        judgements: of its characteristics.
        touched: the robot touched the car on the way there, at work, or stepping back.
    """

    stop: Stop
    found: SeamScan | tuple[PartSighting | Undecided, RgbdImage] | None
    judgements: tuple[Judgement, ...]
    touched: bool


@dataclass
class InspectionLog:
    """What is known so far; stays valid when the job is broken off.

    Attributes:
        reports: of the stops worked off.
        vehicle: where the car stands.
        walking_s, working_s: robot time spent walking, and at work.
    """

    vehicle: VehiclePose
    reports: list[StopReport] = field(default_factory=list)
    observations: list[SeamObservation] = field(default_factory=list)
    walking_s: float = 0.0
    working_s: float = 0.0


class CarInspector:
    """Works one robot through cars.

    Args:
        operator: works the robot.
        scanner: scans seams.
        camera: name of the camera that looks at parts.
        home: where the robot waits, in W.
        on_stop: told after every stop.
    """

    def __init__(
        self,
        operator: Operator,
        scanner: SeamScanner,
        camera: str,
        home: Waypoint,
        on_stop: Callable[[StopReport], None] = lambda _: None,
    ):
        self._operator, self._scanner, self._camera = operator, scanner, camera
        self._home, self.on_stop = home, on_stop

    def begin(self, job: CarJob) -> InspectionLog:
        """An empty log: the car is where it is parked nominally."""
        nominal = Pose(p=np.array([0.0, 0.0, 1e-3 * job.catalogue.axle_height_mm]))
        return InspectionLog(vehicle=locate_vehicle([], ParkingPrior(X_WV=nominal)))

    def inspect(self, job: CarJob, log: InspectionLog) -> Skill[None]:
        """Work off all stops and go home; results gather in the log."""
        prior = ParkingPrior(X_WV=log.vehicle.X_WV)
        for stop in job.mission.stops:
            self._operator.forget_touch()
            began_s = self._operator.now_s
            yield from self._walk(_in_station(stop.stance, log.vehicle.X_WV), self._outline(job, log))
            arrived_s = self._operator.now_s
            report = yield from self._work(stop, job, log)
            log.reports.append(report)
            log.walking_s += arrived_s - began_s
            log.working_s += self._operator.now_s - arrived_s
            self.on_stop(report)  # before anything else: what is judged is kept whatever comes
            if isinstance(report.found, SeamScan) and isinstance(report.found.measurement, SeamMeasurement):
                assert isinstance(stop.task, SeamTask)
                seen = SeamObservation(seam=stop.task.seam, middle_W=report.found.measurement.middle_W)
                log.observations.append(seen)
                log.vehicle = locate_vehicle(log.observations, prior)
        began_s = self._operator.now_s
        yield from self.go_home(job, log)
        log.walking_s += self._operator.now_s - began_s

    def leave(self, job: CarJob, log: InspectionLog) -> Skill[None]:
        """Break the work off: the scanner comes back, the robot goes home."""
        yield from self._scanner.retract()
        yield from self.go_home(job, log)

    def go_home(self, job: CarJob, log: InspectionLog) -> Skill[None]:
        """Walk back to where the robot waits."""
        yield from self._walk(self._home, self._outline(job, log))

    def _walk(self, goal: Waypoint, outline_W: np.ndarray) -> Skill[None]:
        motion = self._operator.motion
        route = plan_route(Waypoint.at(motion.middle_W), goal, [outline_W], clearance_m=WALK_CLEARANCE_M)
        motion.follow([waypoint.pose for waypoint in route])
        yield from self._operator.until(lambda: motion.state.arrived, _WALK_TIMEOUT_S, f"reach {goal}")
        deadline_s = self._operator.now_s + _SETTLE_TIMEOUT_S
        while not motion.state.settled and self._operator.now_s < deadline_s:
            yield

    def _work(self, stop: Stop, job: CarJob, log: InspectionLog) -> Skill[StopReport]:
        task, now = stop.task, self._operator
        car = car_prisms(job.catalogue, log.vehicle.X_WV)
        self._scanner.keep_clear(near(car, now.motion.middle_W[:2], _OBSTACLES_M))
        found: SeamScan | tuple[PartSighting | Undecided, RgbdImage] | None
        try:
            if isinstance(task, SeamTask):
                found = yield from self._scanner.scan(task, log.vehicle.X_WV, flipped=stop.flipped)
                yield from self._scanner.retract()
            else:
                found = yield from look_at_part(now, self._camera, task, log.vehicle.X_WV, job.pictures)
        except UnreachableError as error:
            yield from self._scanner.retract()
            judgements = refusals(task.characteristics, Reason.NOT_REACHED, str(error), now.now_s)
            return StopReport(stop=stop, found=None, judgements=judgements, touched=now.touched)
        if now.touched:
            judgements = refusals(task.characteristics, Reason.CAR_TOUCHED, "", now.now_s)
        else:
            judgements = _judge(task, found, job.options, now.now_s)
        return StopReport(stop=stop, found=found, judgements=judgements, touched=now.touched)

    def _outline(self, job: CarJob, log: InspectionLog) -> np.ndarray:
        footprint = 1e-3 * job.catalogue.footprint_mm
        return log.vehicle.X_WV.apply(np.column_stack((footprint, np.zeros(len(footprint)))))[:, :2]


def refusals(
    characteristics: Sequence[Characteristic], reason: Reason, detail: str, time_s: float
) -> tuple[Judgement, ...]:
    """NOT_DECIDABLE, for all of them, for one reason."""
    return tuple(undecided(characteristic, reason, detail, time_s) for characteristic in characteristics)


def _judge(
    task: Task,
    found: SeamScan | tuple[PartSighting | Undecided, RgbdImage],
    options: Mapping[str, str],
    now_s: float,
) -> tuple[Judgement, ...]:
    if isinstance(task, PartTask):
        assert isinstance(found, tuple)
        sighting, image = found
        return tuple(judge_part(c, task.part, options, sighting, image.time_s) for c in task.characteristics)
    assert isinstance(found, SeamScan)
    measured = found.measurement
    time_s = measured.time_s if isinstance(measured, SeamMeasurement) else now_s
    return tuple(judge_seam(characteristic, measured, time_s) for characteristic in task.characteristics)


def _in_station(stance: Waypoint, X_WV: Pose) -> Waypoint:
    X = X_WV @ Pose.planar(stance.x, stance.y, stance.yaw)
    return Waypoint(x=float(X.p[0]), y=float(X.p[1]), yaw=X.yaw)
