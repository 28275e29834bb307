"""Inspect one car: walk to the mission's visits, do their skills, keep track of where the car stands, judge."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np

from linewalker.brain.decision import Decision, What
from linewalker.brain.mission import Mission
from linewalker.brain.navigator import Navigator
from linewalker.brain.operator import Operator, Routine
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Outcome, Site
from linewalker.brain.skills.skills import SkillSet
from linewalker.brain.visit import SkillCall, Visit
from linewalker.cerebellum.reaching.posture import PostureUnreachable
from linewalker.errors import MotionRefused, NoWay, SensorFailed, StationFault, UnreachableError, in_words
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.part.look import CarPictures
from linewalker.inspection.seam.vehicle_pose import ParkingPrior, SeamObservation, VehiclePose, locate_vehicle
from linewalker.inspection.verdict import Judgement, Reason, Verdict

_Result = TypeVar("_Result")
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
    """What one call of a visit gave.

    Attributes:
        call: which.
        outcome: of its skill; None if that could not be done.
        judgements: of its characteristics.
        touched: the robot touched the car on the way there, at work, or stepping back.
    """

    call: SkillCall
    outcome: Outcome | None
    judgements: tuple[Judgement, ...]
    touched: bool


@dataclass
class InspectionLog:
    """What is known so far; stays valid when the job is broken off.

    Attributes:
        reports: of the calls done.
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
        on_visit: told of every call that was done.

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
        left, at_home = deque(job.mission.visits), False
        while left or not at_home:
            passing: list[Visit] = []
            while left and left[0].passing:
                passing.append(left.popleft())
            at_home = not left
            if at_home:
                missed = yield from self._walk_by(passing, self._home, job, log)
            else:
                missed = yield from self.visit(left.popleft(), job, log, passing)
            left.extendleft(reversed(missed))

    def visit(
        self, visit: Visit, job: CarJob, log: InspectionLog, passing: Sequence[Visit] = ()
    ) -> Routine[list[Visit]]:
        """Make one visit, past others that are made on the way; whatever happens, every call ends with a report.

        Returns:
            Those of the others at which the robot has to stand after all; they have no report yet.
        """
        self._operator.forget_touch()
        given = list[Outcome | _Failure]()
        try:
            missed = yield from self._walk_by(passing, _in_station(visit.stance, log.vehicle.X_WV), job, log)
        except (StationFault, MotionRefused):
            raise
        except NoWay as error:
            missed = [replace(other, passing=False) for other in passing]
            given = [self._given_up(call, _failure_of(error)) for call in visit.calls]
        for call in visit.calls[len(given) :]:
            away = bool(given) and isinstance(given[-1], _Failure)
            given.append((yield from self._do(call, visit, job, log, walk=away)))
        with suppress(UnreachableError):  # the robot had to step: its arms are free already
            for name in dict.fromkeys(call.skill for call in visit.calls):
                yield from self._working(self._skills[name].withdraw(), log)
        for call, outcome in zip(visit.calls, given):
            self._report(call, outcome, job, log)
        return missed

    def leave(self, job: CarJob, log: InspectionLog) -> Routine[None]:
        """Break the work off: the robot draws in its arms and goes home."""
        yield from self._skills.withdraw()
        yield from self.go_home(job, log)

    def go_home(self, job: CarJob, log: InspectionLog) -> Routine[None]:
        """Walk back to where the robot waits."""
        yield from self.navigator.walk(self._home, [self._outline(job, log)])

    def _walk_by(
        self, passing: Sequence[Visit], goal: Waypoint, job: CarJob, log: InspectionLog
    ) -> Routine[list[Visit]]:
        """Walk somewhere past visits, and report what they gave; returns those that did not give what was asked."""
        X_WV, began_s = log.vehicle.X_WV, self._operator.now_s
        glances = [
            (visit, call, self._skills[call.skill].glance(call.values, self._site(call, job, log)))
            for visit in passing
            for call in visit.calls
        ]

        def look_around() -> None:
            for _, _, glance in glances:
                if glance is not None:
                    glance.tick()

        places = [_in_station(visit.stance, X_WV) for visit in passing]
        try:
            yield from self.navigator.walk(goal, [self._outline(job, log)], places, look_around)
        finally:
            log.walking_s += self._operator.now_s - began_s
        missed: list[Visit] = []
        for visit, call, glance in glances:
            content = self._site(call, job, log).content
            outcome: Outcome | None = None
            for seen in glance.outcomes if glance else ():
                yield  # no tick judges more than one
                if content(seen.evidence):
                    outcome = seen
                    break
            if outcome is None:
                missed.append(replace(visit, calls=(call,), passing=False))
            else:
                self._report(call, outcome, job, log)
        return missed

    def _do(
        self, call: SkillCall, visit: Visit, job: CarJob, log: InspectionLog, *, walk: bool, again: bool = True
    ) -> Routine[Outcome | _Failure]:
        """Do a call, once more if something went wrong that may pass; before that the robot walks where it has to."""
        skill = self._skills[call.skill]
        try:
            if walk:
                yield from self._walk_by((), _in_station(visit.stance, log.vehicle.X_WV), job, log)
            site = self._site(call, job, log)
            if (objection := skill.objection(call.values, site)) is not None:
                raise UnreachableError(objection)
            return (yield from self._working(skill.do(call.values, site), log))
        except (StationFault, MotionRefused):
            raise
        except Exception as error:  # noqa: BLE001  whatever breaks in a skill costs what it was to find, not the shift
            yield from skill.withdraw()
            failure = _failure_of(error)
            if not again or not failure.passes:
                return self._given_up(call, failure)
            self._tell(What.VISIT_REPEATED, call, why=failure.why)
            self._operator.forget_touch()
            return (yield from self._do(call, visit, job, log, walk=True, again=False))

    def _working(self, work: Routine[_Result], log: InspectionLog) -> Routine[_Result]:
        began_s = self._operator.now_s
        try:
            return (yield from work)
        finally:
            log.working_s += self._operator.now_s - began_s

    def _given_up(self, call: SkillCall, failure: _Failure) -> _Failure:
        self._tell(What.VISIT_FAILED, call, why=failure.why)
        return failure

    def _report(self, call: SkillCall, given: Outcome | _Failure, job: CarJob, log: InspectionLog) -> None:
        """Judge what a call gave, tell of it, and take over what it says about where the car stands."""
        touched, now_s = self._operator.touched, self._operator.now_s
        if isinstance(given, _Failure):
            outcome = None
            judged = [c.undecided(given.reason, given.why, now_s) for c in call.characteristics]
        elif touched:
            outcome = given
            self._tell(What.CAR_TOUCHED, call)
            judged = [c.undecided(Reason.CAR_TOUCHED, "", now_s) for c in call.characteristics]
        else:
            outcome = given
            judged = [_judged(c, outcome.evidence, job) for c in call.characteristics]
        report = VisitReport(call=call, outcome=outcome, judgements=tuple(judged), touched=touched)
        log.reports.append(report)
        self.on_visit(report)  # before anything else: what is judged is kept whatever comes
        if outcome is not None and outcome.seen is not None:
            log.observations.append(outcome.seen)
            log.vehicle = locate_vehicle(log.observations, log.prior)

    def _site(self, call: SkillCall, job: CarJob, log: InspectionLog) -> Site:
        def content(evidence: object) -> bool:
            """No other picture would change what is judged."""
            judged = [_judged(characteristic, evidence, job) for characteristic in call.characteristics]
            return all(j.verdict is not Verdict.NOT_DECIDABLE or j.reason in _FINAL for j in judged)

        return Site(catalogue=job.catalogue, vehicle=log.vehicle, pictures=job.pictures, content=content)

    def _tell(self, what: What, call: SkillCall, **more: str) -> None:
        named = ", ".join(characteristic.id for characteristic in call.characteristics) or call.skill
        self.navigator.tell(Decision(what=what, about={"what": named, "skill": call.skill, **more}))

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
