"""In which order the robot stands at its places: the least time from home to home.

The tour begins as one way round the car, from any place on, whichever is shortest; then pieces of it are moved and
turned round as long as that makes it shorter (Croes 1958; Or 1976).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from shapely.geometry import LinearRing, Point

from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Fix
from linewalker.brain.visit import Visit
from linewalker.inspection.cad.catalogue import VehicleCatalogue

_UNLOCATED_S = 60.0
"""What it costs to meet what tells a part of where the car stands before what tells all."""
_LONGEST_PIECE = 3


def best_tour(
    stops: Sequence[Visit],
    home: Waypoint,
    catalogue: VehicleCatalogue,
    duration_s: Callable[[Waypoint, Waypoint], float],
) -> list[Visit]:
    """The stops in the order to make them in.

    The robot first meets what tells where the car stands along and across (an upright seam), if there is such a thing,
    then what tells only a part of it (a level seam, along which that can not be seen).

    Args:
        stops: where the robot stands.
        home: where it comes from and goes to, in the axes of V.
        catalogue: the model, for its outline.
        duration_s: robot time of a walk.
    """
    known: dict[tuple[Waypoint, Waypoint], float] = {}

    def walk_s(a: Waypoint, b: Waypoint) -> float:
        if (a, b) not in known:
            known[a, b] = duration_s(a, b)
        return known[a, b]

    def cost_s(tour: Sequence[Visit]) -> float:
        places = [home, *(visit.stance for visit in tour), home]
        return sum(walk_s(a, b) for a, b in pairwise(places)) + _UNLOCATED_S * _before_a_full_fix(tour)

    tour = min(_ways_round(stops, home, catalogue), key=cost_s)
    least_s = cost_s(tour)
    improved = True
    while improved:
        improved = False
        for other in _neighbours(tour):
            if (other_s := cost_s(other)) < least_s - 1e-6:
                tour, least_s, improved = other, other_s, True
                break
    return tour


def _ways_round(stops: Sequence[Visit], home: Waypoint, catalogue: VehicleCatalogue) -> Iterator[list[Visit]]:
    outline = LinearRing(catalogue.footprint_mm * 1e-3)
    start = outline.project(Point(home.x, home.y))

    def way_round(visit: Visit) -> float:
        return float((outline.project(Point(visit.stance.x, visit.stance.y)) - start) % outline.length)

    ahead = sorted(stops, key=way_round)
    back = sorted(stops, key=lambda visit: -way_round(visit) % outline.length)
    for ring in (ahead, back):
        yield ring
        for i in range(1, len(ring)):
            yield [*ring[i:], *ring[:i]]


def _neighbours(tour: Sequence[Visit]) -> Iterator[list[Visit]]:
    """Tours with a short piece moved elsewhere, as it is or turned round, and with a long one turned round."""
    n = len(tour)
    for i in range(n):
        for j in range(i + 1, n + 1):
            piece, rest = list(tour[i:j]), [*tour[:i], *tour[j:]]
            if j - i > 1:
                yield [*tour[:i], *reversed(piece), *tour[j:]]
            if j - i <= _LONGEST_PIECE:
                for k in range(len(rest) + 1):
                    if k != i:
                        yield [*rest[:k], *piece, *rest[k:]]
                        if j - i > 1:
                            yield [*rest[:k], *reversed(piece), *rest[k:]]


def _before_a_full_fix(tour: Sequence[Visit]) -> int:
    """How many visits that tell a part of where the car stands come before the first that tells all."""
    fixes = [visit.fix for visit in tour if visit.fix is not Fix.NOTHING]
    return next((i for i, fix in enumerate(fixes) if fix is Fix.ALONG_AND_ACROSS), 0)
