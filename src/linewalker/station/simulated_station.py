"""The simulated station: its shift with a world, its plant, the robot's operator, inspector and missions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from linewalker.brain.inspector import CarInspector, CarJob
from linewalker.brain.mission import Mission, MissionMaker, calls_for
from linewalker.brain.operator import Operator
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.skills import SKILLS, SkillSet
from linewalker.brain.travel_time import Ways
from linewalker.brain.visit import SkillCall
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.plan import InspectionPlan
from linewalker.limbs.profile import RobotProfile
from linewalker.station.inputs import KnownModels, Progress
from linewalker.station.memory import give_back
from linewalker.station.pictures import OrderPictures
from linewalker.station.plant import HOME, SimulatedPlant
from linewalker.station.shift_files import Shift, ShiftFiles, read_shift_files
from linewalker.station.true_answers import write_truth
from linewalker.vehicle.nominal_view import NominalView
from linewalker.world.deviations import World, read_world

_FIRST_STAND_S = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class SimulatedShift(Shift):
    """A shift, and what is wrong with its simulated cars."""

    world: World


def read_simulated_shift(files: ShiftFiles, progress: Progress | None = None) -> SimulatedShift:
    """Read and check everything before anything is written or moves.

    Raises:
        InputError: names file, line, key and what is allowed.
    """
    shift = read_shift_files(files, progress)
    if files.world is not None and files.shift is None:
        raise InputError(
            "a world speaks of the cars of a shift; give the shift as well, with --shift", file=files.world
        )
    world = World() if files.world is None else read_world(files.world, shift.orders, shift.models.vehicles)
    return SimulatedShift(
        files=files, profile=shift.profile, models=shift.models, plan=shift.plan, orders=shift.orders, world=world
    )


class MissionPlanner:
    """Missions for orders; what a model and its options ask for is planned once."""

    def __init__(self, plan: InspectionPlan, models: KnownModels, skills: SkillSet):
        self._plan, self._models, self._skills = plan, models, skills
        self._known: dict[tuple[str, tuple[str, ...]], Mission] = {}
        self._makers: dict[str, MissionMaker] = {}

    def mission(self, order: BuildOrder) -> Mission:
        """Visits and refusals for the car of an order."""
        return self.mission_for(order.model, self._plan.applicable(order.model, order.options))

    def mission_for(self, model: str, wanted: Sequence[Characteristic]) -> Mission:
        """Visits and refusals for some characteristics of a model."""
        key = model, tuple(characteristic.id for characteristic in wanted)
        if key not in self._known:
            self._known[key] = self.mission_of(model, calls_for(wanted, SKILLS))
        return self._known[key]

    def mission_of(self, model: str, calls: Sequence[SkillCall]) -> Mission:
        """Visits and refusals for some calls of skills at a car of a model."""
        if model not in self._makers:
            catalogue = self._models.catalogues[model]
            ways = Ways([1e-3 * catalogue.footprint_mm], self._skills.gait)
            # a perfectly parked car's axes are those of W, so home needs no change of frame
            self._makers[model] = MissionMaker(self._skills, catalogue, ways, HOME)
        return self._makers[model].mission(calls)


@dataclass(frozen=True, kw_only=True, eq=False)
class Station:
    """One simulated station, ready to work.

    Attributes:
        profile: its robot.
        plant: scene, robot, and cars that come and go.
        operator, inspector: what moves the robot and makes it inspect.
        skills: what it can do.
        planner: missions.
        models: vehicle models it can be asked for.
        plan: what it inspects.
    """

    profile: RobotProfile
    plant: SimulatedPlant
    operator: Operator
    inspector: CarInspector
    skills: SkillSet
    planner: MissionPlanner
    models: KnownModels
    plan: InspectionPlan
    views: dict[str, NominalView]

    def job_of(self, order: BuildOrder) -> CarJob:
        """Everything the inspector has to know about an order."""
        if order.model not in self.views:
            self.views[order.model] = NominalView(self.models.vehicles[order.model])
        return CarJob(
            catalogue=self.models.catalogues[order.model],
            options=order.options,
            mission=self.planner.mission(order),
            pictures=OrderPictures(self.views[order.model], order),
        )

    def write_truth(self, orders: Iterable[BuildOrder], folder: Path) -> None:
        """True answers about the cars of these orders, for scoring."""
        write_truth(self.plan, self.models, self.plant.deviations_of, orders, folder)


def build_station(
    profile: RobotProfile, models: KnownModels, present: Sequence[str], plan: InspectionPlan, world: World, seed: int
) -> Station:
    """Put a station together; the robot stands at its home when this returns.

    Args:
        profile: the robot.
        models: vehicle models the station knows.
        present: those of them that cars of this station may be.
        plan: what to inspect.
        world: what is wrong with the simulated cars.
        seed: of everything random.
    """
    plant = SimulatedPlant(profile, [models.vehicles[name] for name in present], world, seed)
    operator = Operator(plant.robot, SafeMotion(MotionController(profile)))
    operator.run(operator.wait(_FIRST_STAND_S))
    skills = SkillSet(Equipment(profile, operator))
    skills.build(c.question.need.skill for model in present for c in plan.models[model])
    return Station(
        profile=profile,
        plant=plant,
        operator=operator,
        inspector=CarInspector(operator, skills, HOME),
        skills=skills,
        planner=MissionPlanner(plan, models, skills),
        models=models,
        plan=plan,
        views={},
    )


def build(shift: SimulatedShift) -> Station:
    """The simulated station of a shift; without orders, of any model that the plan covers."""
    present = list(dict.fromkeys(order.model for order in shift.orders)) or sorted(shift.plan.models)
    station = build_station(shift.profile, shift.models, present, shift.plan, shift.world, shift.files.seed)
    for order in shift.orders:
        station.planner.mission(order)  # now, while no line waits for an answer
    give_back()
    return station
