"""Scanning a seam as a skill: what it tells about the car, what it objects to, how it is called."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from linewalker.brain.skills.scan_seam import ScanSeam, accuracy_at, is_upright
from linewalker.brain.skills.skill import Fix
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.seam.vehicle_pose import ParkingPrior, VehiclePose, locate_vehicle
from tests.brain.skills.test_seam_stance import export

CAR = VehicleCatalogue.from_dict(export())


class Scan(ScanSeam):
    """Without looking for stances, with a robot that walks or stands."""

    def __init__(self, *, arrived: bool = True):
        state = SimpleNamespace(arrived=arrived)
        self.equipment: Any = SimpleNamespace(operator=SimpleNamespace(motion=SimpleNamespace(state=state)))


def values(seam: str, arc_mm: float) -> dict[str, float | int | str | bool]:
    return ScanSeam.complete({"seam": seam, "arc_mm": arc_mm})


def test_an_upright_seam_tells_more_than_a_level_one() -> None:
    scan = Scan()
    assert scan.fix(values("front_door/rear_door", 200.0), CAR) is Fix.ALONG_AND_ACROSS
    assert scan.fix(values("roof/hatch", 200.0), CAR) is Fix.PARTLY
    assert Fix.NOTHING.value < Fix.PARTLY.value < Fix.ALONG_AND_ACROSS.value


def test_an_arch_is_upright_at_its_feet_and_level_at_its_top() -> None:
    arch = CAR.seams["fender/arch"]
    share = [is_upright(arch.at_arc(arc)) for arc in np.linspace(0.0, arch.length_mm, 41)]
    assert (share[0], share[20], share[-1]) == (True, False, True)
    assert share == share[::-1]
    assert 0.4 < np.mean(share) < 0.6  # half a circle is steeper than 45 degrees over half of it


def test_the_first_seam_of_a_car_knows_its_place_as_badly_as_the_car_is_parked() -> None:
    prior = ParkingPrior(X_WV=Pose(p=np.array([0.0, 0.0, 0.338])))
    level, upright = CAR.seams["roof/hatch"].middle_clear(), CAR.seams["front_door/rear_door"].middle_clear()
    parked = locate_vehicle([], prior)
    assert accuracy_at(level, parked).place_mm == pytest.approx(20.0, rel=0.1)
    assert accuracy_at(upright, parked).place_mm < 2.0  # along it the car stands on its wheels
    known = VehiclePose(X_WV=prior.X_WV)
    assert accuracy_at(level, known).place_mm == accuracy_at(upright, known).place_mm == 1.0
    assert accuracy_at(level, parked).angle_rad > accuracy_at(level, known).angle_rad


def test_a_robot_that_walks_does_not_scan() -> None:
    at: Any = None
    assert Scan().objection(values("roof/hatch", 0.0), at) is None
    assert Scan(arrived=False).objection(values("roof/hatch", 0.0), at) == "the robot is still walking"


def test_it_is_called_by_a_place_of_a_seam() -> None:
    assert values("fender/arch", 10.0)["flipped"] is False
    assert ScanSeam.cells(values("fender/arch", 10.0)) == ScanSeam.cells(values("fender/arch", 10.3))
    assert ScanSeam.cells(values("fender/arch", 10.0)) != ScanSeam.cells(values("fender/arch", 12.0))


@pytest.mark.parametrize("arc_mm", [0.0, 123.4, 600.0])
def test_it_costs_robot_time(arc_mm: float) -> None:
    assert 1.0 < Scan().cost_s(values("front_door/rear_door", arc_mm)) < 60.0
