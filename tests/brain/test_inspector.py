"""What the inspector does follows from the mission alone, wherever the mission has been."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from linewalker.brain.inspector import CarInspector, CarJob
from linewalker.brain.mission import Mission, SeamTask, Stop
from linewalker.brain.operator import Skill
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.scan_seam import SeamScan
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.verdict import Reason, Undecided
from tests.inspection import nominal_car

CAR = VehicleCatalogue.from_dict(nominal_car.export())
HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)


def mission() -> Mission:
    seam = CAR.seams["front_door/rear_door"]
    tasks = [SeamTask(seam=seam, point=seam.at({"z": z}), characteristics=()) for z in (50, 250, 400)]
    stops = (Stop(stance=HOME, task=task, flipped=flipped) for task, flipped in zip(tasks, (True, False, True)))
    return Mission(stops=tuple(stops), refused={"roof": "too high"})


class Motion:
    """Is always where it was sent."""

    middle_W = np.array([-1.0, -2.2, 0.0])
    state = SimpleNamespace(arrived=True, settled=True)

    def follow(self, poses: list[Pose]) -> None:
        pass


class Operator:
    """Time stands still."""

    now_s, touched, motion = 0.0, False, Motion()

    def forget_touch(self) -> None:
        pass

    def until(self, *_: object) -> Skill[None]:
        yield from ()


class Scanner:
    """Notes what it is asked to scan, and sees nothing."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, bool]] = []

    def scan(self, task: SeamTask, _X_WV: Pose, *, flipped: bool) -> Skill[SeamScan]:
        self.asked.append((task.point.arc_mm, flipped))
        yield from ()
        return SeamScan(measurement=Undecided(reason=Reason.NO_SEAM), shots=())

    def keep_clear(self, _obstacles: object) -> None:
        pass

    def retract(self) -> Skill[None]:
        yield from ()


def asked(of: Mission) -> list[tuple[float, bool]]:
    scanner = Scanner()
    inspector = CarInspector(Operator(), scanner, "head", HOME)  # type: ignore[arg-type]
    job = CarJob(catalogue=CAR, options={}, mission=of, pictures=None)  # type: ignore[arg-type]
    for _ in inspector.inspect(job, inspector.begin(job)):
        pass
    return scanner.asked


@pytest.mark.parametrize(
    "travel", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))], ids=["copy", "deepcopy", "pickle"]
)
def test_a_mission_that_was_copied_is_inspected_the_same(travel: Callable[[Mission], Mission]) -> None:
    original = mission()
    assert asked(travel(original)) == asked(original)
    assert [flipped for _, flipped in asked(original)] == [True, False, True]
