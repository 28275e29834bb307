"""From the characteristics of a car to stops: where the robot stands, in which order, and what it does there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import LinearRing, Point

from linewalker.brain.route import Waypoint
from linewalker.errors import UnreachableError
from linewalker.inspection.cad.catalogue import Part, VehicleCatalogue
from linewalker.inspection.cad.seam import Seam, SeamPoint
from linewalker.inspection.characteristic import Characteristic

SAME_POINT_MM = 1.0


@dataclass(frozen=True, kw_only=True, eq=False)
class SeamTask:
    """One place of a seam to scan; it serves a gap, a flush, or both."""

    seam: Seam
    point: SeamPoint
    characteristics: tuple[Characteristic, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class PartTask:
    """One part to look at; it serves presence, variant, or both."""

    part: Part
    characteristics: tuple[Characteristic, ...]


Task = SeamTask | PartTask


@dataclass(frozen=True, kw_only=True, eq=False)
class Stop:
    """One place to stand.

    Attributes:
        stance: mid-feet pose on the floor, m and rad, in the axes of V (from the front axle's centre, seen from above).
        task: what to do there.
        flipped: which way round the laser line lies across a seam there, see `linewalker.brain.skills.scan_seam.aim`.
    """

    stance: Waypoint
    task: Task
    flipped: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Mission:
    """All stops of one car in the order they are worked off.

    Attributes:
        stops: as above.
        refused: the reason for every characteristic the robot can not reach, by its id.
    """

    stops: tuple[Stop, ...]
    refused: Mapping[str, str]


def tasks_of(characteristics: Iterable[Characteristic], catalogue: VehicleCatalogue) -> list[Task]:
    """Characteristics gathered into tasks: one scan gives gap and flush, one picture presence and variant."""
    groups: dict[tuple[str, int], list[Characteristic]] = {}
    for characteristic in characteristics:
        place = 0 if characteristic.point is None else round(characteristic.point.arc_mm / SAME_POINT_MM)
        groups.setdefault((characteristic.feature, place), []).append(characteristic)
    tasks: list[Task] = []
    for (feature, _), members in groups.items():
        point = members[0].point
        if point is None:
            tasks.append(PartTask(part=catalogue.parts[feature], characteristics=tuple(members)))
        else:
            tasks.append(SeamTask(seam=catalogue.seams[feature], point=point, characteristics=tuple(members)))
    return tasks


def plan_mission(
    tasks: Sequence[Task],
    catalogue: VehicleCatalogue,
    stop_for: Callable[[Task], Stop],
    home: Waypoint,
) -> Mission:
    """Find a stop for every task and order the stops once around the car.

    The robot walks the way round on which it first meets an upright seam: scanning it tells where the car stands along
    and across, before a level seam (along which that can not be seen) has to be met.

    Args:
        tasks: what to do.
        catalogue: the model, for its outline.
        stop_for: finds where to stand; raises UnreachableError with the reason.
        home: where the robot comes from, in the axes of V.
    """
    stops: list[Stop] = []
    refused: dict[str, str] = {}
    for task in tasks:
        try:
            stops.append(stop_for(task))
        except UnreachableError as error:
            refused.update({characteristic.id: str(error) for characteristic in task.characteristics})
    outline = LinearRing(catalogue.footprint_mm * 1e-3)
    start = outline.project(Point(home.x, home.y))

    def way_round(stop: Stop) -> float:
        return (outline.project(Point(stop.stance.x, stop.stance.y)) - start) % outline.length

    ahead = sorted(stops, key=way_round)
    back = sorted(stops, key=lambda stop: -way_round(stop) % outline.length)
    return Mission(stops=tuple(min(ahead, back, key=_scans_before_upright)), refused=refused)


def _scans_before_upright(stops: Iterable[Stop]) -> int:
    """How many scans come before the first of an upright seam."""
    seams = [stop.task.point for stop in stops if isinstance(stop.task, SeamTask)]
    return next((i for i, point in enumerate(seams) if is_upright(point)), len(seams))


def is_upright(point: SeamPoint) -> bool:
    """True where a seam runs up rather than along the floor."""
    return bool(abs(point.along[2]) > np.sqrt(0.5))
