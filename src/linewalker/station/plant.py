"""The simulated plant: the scene with its robot, and cars that come and go."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.brain.operator import Routine
from linewalker.brain.route import Waypoint
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.simulated.optics import SimulatedOptics
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.vehicle import Vehicle
from linewalker.world.deviations import CarDeviations, World
from linewalker.world.scene import build_scene

HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)
"""Where the robot waits: ahead of the car and to its left, facing along it; station frame W, m, rad."""

ROLL_IN_M, ROLL_IN_S = 5.0, 2.5


class SimulatedPlant:
    """One station of a simulated plant.

    Args:
        profile: the robot.
        vehicles: the models that may come.
        world: what is wrong with the cars.
        seed: of all noise and of the parking scatter.

    Attributes:
        scene: physics; only scoring reads truth from it.
        optics: its cameras and scanners.
        robot: what the station program works with.
    """

    def __init__(self, profile: RobotProfile, vehicles: Sequence[Vehicle], world: World, seed: int):
        self.scene = build_scene(profile, vehicles)
        self._world, self._seed = world, seed
        self.optics = SimulatedOptics(self.scene.model, profile, seed)
        self.robot = SimulatedRobot(self.scene.model, self.scene.data, profile, seed, optics=self.optics)
        self.robot.watch(self.scene.car_geoms)
        self.robot.place(HOME.x, HOME.y, HOME.yaw)

    def deviations_of(self, order: BuildOrder) -> CarDeviations:
        """What is not as drawn on the car of an order; the robot never learns it."""
        return self._world.car(order.vin, self._seed)

    def bring(self, order: BuildOrder) -> Routine[None]:
        """The car of an order rolls in and is in place when this ends; yields once per control tick."""
        deviations = self.deviations_of(order)
        began_s = self.robot.time_s
        while (share := (self.robot.time_s - began_s) / ROLL_IN_S) < 1.0:
            self.scene.roll_in(order, deviations, ROLL_IN_M * (1.0 - share) ** 2)
            yield
        self.scene.place(order, deviations)

    def take_away(self) -> None:
        """Drive the car off."""
        self.scene.clear()
