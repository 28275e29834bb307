"""Builds one station: the simulated plant, the robot's operator, inspector and missions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linewalker.brain.inspector import CarInspector, CarJob
from linewalker.brain.mission import Mission, plan_mission, tasks_of
from linewalker.brain.operator import Operator
from linewalker.brain.skills.scan_seam import SeamScanner
from linewalker.brain.skills.seam_stance import Approach
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.inspection.plan import InspectionPlan
from linewalker.limbs.profile import RobotProfile
from linewalker.station.inputs import KnownModels
from linewalker.station.pictures import OrderPictures
from linewalker.station.plant import HOME, SimulatedPlant
from linewalker.vehicle.nominal_view import NominalView
from linewalker.world.deviations import World

_FIRST_STAND_S = 1.0


def sensors_of(profile: RobotProfile) -> tuple[str, str]:
    """Names of the scanner and the camera that a robot inspects with.

    Raises:
        InputError: it has none.
    """
    for kind, mounts in (("line scanner", profile.scanners), ("camera", profile.cameras)):
        if not mounts:
            raise InputError(f"the robot {profile.name} has no {kind}; choose another with --robot")
    return next(iter(profile.scanners)), next(iter(profile.cameras))


class MissionPlanner:
    """Missions for orders; what a model and its options ask for is planned once."""

    def __init__(self, plan: InspectionPlan, models: KnownModels, approach: Approach):
        self._plan, self._models, self._approach = plan, models, approach
        self._known: dict[tuple[str, tuple[str, ...]], Mission] = {}

    def mission(self, order: BuildOrder) -> Mission:
        """Stops and refusals for the car of an order."""
        wanted = self._plan.applicable(order.model, order.options)
        key = order.model, tuple(characteristic.id for characteristic in wanted)
        if key not in self._known:
            catalogue = self._models.catalogues[order.model]
            # a perfectly parked car's axes are those of W, so home needs no change of frame
            self._known[key] = plan_mission(
                tasks_of(wanted, catalogue), catalogue, self._approach.stops(catalogue), HOME
            )
        return self._known[key]


@dataclass(frozen=True, kw_only=True, eq=False)
class Station:
    """One simulated station, ready to work.

    Attributes:
        profile: its robot.
        plant: scene, robot, and cars that come and go.
        operator, inspector: what moves the robot and makes it inspect.
        planner: missions.
        models: vehicle models it can be asked for.
    """

    profile: RobotProfile
    plant: SimulatedPlant
    operator: Operator
    inspector: CarInspector
    planner: MissionPlanner
    models: KnownModels
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
    scanner_name, camera_name = sensors_of(profile)
    plant = SimulatedPlant(profile, [models.vehicles[name] for name in present], world, seed)
    operator = Operator(plant.robot, SafeMotion(profile))
    operator.run(operator.wait(_FIRST_STAND_S))
    reach = Reach(operator.motion, scanner_name)
    approach = Approach(profile, scanner_name, camera_name, ik=reach.ik)
    inspector = CarInspector(operator, SeamScanner(operator, reach, scanner_name), camera_name, HOME)
    return Station(
        profile=profile,
        plant=plant,
        operator=operator,
        inspector=inspector,
        planner=MissionPlanner(plan, models, approach),
        models=models,
        views={},
    )
