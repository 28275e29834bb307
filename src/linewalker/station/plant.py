"""The simulated plant: the scene with its robot, and cars that come and go."""

from __future__ import annotations

from collections.abc import Sequence

from linewalker.brain.route import Waypoint
from linewalker.factory.shift import BuildOrder
from linewalker.limbs.optics import SimulatedOptics
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.simulated import SimulatedRobot
from linewalker.world.deviations import World
from linewalker.world.scene import build_scene
from linewalker.world.vehicle import Vehicle

HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)
"""Where the robot waits: ahead of the car and to its left, facing along it; station frame W, m, rad."""


class SimulatedPlant:
    """One station of a simulated plant.

    Args:
        profile: the robot.
        vehicles: the models that may come.
        world: what is wrong with the cars.
        seed: of all noise and of the parking scatter.

    Attributes:
        scene: physics; only scoring reads truth from it.
        robot: what the station program works with.
    """

    def __init__(self, profile: RobotProfile, vehicles: Sequence[Vehicle], world: World, seed: int):
        self.scene = build_scene(profile, vehicles)
        self.world, self._seed = world, seed
        optics = SimulatedOptics(self.scene.model, profile, seed)
        self.robot = SimulatedRobot(
            self.scene.model, self.scene.data, profile, seed, optics=optics, watched_geoms=self.scene.car_geoms
        )
        self.robot.place(HOME.x, HOME.y, HOME.yaw)

    def bring(self, order: BuildOrder) -> None:
        """Put the car of an order in place."""
        self.scene.place(order, self.world.car(order.vin, self._seed))

    def take_away(self) -> None:
        """Drive the car off."""
        self.scene.clear()
