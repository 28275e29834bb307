"""Several profiles of one seam, taken by an uncertain hand: values, honest uncertainty, refusals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3
from linewalker.inspection.seam.scan import PoseAccuracy, SeamMeasurement, Shot, measure_seam
from linewalker.inspection.verdict import Reason, Undecided
from tests.inspection.nominal_car import catalogue
from tests.inspection.seam.analytic_seam import View
from tests.inspection.seam.seam_shots import Door

SEAM = catalogue().seams["front_door/rear_door"]
POINT = SEAM.at({"z": 200})
PARKED = Pose.planar(0.012, -0.008, 0.006, z=0.338)
OFFSETS = np.linspace(-9, 9, 7)


def measured(shots: list[Shot], X_WV: Pose = PARKED) -> SeamMeasurement:
    result = measure_seam(shots, SEAM, POINT, X_WV)
    assert isinstance(result, SeamMeasurement), result
    return result


def test_errors_are_small_and_covered_by_the_uncertainty() -> None:
    rng = np.random.default_rng(11)
    gap_error, flush_error, covered = [], [], 0
    for _ in range(40):
        door = Door(
            gap=rng.uniform(2, 6),
            flush=rng.uniform(-2, 2),
            gap_slope=rng.normal(0, 0.004),
            flush_slope=rng.normal(0, 0.004),
        )
        view = View(
            yaw=np.radians(rng.uniform(-4, 4)),
            pitch=np.radians(rng.uniform(-4, 4)),
            roll=np.radians(rng.uniform(-8, 8)),
            x=rng.uniform(-8, 8),
            standoff=rng.uniform(135, 165),
        )
        offsets = OFFSETS + rng.uniform(-2, 2)
        result = measured(door.shots(POINT, PARKED, rng, offsets=offsets, view=view))
        gap_error.append(result.gap_mm - door.gap)
        flush_error.append(result.flush_mm - door.flush)
        covered += abs(gap_error[-1]) < result.gap_budget.expanded_mm
        covered += abs(flush_error[-1]) < result.flush_budget.expanded_mm
    assert np.percentile(np.abs(gap_error), 95) < 0.05
    assert np.abs(gap_error).max() < 0.07
    assert np.abs(flush_error).max() < 0.04
    assert covered >= 76  # 95 % of 80


def test_a_slope_along_the_seam_is_followed_to_the_point() -> None:
    """All profiles lie to one side; without the slope the gap would be wrong by 0.08 mm."""
    door = Door(gap=5.0, gap_slope=0.008)
    shots = door.shots(POINT, PARKED, np.random.default_rng(0), offsets=np.linspace(2, 18, 9), hand_mm=0.05)
    result = measured(shots)
    assert result.gap_mm == pytest.approx(5.0, abs=0.03)
    assert result.gap_budget.contributions["place"] > 0.005


def test_the_seam_seen_turns_the_nominal_direction() -> None:
    """The car is believed 1.5 deg askew; profiles spread over 60 mm show it."""
    middle, true = PARKED.apply(1e-3 * POINT.centre_V_mm), exp_so3([0.0, 0.026, 0.0])
    turned = Pose(p=middle + true @ (PARKED.p - middle), R=true @ PARKED.R)
    shots = Door().shots(POINT, turned, np.random.default_rng(1), offsets=np.linspace(-30, 30, 9), hand_mm=0.1)
    result = measure_seam(shots, SEAM, POINT, PARKED, poses=PoseAccuracy(shot_mm=0.2, angle_rad=np.radians(3)))
    assert isinstance(result, SeamMeasurement)
    true_along = turned.R @ POINT.along
    assert np.degrees(np.arccos(result.along_W @ true_along)) < 0.3
    assert np.degrees(np.arccos((PARKED.R @ POINT.along) @ true_along)) > 1.4


def test_one_profile_of_something_else_does_not_matter() -> None:
    rng = np.random.default_rng(2)
    shots = Door().shots(POINT, PARKED, rng, offsets=OFFSETS)
    wrong = Door(gap=6.0, flush=1.0).shots(POINT, PARKED, rng, offsets=OFFSETS[3:4])
    result = measured([*shots[:3], wrong[0], *shots[4:]])
    assert result.gap_mm == pytest.approx(4.0, abs=0.05)
    assert result.flush_mm == pytest.approx(0.0, abs=0.05)


def test_profiles_that_miss_the_seam_are_left_out() -> None:
    shots = Door().shots(POINT, PARKED, np.random.default_rng(5), offsets=OFFSETS[:3])
    skin = replace(shots[0].profile, z_mm=np.full_like(shots[0].profile.z_mm, 150.0))
    result = measured([*shots, *[Shot(profile=skin, X_WS=shots[0].X_WS)] * 9])
    assert (result.used, result.taken) == (3, 12)


def test_middle_of_the_seam_is_where_it_is() -> None:
    shots = Door().shots(POINT, PARKED, np.random.default_rng(3), offsets=OFFSETS, hand_mm=0.1, hand_rad=1e-4)
    assert np.linalg.norm(measured(shots).middle_W - PARKED.apply(1e-3 * POINT.middle_V_mm)) < 1e-3


def refusal(shots: list[Shot]) -> Reason:
    result = measure_seam(shots, SEAM, POINT, PARKED)
    assert isinstance(result, Undecided)
    return result.reason


def test_refusals() -> None:
    rng = np.random.default_rng(4)
    assert refusal(Door().shots(POINT, PARKED, rng, offsets=OFFSETS[:2])) is Reason.NO_SEAM
    for radius in (1.2, 1.4, 2.6, 2.8):
        shots = Door(radius_slave=radius).shots(POINT, PARKED, rng, offsets=OFFSETS)
        assert refusal(shots) is Reason.RADIUS_DISAGREES
    mixed = [
        Door(gap=3.0 + i / 2).shots(POINT, PARKED, rng, offsets=OFFSETS[i : i + 1])[0] for i in (0, 4, 1, 5, 2, 6, 3)
    ]
    assert refusal(mixed) is Reason.PROFILES_DISAGREE
