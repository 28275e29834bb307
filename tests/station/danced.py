"""A short dance, danced once for all tests."""

from functools import cache

from linewalker.limbs.profiles import load_profile
from linewalker.station.performance import FIRST_STAND_S, DanceFloor, Recording
from tests.cerebellum.performing.short_dance import short_plan


@cache
def danced() -> tuple[DanceFloor, Recording]:
    floor = DanceFloor(load_profile("g1"), seed=1)
    floor.stand(FIRST_STAND_S)
    recording, fall = floor.dance(short_plan())
    assert fall is None
    return floor, recording
