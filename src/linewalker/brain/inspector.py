"""Inspect one car: walk to the mission's visits, do their skills, keep track of where the car stands, judge."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from linewalker.brain.decision import Decision, What
from linewalker.brain.mission import Mission, Visit
from linewalker.brain.navigator import Navigator
from linewalker.brain.operator import Operator, Routine
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Outcome, Site
from linewalker.brain.skills.skills import SkillSet
from linewalker.cerebellum.reaching.posture import PostureUnreachable
from linewalker.errors import MotionRefused, NoWay, SensorFailed, StationFault, UnreachableError, in_words
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.part.look import CarPictures
from linewalker.inspection.seam.vehicle_pose import ParkingPrior, SeamObservation, VehiclePose, locate_vehicle
from linewalker.inspection.verdict import Judgement, Reason, Verdict

_LOG = logging.getLogger("linewalker")
_FINAL = frozenset({Reason.PART_HIDDEN, Reason.SKILL_FAILED})
"""Why something is not decidable that would not be with another picture either."""


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
        prior: where it may stand, before anything was seen of it.
        walking_s, working_s: robot time spent walking, and at work.
    """

    vehicle: VehiclePose
    prior: ParkingPrior
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

    Attributes:
        navigator: walks the robot; what it tells of its way, it tells of the visits as well.
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
        self.navigator = Navigator(operator)

    def begin(self, job: CarJob) -> InspectionLog:
        """An empty log: the car is where it is parked nominally."""
        nominal = Pose(p=np.array([0.0, 0.0, 1e-3 * job.catalogue.axle_height_mm]))
        prior = ParkingPrior(X_WV=nominal)
        return InspectionLog(vehicle=locate_vehicle([], prior), prior=prior)

    def inspect(self, job: CarJob, log: InspectionLog) -> Routine[None]:
        """Make all visits and go home; results gather in the log."""
        for visit in job.mission.visits:
            yield from self.visit(visit, job, log)
        began_s = self._operator.now_s
        yield from self.go_home(job, log)
        log.walking_s += self._operator.now_s - began_s

    def visit(self, visit: Visit, job: CarJob, log: InspectionLog) -> Routine[VisitReport]:
        """Make one visit, once more if something went wrong that may pass; whatever happens, it ends with a report."""
        report = yield from self._visit(visit, job, log, again=True)
        log.reports.append(report)
        self.on_visit(report)  # before anything else: what is judged is kept whatever comes
        if report.outcome is not None and report.outcome.seen is not None:
            log.observations.append(report.outcome.seen)
            log.vehicle = locate_vehicle(log.observations, log.prior)
        return report

    def leave(self, job: CarJob, log: InspectionLog) -> Routine[None]:
        """Break the work off: the robot draws in its arms and goes home."""
        yield from self._skills.withdraw()
        yield from self.go_home(job, log)

    def go_home(self, job: CarJob, log: InspectionLog) -> Routine[None]:
        """Walk back to where the robot waits."""
        yield from self.navigator.walk(self._home, [self._outline(job, log)])

    def _visit(self, visit: Visit, job: CarJob, log: InspectionLog, *, again: bool) -> Routine[VisitReport]:
        self._operator.forget_touch()
        try:
            outcome = yield from self._work(visit, job, log)
        except (StationFault, MotionRefused):
            raise
        except Exception as error:  # noqa: BLE001  whatever breaks in a skill costs what it was to find, not the shift
            yield from self._skills[visit.call.skill].withdraw()
            failure = _failure_of(error)
            if again and failure.passes:
                self._tell(What.VISIT_REPEATED, visit, why=failure.why)
                return (yield from self._visit(visit, job, log, again=False))
            self._tell(What.VISIT_FAILED, visit, why=failure.why)
            now_s = self._operator.now_s
            judged = (c.undecided(failure.reason, failure.why, now_s) for c in visit.call.characteristics)
            return VisitReport(visit=visit, outcome=None, judgements=tuple(judged), touched=self._operator.touched)
        if self._operator.touched:
            self._tell(What.CAR_TOUCHED, visit)
        judged = (self._judge(c, outcome, job) for c in visit.call.characteristics)
        return VisitReport(visit=visit, outcome=outcome, judgements=tuple(judged), touched=self._operator.touched)

    def _work(self, visit: Visit, job: CarJob, log: InspectionLog) -> Routine[Outcome]:
        """Walk there and do it."""
        call, operator = visit.call, self._operator
        skill, began_s = self._skills[call.skill], operator.now_s
        try:
            yield from self.navigator.walk(_in_station(visit.stance, log.vehicle.X_WV), [self._outline(job, log)])
        finally:
            log.walking_s += operator.now_s - began_s
        arrived_s = operator.now_s

        def content(evidence: object) -> bool:
            """No other picture would change what is judged."""
            judged = [_judged(characteristic, evidence, job) for characteristic in call.characteristics]
            return all(j.verdict is not Verdict.NOT_DECIDABLE or j.reason in _FINAL for j in judged)

        site = Site(catalogue=job.catalogue, X_WV=log.vehicle.X_WV, pictures=job.pictures, content=content)
        if (objection := skill.objection(call.values, site)) is not None:
            raise UnreachableError(objection)
        try:
            return (yield from skill.do(call.values, site))
        finally:
            log.working_s += operator.now_s - arrived_s

    def _judge(self, characteristic: Characteristic, outcome: Outcome, job: CarJob) -> Judgement:
        if self._operator.touched:
            return characteristic.undecided(Reason.CAR_TOUCHED, "", self._operator.now_s)
        return _judged(characteristic, outcome.evidence, job)

    def _tell(self, what: What, visit: Visit, **more: str) -> None:
        named = ", ".join(characteristic.id for characteristic in visit.call.characteristics) or visit.call.skill
        self.navigator.tell(Decision(what=what, about={"what": named, "skill": visit.call.skill, **more}))

    def _outline(self, job: CarJob, log: InspectionLog) -> np.ndarray:
        footprint = 1e-3 * job.catalogue.footprint_mm
        return log.vehicle.X_WV.apply(np.column_stack((footprint, np.zeros(len(footprint)))))[:, :2]


class _Failure(NamedTuple):
    """What became of a visit that failed: the reason on record, the words, and whether it may go better once more."""

    reason: Reason
    why: str
    passes: bool


def _failure_of(error: Exception) -> _Failure:
    if isinstance(error, UnreachableError):
        return _Failure(Reason.NOT_REACHED, str(error), not isinstance(error, NoWay | PostureUnreachable))
    if isinstance(error, SensorFailed):
        return _Failure(Reason.SENSOR_FAILED, str(error), True)
    _LOG.error("a skill broke off; what it was to find is not decidable, the work goes on", exc_info=error)
    return _Failure(Reason.SKILL_FAILED, in_words(error), False)


def _judged(characteristic: Characteristic, evidence: Any, job: CarJob) -> Judgement:
    try:
        return characteristic.judge(evidence, job.options)
    except Exception as error:  # noqa: BLE001  a method that breaks costs its characteristic, not the shift
        _LOG.error("%s can not be judged; the work goes on", characteristic.id, exc_info=error)
        return characteristic.undecided(Reason.SKILL_FAILED, in_words(error), 0.0)


def _in_station(stance: Waypoint, X_WV: Pose) -> Waypoint:
    X = X_WV @ Pose.planar(stance.x, stance.y, stance.yaw)
    return Waypoint(x=float(X.p[0]), y=float(X.p[1]), yaw=X.yaw)
