"""How far legs reach, and that a swinging leg is not stretched."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.body.leg_reach import STRETCH, Legs, spare_leg
from linewalker.limbs.profiles import PROFILES, load_profile

LONGEST, DT = 0.6, 0.002


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_reach_is_that_of_a_leg_bent_a_little(name: str) -> None:
    """Pythagoras: hip above ankle, and the leg in between."""
    profile = load_profile(name)
    reach = Legs(profile, Dynamics(profile)).reach
    assert 0.5 < reach.hip_height_m < reach.length_m < 1.0
    standing, crouching = (reach.radius_m(reach.hip_height_m - down) for down in (0.0, 0.06))
    assert 0.2 < standing < crouching < reach.length_m
    assert np.hypot(standing, reach.hip_height_m) == pytest.approx(STRETCH * reach.length_m)
    assert reach.lean_m(0.5) == pytest.approx(0.5 * np.tan(reach.ankle_roll_rad + 0.15))


def swung(away: np.ndarray, hip_v: np.ndarray, push: float, seconds: float) -> float:
    """Greatest length of a leg whose foot is driven away from a hip that moves steadily."""
    hip, foot, foot_v = np.zeros(3), 0.5 * away, np.zeros(6)
    base = (np.zeros(3), np.eye(3), hip_v, np.zeros(3))
    longest = 0.0
    for _ in range(round(seconds / DT)):
        out = np.zeros(6)
        out[:3] = push * away
        spare_leg(hip, foot, (hip, *base[1:]), foot, foot_v, LONGEST, out)
        foot_v += DT * out
        foot, hip = foot + DT * foot_v[:3], hip + DT * hip_v
        longest = max(longest, float(np.linalg.norm(foot - hip)))
    return longest


@given(st.floats(-1.2, 1.2), st.floats(0.0, 60.0), st.floats(0.0, 1.5))
def test_a_driven_foot_stops_short_of_the_straight_knee(angle: float, push: float, speed: float) -> None:
    away = np.array([np.sin(angle), 0.0, -np.cos(angle)])
    assert swung(away, -speed * away, push, 0.6) < LONGEST + 0.012


def test_a_foot_near_its_hip_moves_freely() -> None:
    out = np.array([3.0, -2.0, 1.0, 0.1, 0.2, 0.3])
    before, still = out.copy(), np.zeros(3)
    ankle = np.array([0.1, 0.0, -0.4])
    spare_leg(np.zeros(3), ankle, (still, np.eye(3), still, still), ankle, np.zeros(6), LONGEST, out)
    np.testing.assert_array_equal(out, before)


@given(st.floats(-2.0, 2.0), st.floats(-2.0, 2.0))
def test_only_the_speed_along_the_leg_counts(turn: float, ride: float) -> None:
    """Riding along with the body, or turning with it about the hip, stretches nothing."""
    hip, ankle = np.array([0.0, 0.1, 0.8]), np.array([0.2, 0.1, 0.25])
    spin, carried = np.array([0.0, turn, 0.0]), np.array([ride, 0.0, 0.0])
    foot_v = np.concatenate((carried + np.cross(spin, ankle - hip), spin))
    pulled, at_rest = np.array([9.0, 0.0, 0.0, 0.0, 0.0, 0.0]), np.array([9.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    spare_leg(hip, ankle, (hip, np.eye(3), carried, spin), ankle, foot_v, LONGEST, pulled)
    spare_leg(hip, ankle, (hip, np.eye(3), np.zeros(3), np.zeros(3)), ankle, np.zeros(6), LONGEST, at_rest)
    np.testing.assert_allclose(pulled, at_rest, atol=1e-9)
