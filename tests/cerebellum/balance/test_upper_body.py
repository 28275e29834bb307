"""Carrying: a way home that neither jumps nor swings through."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.balance.upper_body import UpperBody, UpperBodyReference
from linewalker.cerebellum.balance.upper_body_kernel import go_home
from linewalker.limbs.profiles import load_profile


def test_the_way_home_is_that_of_a_critically_damped_spring() -> None:
    """x = x0 (1 + w t) exp(-w t), from rest."""
    rate, dt, home = 4.0, 1e-4, np.array([0.3, -0.2])
    start = np.array([1.0, 0.5])
    at, speed, acc = start.copy(), np.zeros(2), np.zeros(2)
    for tick in range(1, 10001):
        go_home(at, speed, acc, home, rate, dt)
        if tick % 2500 == 0:
            t = rate * tick * dt
            np.testing.assert_allclose(at - home, (start - home) * (1.0 + t) * np.exp(-t), atol=2e-4)


def test_offsets_are_packed_as_they_are_followed() -> None:
    upper = UpperBody(load_profile("g1"))
    q, offsets = upper.q + 0.1, np.array([-0.05, 0.01, 0.2, -0.03, 0.02, 0.04])
    rest = np.zeros_like(q)
    upper.tick(0.002, UpperBodyReference.of(q, rest, rest, offsets, still=True))
    np.testing.assert_array_equal(upper.q, q)
    np.testing.assert_array_equal(upper.offsets, offsets)
    assert UpperBodyReference.of(q, rest, rest, offsets, still=True).still
