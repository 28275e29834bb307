"""A station without physics that orders can be given to: a point that walks, cars that come, a probe that measures.

Errands, plans and their proof, records, results and journal are the real ones. Everything that can happen to a robot
can be made to happen at a robot time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from linewalker.brain.inspector import CarInspector, CarJob
from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.journal import Entry, Journal, read_journal
from linewalker.brain.mission import Mission
from linewalker.brain.navigator import Patience
from linewalker.brain.operator import Operator, Routine
from linewalker.brain.places import places_round
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.bow import Bow
from linewalker.brain.skills.gather import Gather
from linewalker.brain.skills.go_to import GoTo
from linewalker.brain.skills.say import Say
from linewalker.brain.skills.skill import Outcome, Site, Values
from linewalker.brain.skills.wait import Wait
from linewalker.brain.visit import SkillCall, Visit
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.records import Records, RunRecords
from linewalker.factory.records.results import CarResult, RunHeader
from linewalker.factory.records.results_file import ResultsFile
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Limits
from linewalker.inspection.plan import InspectionPlan
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement
from linewalker.limbs.profile import Gait
from linewalker.station.acting.certified_errand import Proving
from linewalker.station.acting.errand_maker import ErrandMaker, Premises
from linewalker.station.acting.errand_runner import Archive, ErrandRunner
from linewalker.station.acting.log_book import LogBook
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.workplace import Workplace, walks_round
from linewalker.station.program import Crew
from linewalker.station.run_folder import JOURNAL_FILE, RECORDS_FILE, RESULTS_FILE
from tests.brain.plane_robot import PlaneMotion, plane_operator
from tests.inspection import nominal_car

CAR = VehicleCatalogue.from_dict(nominal_car.export())
FOOTPRINT = 1e-3 * CAR.footprint_mm
HOME = Waypoint(x=float(FOOTPRINT[:, 0].min()) - 0.6, y=float(FOOTPRINT[:, 1].min()) - 1.2, yaw=0.0)
VINS = ("LWKSD11A1T1000001", "LWKSD11A1T1000002")
HEADER = RunHeader(
    shift="s.csv", shift_sha256="1", plan="p.yaml", plan_sha256="2", station="plane", robot="point", software="test"
)
PROBE_S = 1.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question whose answer is what the probe measured."""

    limits = Limits(unit="mm", nominal=4.0, lower=3.0, upper=5.0)
    at: str

    @property
    def need(self) -> Any:
        return SimpleNamespace(skill="look_at_part", parameters={"part": self.at})

    def judge(self, characteristic: str, evidence: float, _options: object) -> Judgement:
        return self.limits.judge(characteristic, evidence, 0.05, detail="", time_s=evidence)

    def draw(self, *_: object) -> None:
        return None


def characteristic(name: str, feature: str, severity: Severity) -> Characteristic:
    question: Any = Asked(at=feature)
    title = Title(zh=f"测点{name}", en=f"point {name}")
    return Characteristic(
        id=name, title=title, method="gap", severity=severity, feature=feature, question=question, when={}
    )


PLANNED = (
    characteristic("L1", "door_left", Severity.CRITICAL),
    characteristic("L2", "fender_left", Severity.MINOR),
    characteristic("R1", "door_right", Severity.MAJOR),
)
STANCES = {
    "door_left": Waypoint(x=1.0, y=float(FOOTPRINT[:, 1].min()) - 0.4, yaw=float(np.pi / 2)),
    "fender_left": Waypoint(x=0.0, y=float(FOOTPRINT[:, 1].min()) - 0.4, yaw=float(np.pi / 2)),
    "door_right": Waypoint(x=1.0, y=float(FOOTPRINT[:, 1].max()) + 0.4, yaw=float(-np.pi / 2)),
}


class PlaneMissions:
    """Stands where the table says."""

    def mission_for(self, _model: str, wanted: Sequence[Characteristic]) -> Mission:
        calls = [SkillCall(skill="look_at_part", values={"part": c.feature}, characteristics=(c,)) for c in wanted]
        return self.mission_of(_model, calls)

    def mission_of(self, _model: str, calls: Sequence[SkillCall]) -> Mission:
        visits = tuple(Visit(stance=STANCES[str(call.values["part"])], calls=(call,)) for call in calls)
        return Mission(visits=visits, refused={})


class Probe:
    """Measures 4 mm and a hair more every time, so that no two measurements are alike.

    Attributes:
        breaks: raised instead, one after the other; None: it measures.
        measured: values it gave.
    """

    def __init__(self, operator: Operator):
        self._operator = operator
        self.breaks: list[Exception | None] = []
        self.measured: list[float] = []
        self.withdrawn = 0

    def cost_s(self, _values: Values) -> float:
        return PROBE_S

    def objection(self, _values: Values, _site: Site) -> None:
        return None

    def do(self, _values: Values, _site: Site) -> Routine[Outcome]:
        yield from self._operator.wait(PROBE_S)
        error = self.breaks.pop(0) if self.breaks else None
        if error is not None:
            raise error
        self.measured.append(4.0 + 1e-3 * (len(self.measured) + 1))
        return Outcome(evidence=self.measured[-1])

    def withdraw(self) -> Iterator[None]:
        self.withdrawn += 1
        yield from ()


