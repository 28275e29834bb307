"""Where is the seam, and if it is not in the window, which way to move."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.inspection.seam.sighting import Search, find_seam
from linewalker.limbs.robot import LineProfile
from tests.inspection.seam.analytic_seam import AnalyticSeam, View, scan


@settings(max_examples=60, deadline=None)
@given(
    st.floats(1.5, 7),
    st.floats(-3, 3),
    st.floats(-0.2, 0.2),
    st.floats(-14, 14),
    st.booleans(),
    st.integers(0, 2**32 - 1),
)
def test_a_seam_in_the_window_is_found(
    gap: float, flush: float, roll: float, x: float, turned: bool, seed: int
) -> None:
    profile, _ = scan(
        AnalyticSeam(gap=gap, flush=flush), View(roll=roll, x=x, turned=turned), np.random.default_rng(seed)
    )
    sighting = find_seam(profile)
    assert sighting.search is Search.STAY
    assert abs(sighting.x_mm - x) < 4
    assert sighting.first < sighting.middle < sighting.last


def test_a_seam_near_the_end_asks_for_more_skin() -> None:
    rng = np.random.default_rng(0)
    for x, search in ((-23.0, Search.LOW_X), (23.0, Search.HIGH_X)):
        sighting = find_seam(scan(AnalyticSeam(), View(x=x), rng)[0])
        assert sighting.found
        assert sighting.search is search


def test_a_seam_cut_off_by_the_end_tells_the_direction() -> None:
    rng = np.random.default_rng(0)
    profile, _ = scan(AnalyticSeam(), View(), rng)
    for keep, search in ((slice(None, 300), Search.HIGH_X), (slice(300, None), Search.LOW_X)):
        half = LineProfile(time_s=0.0, x_mm=profile.x_mm[keep], z_mm=profile.z_mm[keep])
        assert find_seam(half).search is search
    edge_only = LineProfile(time_s=0.0, x_mm=profile.x_mm[:285], z_mm=profile.z_mm[:285])
    assert not find_seam(edge_only).found
    assert find_seam(edge_only).search is Search.HIGH_X


def test_the_seam_nearest_to_the_expected_one_is_taken() -> None:
    rng = np.random.default_rng(1)
    left, _ = scan(AnalyticSeam(), View(x=-14), rng)
    right, _ = scan(AnalyticSeam(), View(x=14), rng)
    both = LineProfile(
        time_s=0.0, x_mm=np.r_[left.x_mm[:300], right.x_mm[300:]], z_mm=np.r_[left.z_mm[:300], right.z_mm[300:]]
    )
    assert abs(find_seam(both, expected_x_mm=-10).x_mm + 14) < 1
    assert abs(find_seam(both, expected_x_mm=10).x_mm - 14) < 1


def test_a_gap_without_return_is_a_gap_and_drop_outs_are_none() -> None:
    rng = np.random.default_rng(2)
    profile, _ = scan(AnalyticSeam(), View(), rng, dropouts=0.0)
    deep = replace(profile, z_mm=np.where(profile.z_mm > 156, np.nan, profile.z_mm))
    assert abs(find_seam(deep).x_mm) < 1
    skin = replace(profile, z_mm=np.where(rng.random(600) < 0.05, np.nan, 150.0))
    assert find_seam(skin).search is Search.ANYWHERE


def test_little_or_nothing_came_back() -> None:
    x = np.linspace(-30, 30, 600)
    for z, search in ((178.0, Search.NEARER), (121.0, Search.FARTHER), (np.nan, Search.FARTHER)):
        profile = LineProfile(time_s=0.0, x_mm=x, z_mm=np.where(np.abs(x) < 2, z, np.nan))
        sighting = find_seam(profile)
        assert sighting.search is search
        assert not sighting.found
