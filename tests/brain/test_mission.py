"""Laws of missions."""

from collections.abc import Callable

import numpy as np
import pytest

from linewalker.brain.mission import PartTask, SeamTask, Stop, Task, is_upright, plan_mission, tasks_of
from linewalker.brain.route import Waypoint
from linewalker.errors import UnreachableError
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.characteristic import Characteristic, Method, Severity
from linewalker.inspection.title import Title
from linewalker.vehicle import load_vehicle
from linewalker.vehicle.cad_export import cad_export_of

HOME = Waypoint(x=-1.0, y=-2.2, yaw=0.0)


def characteristic(catalogue: VehicleCatalogue, name: str, method: Method, feature: str) -> Characteristic:
    point = catalogue.seams[feature].middle_clear() if method.is_measured else None
    return Characteristic(
        id=name,
        title=Title(zh="测点", en="point"),
        method=method,
        severity=Severity.MAJOR,
        feature=feature,
        place={},
        point=point,
        nominal=None,
        lower=3.0 if point else None,
        upper=5.0 if point else None,
        when={},
    )


@pytest.fixture(scope="module")
def catalogue() -> VehicleCatalogue:
    return VehicleCatalogue.from_dict(cad_export_of(load_vehicle("sedan")))


@pytest.fixture(scope="module")
def tasks(catalogue: VehicleCatalogue) -> list[Task]:
    wanted = []
    for i, seam in enumerate(catalogue.seams):
        wanted += [characteristic(catalogue, f"{i}-{m.value}", m, seam) for m in (Method.GAP, Method.FLUSH)]
    wanted += [characteristic(catalogue, f"P-{part}", Method.PRESENCE, part) for part in catalogue.parts]
    return tasks_of(wanted, catalogue)


def in_front_of(catalogue: VehicleCatalogue) -> Callable[[Task], Stop]:
    """A stop half a metre out of the car's middle through the feature."""

    def stop(task: Task) -> Stop:
        p = task.point.centre_V_mm if isinstance(task, SeamTask) else task.part.p_V_mm
        middle = catalogue.footprint_mm.mean(axis=0)
        out = (p[:2] - middle) / np.linalg.norm(p[:2] - middle)
        x, y = 1e-3 * p[:2] + 0.5 * out
        return Stop(stance=Waypoint(x=float(x), y=float(y), yaw=0.0), task=task)

    return stop


def test_one_scan_serves_gap_and_flush(catalogue: VehicleCatalogue, tasks: list[Task]) -> None:
    scans = [task for task in tasks if isinstance(task, SeamTask)]
    assert len(scans) == len(catalogue.seams)
    assert all(len(task.characteristics) == 2 for task in scans)
    assert sum(isinstance(task, PartTask) for task in tasks) == len(catalogue.parts)


def test_every_task_is_one_stop_or_one_refusal(catalogue: VehicleCatalogue, tasks: list[Task]) -> None:
    unreachable = tasks[0]
    find = in_front_of(catalogue)

    def stop(task: Task) -> Stop:
        if task is unreachable:
            raise UnreachableError("too high")
        return find(task)

    mission = plan_mission(tasks, catalogue, stop, HOME)
    assert {id(stop.task) for stop in mission.stops} == {id(task) for task in tasks} - {id(unreachable)}
    assert mission.refused == {c.id: "too high" for c in unreachable.characteristics}


def test_the_way_goes_once_around_the_car(catalogue: VehicleCatalogue, tasks: list[Task]) -> None:
    mission = plan_mission(tasks, catalogue, in_front_of(catalogue), HOME)
    middle = 1e-3 * catalogue.footprint_mm.mean(axis=0)

    def bearing(stop: Stop) -> float:
        return float(np.arctan2(stop.stance.y - middle[1], stop.stance.x - middle[0]))

    turns = np.unwrap([bearing(stop) for stop in mission.stops])
    assert abs(turns[-1] - turns[0]) < 2 * np.pi
    steps = np.diff(turns) * np.sign(turns[-1] - turns[0])
    assert (steps > -0.3).all()  # a corner stands nearer to one edge than its bearing says


def test_an_upright_seam_comes_first(catalogue: VehicleCatalogue, tasks: list[Task]) -> None:
    mission = plan_mission(tasks, catalogue, in_front_of(catalogue), HOME)
    scans = [stop.task.point for stop in mission.stops if isinstance(stop.task, SeamTask)]
    there = next(i for i, point in enumerate(scans) if is_upright(point))
    back = next(i for i, point in enumerate(reversed(scans)) if is_upright(point))
    assert there <= back
