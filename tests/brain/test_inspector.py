"""What the inspector does follows from the mission alone, wherever the mission has been; whatever happens is judged."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from linewalker.brain.decision import Decision, What
from linewalker.brain.inspector import CarInspector, CarJob, InspectionLog
from linewalker.brain.mission import Mission
from linewalker.brain.operator import Routine
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Outcome, Site, Values
from linewalker.brain.visit import SkillCall, Visit
from linewalker.cerebellum.reaching.posture import Miss, PostureUnreachable
from linewalker.errors import MotionRefused, NoWay, RobotLost, SensorFailed, UnreachableError
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Limits
from linewalker.inspection.seam.vehicle_pose import SeamObservation
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Verdict
from linewalker.limbs.profile import Gait
from tests.inspection import nominal_car

CAR = VehicleCatalogue.from_dict(nominal_car.export())
HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)
DOOR = CAR.seams["front_door/rear_door"]


class Sharp:
    """A question that is content with evidence above 2."""

    limits = Limits(unit="mm", nominal=3.0, lower=2.0, upper=4.0)

    def judge(self, characteristic: str, evidence: float, _options: object) -> Judgement:
        if evidence < self.limits.lower:
            return self.limits.undecided(characteristic, Reason.TOO_DARK, "", evidence)
        return self.limits.judge(characteristic, evidence, 0.1, detail="", time_s=evidence)


def mission(*arcs: float) -> Mission:
    asked = Characteristic(
        id="C", title=Title(zh="测点", en="point"), method="own", severity=Severity.MAJOR, feature=DOOR.name,
        question=Sharp(), when={},  # type: ignore[arg-type]
    )  # fmt: skip
    visits = (
        Visit(
            stance=HOME,
            calls=(SkillCall(skill="probe", values={"arc_mm": arc, "flipped": i % 2 == 0}, characteristics=(asked,)),),
        )
        for i, arc in enumerate(arcs)
    )
    return Mission(visits=tuple(visits), refused={"roof": "too high"})


class Motion:
    """Is always where it was sent."""

    middle_W = np.array([-1.0, -2.2, 0.0])
    profile = SimpleNamespace(gait=Gait())
    state = SimpleNamespace(arrived=True, settled=True)
    estimate = SimpleNamespace(localised=False)

    def follow(self, poses: list[Pose]) -> None:
        pass


class Operator:
    """Time stands still."""

    now_s, touched, motion = 0.0, False, Motion()

    def forget_touch(self) -> None:
        self.touched = False

    def until(self, *_: object) -> Routine[None]:
        yield from ()


class Seen:
    """Has seen so much while walking by."""

    def __init__(self, *evidence: float):
        self.outcomes = [Outcome(evidence=value) for value in evidence]
        self.ticks = 0

    def tick(self) -> None:
        self.ticks += 1


class Probe:
    """Notes what it is asked for and gives what the test wants; a robot with nothing else."""

    glances: Seen | None = None

    def __init__(self, work: Callable[[Site], Outcome] = lambda _: Outcome(evidence=3.0)):
        self.asked: list[Values] = []
        self.sites: list[Site] = []
        self.withdrawn = 0
        self.objects: str | None = None
        self._work = work

    def __getitem__(self, name: str) -> Probe:
        assert name == "probe"
        return self

    def objection(self, _values: Values, _site: Site) -> str | None:
        return self.objects

    def do(self, values: Values, site: Site) -> Routine[Outcome]:
        self.asked.append(values)
        self.sites.append(site)
        yield from ()
        return self._work(site)

    def glance(self, _values: Values, _site: Site) -> Seen | None:
        return self.glances

    def withdraw(self) -> Iterator[None]:
        self.withdrawn += 1
        yield from ()


def inspected(
    of: Mission, probe: Probe, operator: Operator | None = None, told: list[Decision] | None = None
) -> InspectionLog:
    working: Any = operator or Operator()
    skills: Any = probe
    pictures: Any = None
    inspector = CarInspector(working, skills, HOME)
    if told is not None:
        inspector.navigator.tell = told.append
    job = CarJob(catalogue=CAR, options={}, mission=of, pictures=pictures)
    log = inspector.begin(job)
    for _ in inspector.inspect(job, log):
        pass
    return log


@pytest.mark.parametrize(
    "travel", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))], ids=["copy", "deepcopy", "pickle"]
)
def test_a_mission_that_was_copied_is_inspected_the_same(travel: Callable[[Mission], Mission]) -> None:
    original, one, other = mission(50.0, 250.0, 400.0), Probe(), Probe()
    inspected(original, one)
    inspected(travel(original), other)
    assert other.asked == one.asked
    assert [values["flipped"] for values in one.asked] == [True, False, True]


def test_what_a_skill_finds_is_judged() -> None:
    (report,) = inspected(mission(50.0), Probe()).reports
    assert [(j.characteristic, j.verdict, j.value) for j in report.judgements] == [("C", Verdict.OK, 3.0)]


OUT_OF_REACH = PostureUnreachable(
    "wrist",
    Miss(position_m=0.003, rotation_rad=0.0, broken_m=0.0, because=(), nearest=None),  # type: ignore[arg-type]
)


def breaking(error: Exception, tries: int = 9) -> Probe:
    """Fails so many times, and withdraws every time."""
    left = iter(range(tries))

    def work(_: Site) -> Outcome:
        if next(left, None) is not None:
            raise error
        return Outcome(evidence=3.0)

    return Probe(work)


@pytest.mark.parametrize(
    ("error", "tries", "reason"),
    [
        (UnreachableError("the robot had to step"), 2, Reason.NOT_REACHED),
        (SensorFailed("the scanner is silent"), 2, Reason.SENSOR_FAILED),
        (NoWay("a pallet stands there"), 1, Reason.NOT_REACHED),
        (OUT_OF_REACH, 1, Reason.NOT_REACHED),
        (KeyError("trim"), 1, Reason.SKILL_FAILED),
    ],
)
def test_what_fails_is_tried_again_if_that_may_help_and_costs_its_own_verdict_alone(
    error: Exception, tries: int, reason: Reason
) -> None:
    probe, told = breaking(error), list[Decision]()
    first, second = inspected(mission(50.0, 60.0), probe, told=told).reports
    assert (len(probe.asked), probe.withdrawn) == (2 * tries, 2 * tries + 2)
    for report in (first, second):
        assert report.outcome is None
        assert [(j.verdict, j.reason) for j in report.judgements] == [(Verdict.NOT_DECIDABLE, reason)]
        assert str(error) in report.judgements[0].detail
    once = [What.VISIT_REPEATED] * (tries - 1) + [What.VISIT_FAILED]
    assert [decision.what for decision in told] == once * 2
    assert all(decision.about["what"] == "C" and str(error) in decision.text.en for decision in told)


def test_what_goes_well_the_second_time_counts_once() -> None:
    probe, told = breaking(SensorFailed("the scanner is silent"), tries=1), list[Decision]()
    (report,) = inspected(mission(50.0), probe, told=told).reports
    assert [(j.verdict, j.value) for j in report.judgements] == [(Verdict.OK, 3.0)]
    assert [decision.what for decision in told] == [What.VISIT_REPEATED]


@pytest.mark.parametrize("error", [RobotLost("unplugged"), MotionRefused("it holds after a stop")])
def test_what_no_visit_can_mend_ends_the_work(error: Exception) -> None:
    with pytest.raises(type(error)):
        inspected(mission(50.0), breaking(error))


def test_a_method_that_breaks_costs_its_characteristic() -> None:
    (report,) = inspected(mission(50.0), Probe(lambda _: Outcome(evidence="no number"))).reports
    assert [j.reason for j in report.judgements] == [Reason.SKILL_FAILED]
    assert "TypeError" in report.judgements[0].detail


def test_what_a_skill_objects_to_is_not_begun() -> None:
    probe = Probe()
    probe.objects = "the robot is still walking"
    (report,) = inspected(mission(50.0), probe).reports
    assert probe.asked == []
    assert [(j.reason, j.detail) for j in report.judgements] == [(Reason.NOT_REACHED, "the robot is still walking")]


def test_a_touch_makes_the_evidence_worthless_but_not_lost() -> None:
    operator = Operator()

    def touching(_: Site) -> Outcome:
        operator.touched = True
        return Outcome(evidence=3.0)

    (report,) = inspected(mission(50.0), Probe(touching), operator).reports
    assert (report.touched, [j.reason for j in report.judgements]) == (True, [Reason.CAR_TOUCHED])
    assert report.outcome is not None


def test_a_skill_can_ask_whether_its_evidence_is_enough() -> None:
    probe = Probe()
    inspected(mission(50.0), probe)
    assert [probe.sites[0].content(evidence) for evidence in (1.0, 2.5, 9.0)] == [False, True, True]


def test_what_was_seen_of_the_car_helps_at_the_next_visit() -> None:
    point = DOOR.at({"z": 200})
    off_m = np.array([0.015, 0.0, 0.0])  # across this seam

    def seen(_: Site) -> Outcome:
        middle = nominal.apply(1e-3 * point.middle_V_mm) + off_m
        return Outcome(evidence=3.0, seen=SeamObservation(seam=DOOR, middle_W=middle))

    nominal = Pose(p=np.array([0.0, 0.0, 1e-3 * CAR.axle_height_mm]))
    probe = Probe(seen)
    log = inspected(mission(50.0, 250.0), probe)
    assert probe.sites[0].X_WV.p == pytest.approx(nominal.p)
    assert probe.sites[1].X_WV.p == pytest.approx(nominal.p + off_m, abs=4e-3)
    assert len(log.observations) == 2


def walked_by(*evidence: float) -> tuple[InspectionLog, Probe]:
    """A robot that passes one visit, where it sees this, and stands at another."""
    of, probe = mission(50.0, 250.0), Probe()
    probe.glances = Seen(*evidence)
    first, second = of.visits
    return inspected(replace(of, visits=(replace(first, passing=True), second)), probe), probe


def test_what_was_seen_in_passing_is_judged_and_needs_no_stand() -> None:
    log, probe = walked_by(1.0, 3.5, 2.5)
    assert [report.judgements[0].value for report in log.reports] == [3.5, 3.0]
    assert [values["arc_mm"] for values in probe.asked] == [250.0]


@pytest.mark.parametrize("evidence", [(), (1.0, 0.5)])
def test_where_passing_was_not_enough_the_robot_stands_afterwards(evidence: tuple[float, ...]) -> None:
    log, probe = walked_by(*evidence)
    assert [values["arc_mm"] for values in probe.asked] == [250.0, 50.0]
    assert len(log.reports) == 2
    assert all(report.judgements[0].verdict is Verdict.OK for report in log.reports)


def test_what_is_passed_on_the_way_home_is_made_good_before_the_end() -> None:
    of, probe = mission(50.0), Probe()
    probe.glances = Seen()
    log = inspected(replace(of, visits=(replace(of.visits[0], passing=True),)), probe)
    assert (len(log.reports), len(probe.asked)) == (1, 1)


def test_all_calls_of_a_visit_are_done_before_the_arms_are_drawn_in() -> None:
    of, probe = mission(50.0, 250.0, 400.0), Probe()
    calls = tuple(call for visit in of.visits for call in visit.calls)
    log = inspected(replace(of, visits=(replace(of.visits[0], calls=calls),)), probe)
    assert [values["arc_mm"] for values in probe.asked] == [50.0, 250.0, 400.0]
    assert (len(log.reports), probe.withdrawn) == (3, 1)
