"""Feet of a dance: errors of landings go over to the next footholds, and are made good step by step."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.dancing_feet import BACK_M, BACK_RAD
from linewalker.cerebellum.performing.performer import Performer
from linewalker.limbs.profiles import load_profile


@pytest.fixture(scope="module")
def performer() -> Performer:
    return Performer(load_profile("g1"))


@pytest.mark.parametrize("error", [[0.01, 0.0, 0.01], [0.08, -0.06, 0.3]])
def test_a_step_makes_good_a_part_of_the_error(performer: Performer, error: list[float]) -> None:
    feet = performer._feet
    feet.on[:] = True
    feet._here[1] = error
    left = feet._error_to_have(1)
    size = np.hypot(*error[:2])
    assert np.hypot(*left[:2]) == pytest.approx(max(0.0, size - BACK_M), abs=1e-9)
    assert left[2] == pytest.approx(max(0.0, error[2] - BACK_RAD))


def test_feet_rest_until_one_is_about_to_lift(performer: Performer) -> None:
    feet = performer._feet
    feet.on[:] = True
    performer.plan_s, feet.lift_s[:] = 2.0, [2.2, 9.0]
    assert feet.resting(0.1)
    assert not feet.resting(0.25)
    feet.on[0] = False
    assert not feet.resting(0.1)
    assert feet.swinging == 0
