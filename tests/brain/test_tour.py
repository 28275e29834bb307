"""Laws of tours: each stop once, what tells where the car stands first, and nearly as short as can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations

import numpy as np
import pytest

from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Fix
from linewalker.brain.tour import best_tour
from linewalker.brain.visit import Visit
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from tests.inspection import nominal_car

CAR = VehicleCatalogue.from_dict(nominal_car.export())
HOME = Waypoint(x=-2.0, y=-2.2, yaw=0.0)


def walk_s(a: Waypoint, b: Waypoint) -> float:
    """Straight through the car; backwards is as fast as forwards, turning takes its time."""
    return float(np.hypot(*(b.p - a.p))) + 0.3 * abs(b.yaw - a.yaw)


def length_s(tour: Sequence[Visit]) -> float:
    return sum(walk_s(a, b) for a, b in pairwise([HOME, *(visit.stance for visit in tour), HOME]))


def stops(seed: int, count: int, *fixes: Fix) -> list[Visit]:
    rng = np.random.default_rng(seed)
    places = np.column_stack((rng.uniform(-2.0, 4.0, count), rng.uniform(-2.0, 2.0, count), rng.uniform(-3, 3, count)))
    told = [*fixes, *(count - len(fixes)) * [Fix.NOTHING]]
    return [Visit(stance=Waypoint.at(place), calls=(), fix=fix) for place, fix in zip(places, told)]


@pytest.mark.parametrize("seed", range(8))
def test_it_is_no_more_than_a_twentieth_longer_than_the_shortest(seed: int) -> None:
    wanted = stops(seed, 6)
    tour = best_tour(wanted, HOME, CAR, walk_s)
    assert set(tour) == set(wanted)
    assert length_s(tour) <= 1.05 * min(map(length_s, permutations(wanted)))


@pytest.mark.parametrize("seed", range(4))
def test_a_full_fix_comes_before_any_part_of_one_however_far(seed: int) -> None:
    tour = best_tour(stops(seed, 7, Fix.PARTLY, Fix.PARTLY, Fix.ALONG_AND_ACROSS, Fix.PARTLY), HOME, CAR, walk_s)
    fixes = [visit.fix for visit in tour if visit.fix is not Fix.NOTHING]
    assert fixes[0] is Fix.ALONG_AND_ACROSS


def test_without_a_full_fix_it_is_as_short_as_without_any() -> None:
    plain = best_tour(stops(3, 6), HOME, CAR, walk_s)
    assert length_s(best_tour(stops(3, 6, Fix.PARTLY, Fix.PARTLY), HOME, CAR, walk_s)) == length_s(plain)


@pytest.mark.parametrize("count", [0, 1])
def test_there_is_nothing_to_order(count: int) -> None:
    wanted = stops(0, count)
    assert best_tour(wanted, HOME, CAR, walk_s) == wanted
