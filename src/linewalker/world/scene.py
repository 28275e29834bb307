"""The whole scene as one MuJoCo model: hall, robot, and every vehicle model of the shift, one of them in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mujoco
import numpy as np

from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.profile import RobotProfile
from linewalker.physics.contacts import ROBOT_BIT, WORLD_BIT
from linewalker.plantfile import allowed_text
from linewalker.vehicle import Vehicle, VehicleInScene, add_vehicle
from linewalker.world.deviations import CarDeviations, Order, Parking, ordered_options
from linewalker.world.hall import add_hall
from linewalker.world.stage import StagedVehicle

_WHEEL_RADIUS_M = 0.34


class Scene:
    """A station with a robot and a place for a car. Made by `build_scene`.

    Attributes:
        model, data: physics; the data belongs to whoever steps it.
        vehicles: model name -> vehicle.
        in_place: the order whose car stands in the station, or None.
        deviations: of that car, its parking included.
        X_WV: where that car stands.
    """

    def __init__(self, model: mujoco.MjModel, vehicles: Sequence[Vehicle], names: Sequence[VehicleInScene]):
        self.model, self.data = model, mujoco.MjData(model)
        self.vehicles = {vehicle.name: vehicle for vehicle in vehicles}
        self._staged = {vehicle.name: StagedVehicle(model, vehicle, name) for vehicle, name in zip(vehicles, names)}
        self.car_geoms = [int(geom) for staged in self._staged.values() for geom in staged.colliders]
        """Geoms of all vehicles that a robot can touch; those of vehicles that are not in place never touch."""
        self.clear()

    def clear(self) -> None:
        """Take the car away."""
        for staged in self._staged.values():
            staged.remove()
        self.in_place: Order | None = None
        self.deviations = CarDeviations()
        self.X_WV = Pose()
        self._update()

    def place(self, order: Order, deviations: CarDeviations | None = None) -> None:
        """Put the car of an order into the station, in the place of any other.

        Args:
            order: options it does not name are those the model comes with.
            deviations: what is not as drawn and ordered.

        Raises:
            InputError: the scene was built without this model, or the model has no such option or value.
        """
        options = self._complete_options(order)
        self.clear()
        self.in_place = order
        self.deviations = deviations if deviations is not None else CarDeviations()
        parked = self.deviations.parked or Parking()
        self.X_WV = parked.pose(self.vehicles[order.model].axle_height_m)
        self._show(order, options, solid=True)

    def _complete_options(self, order: Order) -> dict[str, str]:
        if order.model not in self.vehicles:
            hint = allowed_text(order.model, self.vehicles)
            raise InputError(f"the scene was built without the model '{order.model}'; {hint}", key="model")
        return ordered_options(order, self.vehicles[order.model])

    def roll_in(self, order: Order, deviations: CarDeviations, distance_m: float) -> None:
        """Show the car of an order on its way, ``distance_m`` before its place; it can not be touched until `place`."""
        if self.in_place is not order:
            self.place(order, deviations)
            self._show(order, self._complete_options(order), solid=False)
        before = self.X_WV @ Pose(p=np.array([distance_m, 0.0, 0.0]))  # cars come nose first: towards -x of V
        self._staged[order.model].roll(before, distance_m / _WHEEL_RADIUS_M)
        self._update()

    def _show(self, order: Order, options: Mapping[str, str], *, solid: bool) -> None:
        staged = self._staged[order.model]
        staged.show(self.X_WV, options, self.deviations, order.vin, solid=solid)
        self._update()

    def _update(self) -> None:
        mujoco.mj_kinematics(self.model, self.data)


def build_scene(profile: RobotProfile, vehicles: Sequence[Vehicle]) -> Scene:
    """Compile hall, robot and vehicles into one model; no car is in place."""
    spec = robot_spec(profile)
    spec.fuse_static()
    spec.compiler.fusestatic = False  # panels have no joints, and yet are to be moved
    spec.stat.center, spec.stat.extent = (1.4, 0.0, 0.8), 4.0
    spec.visual.global_.offwidth, spec.visual.global_.offheight = 1280, 720
    add_hall(spec)
    names = [
        add_vehicle(spec, vehicle, f"vehicle/{vehicle.name}", contype=WORLD_BIT, conaffinity=ROBOT_BIT)
        for vehicle in vehicles
    ]
    return Scene(spec.compile(), vehicles, names)
