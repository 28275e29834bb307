"""The simulated plant: cars come as they are ordered and as the world has them, and the robot is told neither."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.limbs.profiles import load_profile
from linewalker.station.plant import HOME, ROLL_IN_M, ROLL_IN_S, SimulatedPlant
from linewalker.world.deviations import CarDeviations, Displacement, Parking, World
from tests.vehicle.box_car import box_car

VINS = ("LWKSD11A1T1000001", "LWKSD11A1T1000002")
ORDERS = [BuildOrder(sequence=i + 1, vin=vin, model="box", options={"paint": "blue"}) for i, vin in enumerate(VINS)]
PARKED = Parking(x_mm=12.0, y_mm=-8.0, yaw_deg=0.3)
WORLD = World(cars={VINS[0]: CarDeviations(parked=PARKED, panels={"rear_plate": Displacement(dx_mm=2.0)})})
TICK_S = 0.1


@pytest.fixture(scope="module")
def built() -> SimulatedPlant:
    return SimulatedPlant(load_profile("g1"), [box_car()], WORLD, seed=3)


@pytest.fixture
def plant(built: SimulatedPlant) -> Iterator[SimulatedPlant]:
    yield built
    built.take_away()


def roll_in(plant: SimulatedPlant, order: BuildOrder) -> list[float]:
    """Where the car is at every tick, along x; time passes, nothing moves by itself."""
    places = []
    for _ in plant.bring(order):
        places.append(float(plant.scene.data.body("vehicle/box").xpos[0]))
        plant.scene.data.time += TICK_S
    return places


def test_the_robot_waits_at_home(plant: SimulatedPlant) -> None:
    assert plant.scene.data.qpos[:2] == pytest.approx((HOME.x, HOME.y), abs=0.06)  # the pelvis, over the feet
    assert plant.scene.in_place is None


def test_a_car_rolls_in_slows_down_and_is_in_place_when_it_stands(plant: SimulatedPlant) -> None:
    places = roll_in(plant, ORDERS[0])
    assert len(places) == pytest.approx(ROLL_IN_S / TICK_S, abs=1)
    assert places[0] - places[-1] == pytest.approx(ROLL_IN_M, rel=0.01)
    steps = -np.diff(places)
    assert (steps > 0.0).all()
    assert (np.diff(steps) < 1e-9).all()
    assert plant.scene.in_place is ORDERS[0]
    assert plant.scene.X_WV.p[:2] == pytest.approx((1e-3 * PARKED.x_mm, 1e-3 * PARKED.y_mm))


def test_nobody_can_touch_a_car_before_it_stands(plant: SimulatedPlant) -> None:
    model = plant.scene.model
    rolling = plant.bring(ORDERS[0])
    next(rolling)
    assert not model.geom_contype[plant.scene.car_geoms].any()
    for _ in rolling:
        plant.scene.data.time += TICK_S
    assert model.geom_contype[plant.scene.car_geoms].any()


def test_a_car_has_the_deviations_of_its_vin_every_time_it_comes(plant: SimulatedPlant) -> None:
    assert plant.deviations_of(ORDERS[0]) == WORLD.cars[VINS[0]]
    other = plant.deviations_of(ORDERS[1])
    assert other.panels == {}
    assert other.parked != PARKED
    for order in (ORDERS[1], ORDERS[0], ORDERS[1]):
        roll_in(plant, order)
        assert plant.scene.deviations == plant.deviations_of(order)
    assert plant.deviations_of(ORDERS[1]) == other


def test_a_car_that_is_taken_away_is_gone(plant: SimulatedPlant) -> None:
    roll_in(plant, ORDERS[0])
    plant.take_away()
    assert plant.scene.in_place is None
    assert plant.scene.data.body("vehicle/box").xpos[2] < -10.0