class PlaneSkills(Mapping[str, Any]):
    """What the point can do."""

    def __init__(self, operator: Operator, said: list[str]):
        self.equipment: Any = SimpleNamespace(operator=operator, voice=said.append, group=tuple)
        self.probe = Probe(operator)
        acts = {"go_to": GoTo, "wait": Wait, "say": Say, "bow": Bow, "gather": Gather}
        self._skills = {"look_at_part": self.probe, **{name: kind(self.equipment) for name, kind in acts.items()}}

    def __getitem__(self, name: str) -> Any:
        return self._skills[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._skills)

    def __len__(self) -> int:
        return len(self._skills)

    def withdraw(self) -> Iterator[None]:
        for skill in self._skills.values():
            yield from skill.withdraw()


class PlanePlant:
    """Cars that come in half a second, or when they like."""

    def __init__(self, operator: Operator):
        self._operator, self.takes_s, self.happened = operator, 0.5, list[str]()

    def bring(self, order: BuildOrder) -> Routine[None]:
        yield from self._operator.wait(self.takes_s)
        self.happened.append(f"came {order.vin}")

    def take_away(self) -> None:
        self.happened.append("left")


ORDERS = tuple(
    BuildOrder(sequence=i + 1, vin=vin, model="sedan", options={"paint": "red"}) for i, vin in enumerate(VINS)
)


@dataclass(kw_only=True)
class PlaneStation:
    """A station, and all there is to see of it.

    Attributes:
        heard: entries of the journal, as they were written.
    """

    folder: Path
    motion: PlaneMotion
    operator: Any
    skills: PlaneSkills
    plant: PlanePlant
    records: RunRecords
    workplace: Workplace
    performer: StationPerformer
    said: list[str]
    heard: list[Entry] = field(default_factory=list)

    def do(self, *goals: Goal) -> Any:
        """Prepare goals, begin them, and wait until nothing runs; returns the progress, or why it was not begun."""
        begun = self.begin(*goals)
        if begun is not None:
            return begun
        assert self.performer.wait(60.0)
        return self.performer.progress()

    def begin(self, *goals: Goal, proposal: str = "P1") -> Any:
        """Prepare goals and begin them; returns why they were not begun, if they were not."""
        draft = self.performer.prepare(goals)
        plan = getattr(draft, "plan", None)
        return draft if plan is None else self.performer.begin(proposal, goals, plan)

    def at(self, time_s: float, do: Callable[[], object]) -> None:
        """Do something at a robot time."""
        due = [do]

        def look(now_s: float) -> None:
            if now_s >= time_s and due:
                due.pop()()

        self.operator.robot.happens.append(look)

    @property
    def codes(self) -> list[str]:
        """Of the journal, as it stands on disk."""
        return [entry.code for entry in read_journal(self.folder / JOURNAL_FILE)]

    @property
    def cars(self) -> tuple[CarResult, ...]:
        """As they stand on record."""
        return self.records.cars()


@contextmanager
def plane_station(
    folder: Path, patience: Patience | None = None, car_patience_s: float = 5.0
) -> Iterator[PlaneStation]:
    """A station at work as long as the block lasts."""
    with plane_workplace(folder, patience, car_patience_s) as station, station.performer:
        yield station


@contextmanager
def plane_workplace(
    folder: Path, patience: Patience | None = None, car_patience_s: float = 5.0
) -> Iterator[PlaneStation]:
    """A station whose performer nobody has started."""
    motion = PlaneMotion(HOME.pose)
    operator, said, heard = plane_operator(motion), list[str](), list[Entry]()
    skills, plant = PlaneSkills(operator, said), PlanePlant(operator)
    inspector = CarInspector(operator, skills, HOME)  # type: ignore[arg-type]
    inspector.navigator.patience = patience or Patience(walk_s=40.0, way_s=6.0, place_s=5.0)
    pictures: Any = None

    def job_of(order: BuildOrder) -> CarJob:
        nothing = Mission(visits=(), refused={})
        return CarJob(catalogue=CAR, options=order.options, mission=nothing, pictures=pictures)

    crew = Crew(operator=operator, inspector=inspector, job_of=job_of, plant=plant)
    plan = InspectionPlan(file=folder / "p.yaml", models={"sedan": PLANNED})
    with Records(folder / RECORDS_FILE) as book, ExitStack() as stack:
        records = book.begin_run(HEADER, resume=True)
        results = stack.enter_context(ResultsFile(folder / RESULTS_FILE, records))
        goes_to = {"folder": folder, "plan": plan, "records": records, "results": results}
        archive = Archive(takt_limit_s=300.0, car_patience_s=car_patience_s, **goes_to)
        log = LogBook(Journal(folder / JOURNAL_FILE), lambda: operator.now_s, heard.append)
        runner = ErrandRunner(crew, skills, HOME, archive, log)  # type: ignore[arg-type]
        premises = Premises(
            skills=skills,
            places=places_round(FOOTPRINT, HOME),
            plan=plan,
            orders=ORDERS,
            catalogues={"sedan": CAR},
            planner=PlaneMissions(),
            present=lambda: runner.in_place,
        )
        workplace = Workplace(
            robot="point",
            plan_fingerprint="f" * 64,
            operator=operator,
            maker=ErrandMaker(premises),
            proving=Proving(home=HOME, walk=walks_round([FOOTPRINT], Gait()), cost_s=lambda _: PROBE_S),
            runner=runner,
            log=log,
        )
        yield PlaneStation(
            folder=folder, motion=motion, operator=operator, skills=skills, plant=plant, records=records,
            workplace=workplace, performer=StationPerformer(workplace), said=said, heard=heard,
        )  # fmt: skip
