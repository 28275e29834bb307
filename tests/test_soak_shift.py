"""Slow: a shift of twenty cars, and the same with a mishap in any of them, in true physics. ``make soak``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.mishaps import Mishap, account_of

pytestmark = pytest.mark.soak

CARS = 20


@pytest.mark.parametrize("mishap", Mishap)
def test_every_car_is_accounted_for_and_all_that_was_judged_is_kept(tmp_path: Path, mishap: Mishap) -> None:
    seed = list(Mishap).index(mishap)
    car = int(np.random.default_rng(seed).integers(1, CARS + 1))
    account = account_of(tmp_path, mishap, cars=CARS, car=car, seed=seed)
    assert account.whole, account
    if mishap is Mishap.NONE:
        assert account.states == ("judged",) * CARS
    else:
        assert account.states == ("judged",) * (car - 1) + ("interrupted",) + ("not_inspected",) * (CARS - car)
