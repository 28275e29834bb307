"""Warmth: nothing warms without load, all comes to rest where the equations say, and more load is never cooler."""

from __future__ import annotations

import numpy as np

from linewalker.limbs.simulated.warmth import AIR_C, HOTTEST_K, Warmth

PEAK_NM = np.array([88.0, 35.0])


def test_without_load_it_stays_as_warm_as_the_air() -> None:
    drives = Warmth(PEAK_NM)
    drives.pass_time(1000.0, np.zeros(2))
    assert drives.winding_c.tolist() == drives.case_c.tolist() == [AIR_C, AIR_C]


def test_it_comes_to_rest_with_the_square_of_the_torque() -> None:
    drives = Warmth(PEAK_NM)
    for _ in range(20000):
        drives.pass_time(1.0, np.array([0.2, -0.4]) * PEAK_NM)
    np.testing.assert_allclose(drives.winding_c, AIR_C + HOTTEST_K * np.array([0.04, 0.16]), rtol=1e-6)
    np.testing.assert_allclose(drives.case_c - AIR_C, 0.5 * (drives.winding_c - AIR_C), rtol=1e-6)


def test_short_turns_add_up_to_a_long_one() -> None:
    short, long = Warmth(PEAK_NM), Warmth(PEAK_NM)
    for _ in range(500):
        short.pass_time(0.002, 0.3 * PEAK_NM)
    long.pass_time(1.0, 0.3 * PEAK_NM)
    np.testing.assert_allclose(short.winding_c, long.winding_c, atol=1e-3)
    assert (short.winding_c > AIR_C).all()
