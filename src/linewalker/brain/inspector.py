"""Inspect one car: walk to the mission's visits, do their skills, keep track of where the car stands, judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from linewalker.brain.mission import Mission, Visit
from linewalker.brain.operator import Operator, Routine
from linewalker.brain.route import Waypoint, plan_route
from linewalker.brain.skills.skill import Outcome, Site
from linewalker.brain.skills.skills import SkillSet
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.part.look import CarPictures
from linewalker.inspection.seam.vehicle_pose import ParkingPrior, SeamObservation, VehiclePose, locate_vehicle
from linewalker.inspection.verdict import Judgement, Reason, Verdict

WALK_CLEARANCE_M = 0.45
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
class VisitReport:
    """What one visit gave.

    Attributes:
        visit: which.
        outcome: of its skill; None if that could not be done.
        judgements: of its characteristics.
        touched: the robot touched the car on the way there, at work, or stepping back.
    """

    visit: Visit
    outcome: Outcome | None
    judgements: tuple[Judgement, ...]
    touched: bool


@dataclass
class InspectionLog:
    """What is known so far; stays valid when the job is broken off.

    Attributes:
        reports: of the visits made.
        vehicle: where the car stands.
        walking_s, working_s: robot time spent walking, and at work.
    """

    vehicle: VehiclePose
    reports: list[VisitReport] = field(default_factory=list)
    observations: list[SeamObservation] = field(default_factory=list)
    walking_s: float = 0.0
    working_s: float = 0.0


class CarInspector:
    """Works one robot through cars.

    Args:
        operator: works the robot.
        skills: what it can do.
        home: where the robot waits, in W.
        on_visit: told after every visit.
    """

    def __init__(
        self,
        operator: Operator,
        skills: SkillSet,
        home: Waypoint,
        on_visit: Callable[[VisitReport], None] = lambda _: None,
    ):
        self._operator, self._skills = operator, skills
        self._home, self.on_visit = home, on_visit

    def begin(self, job: CarJob) -> InspectionLog:
        """An empty log: the car is where it is parked nominally."""
        nominal = Pose(p=np.array([0.0, 0.0, 1e-3 * job.catalogue.axle_height_mm]))
        return InspectionLog(vehicle=locate_vehicle([], ParkingPrior(X_WV=nominal)))

    def inspect(self, job: CarJob, log: InspectionLog) -> Routine[None]:
        """Make all visits and go home; results gather in the log."""
        prior = ParkingPrior(X_WV=log.vehicle.X_WV)
        for visit in job.mission.visits:
            self._operator.forget_touch()
            began_s = self._operator.now_s
            yield from self._walk(_in_station(visit.stance, log.vehicle.X_WV), self._outline(job, log))
            arrived_s = self._operator.now_s
            report = yield from self._work(visit, job, log)
            log.reports.append(report)
            log.walking_s += arrived_s - began_s
            log.working_s += self._operator.now_s - arrived_s
            self.on_visit(report)  # before anything else: what is judged is kept whatever comes
            if report.outcome is not None and report.outcome.seen is not None:
                log.observations.append(report.outcome.seen)
                log.vehicle = locate_vehicle(log.observations, prior)
        began_s = self._operator.now_s
        yield from self.go_home(job, log)
        log.walking_s += self._operator.now_s - began_s

    def leave(self, job: CarJob, log: InspectionLog) -> Routine[None]:
        """Break the work off: the robot draws in its arms and goes home."""
        yield from self._skills.withdraw()
        yield from self.go_home(job, log)

    def go_home(self, job: CarJob, log: InspectionLog) -> Routine[None]:
        """Walk back to where the robot waits."""
        yield from self._walk(self._home, self._outline(job, log))

    def _walk(self, goal: Waypoint, outline_W: np.ndarray) -> Routine[None]:
        motion = self._operator.motion
        route = plan_route(Waypoint.at(motion.middle_W), goal, [outline_W], clearance_m=WALK_CLEARANCE_M)
        motion.follow([waypoint.pose for waypoint in route])
        yield from self._operator.until(lambda: motion.state.arrived, _WALK_TIMEOUT_S, f"reach {goal}")
        deadline_s = self._operator.now_s + _SETTLE_TIMEOUT_S
        while not motion.state.settled and self._operator.now_s < deadline_s:
            yield

    def _work(self, visit: Visit, job: CarJob, log: InspectionLog) -> Routine[VisitReport]:
        call, operator = visit.call, self._operator
        skill = self._skills[call.skill]

        def content(evidence: object) -> bool:
            """No other picture would change what is judged."""
            judged = [characteristic.judge(evidence, job.options) for characteristic in call.characteristics]
            return all(j.verdict is not Verdict.NOT_DECIDABLE or j.reason is Reason.PART_HIDDEN for j in judged)

        site = Site(catalogue=job.catalogue, X_WV=log.vehicle.X_WV, pictures=job.pictures, content=content)
        outcome, objection = None, skill.objection(call.values, site)
        if objection is None:
            try:
                outcome = yield from skill.do(call.values, site)
            except UnreachableError as error:
                yield from skill.withdraw()
                objection = str(error)
        if outcome is None:
            judged = (c.undecided(Reason.NOT_REACHED, objection or "", operator.now_s) for c in call.characteristics)
        elif operator.touched:
            judged = (c.undecided(Reason.CAR_TOUCHED, "", operator.now_s) for c in call.characteristics)
        else:
            judged = (c.judge(outcome.evidence, job.options) for c in call.characteristics)
        return VisitReport(visit=visit, outcome=outcome, judgements=tuple(judged), touched=operator.touched)

    def _outline(self, job: CarJob, log: InspectionLog) -> np.ndarray:
        footprint = 1e-3 * job.catalogue.footprint_mm
        return log.vehicle.X_WV.apply(np.column_stack((footprint, np.zeros(len(footprint)))))[:, :2]


def _in_station(stance: Waypoint, X_WV: Pose) -> Waypoint:
    X = X_WV @ Pose.planar(stance.x, stance.y, stance.yaw)
    return Waypoint(x=float(X.p[0]), y=float(X.p[1]), yaw=X.yaw)
