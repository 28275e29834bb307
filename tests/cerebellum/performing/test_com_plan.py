"""The planned centre of mass obeys the law of the zero moment point, and keeps that in the soles that carry."""

import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.cerebellum.performing.com_plan import SHRINK, Carried, plan_com
from linewalker.cerebellum.performing.curves import RATE_HZ, derivative
from linewalker.limbs.profiles import load_profile

N, Z = 500, 0.65


@pytest.fixture(scope="module")
def carried() -> Carried:
    feet = np.zeros((N, 2, 6))
    feet[:, 0, 1], feet[:, 1, 1] = 0.1, -0.1
    carries = np.ones((N, 2), bool)
    carries[150:200, 0] = carries[300:350, 1] = False
    return Carried(feet=feet, carries=carries, height_m=np.full(N, Z), momentum_rate=np.zeros((N, 3)), mass=33.0)


def test_the_zero_moment_point_stays_in_what_carries(carried: Carried) -> None:
    profile = load_profile("g1")
    course = plan_com(np.zeros((N, 2)), carried, profile)
    assert course.outside_m < 1e-6
    single = course.p[155:195]
    half = SHRINK[1] * profile.sole_half_width_m
    assert np.abs(single[:, 1] + 0.1).max() < half + 2e-3
    assert course.p == pytest.approx(course.c - Z / GRAVITY * course.a)


def test_velocity_and_acceleration_are_derivatives(carried: Carried) -> None:
    course = plan_com(np.column_stack((0.02 * np.sin(np.arange(N) / 40), np.zeros(N))), carried, load_profile("g1"))
    assert np.abs(derivative(course.c)[2:-2] - course.v[2:-2]).max() < 2e-3
    assert np.abs(derivative(course.v)[2:-2] - course.a[2:-2]).max() < 0.1


def test_momentum_moves_the_zero_moment_point(carried: Carried) -> None:
    swung = Carried(
        feet=carried.feet, carries=carried.carries, height_m=carried.height_m,
        momentum_rate=np.tile([0.0, 6.0, 0.0], (N, 1)), mass=33.0,
    )  # fmt: skip
    assert swung.moment[0] == pytest.approx([-6.0 / 33.0 / GRAVITY, 0.0])
    assert len(swung.lever) == N
    assert RATE_HZ == 100.0
