"""Where the vehicle stands: recovered from points on seams, robust against a panel out of place, honest."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3
from linewalker.inspection.seam.vehicle_pose import ParkingPrior, SeamObservation, VehiclePose, locate_vehicle
from tests.inspection.nominal_car import catalogue

CAR = catalogue()
DOOR, ARCH = CAR.seams["front_door/rear_door"], CAR.seams["fender/arch"]
NOMINAL = Pose(p=np.array([0.0, 0.0, 0.338]))


def parked(rng: np.random.Generator) -> Pose:
    return Pose.planar(rng.uniform(-0.02, 0.02), rng.uniform(-0.02, 0.02), np.radians(rng.uniform(-0.5, 0.5)), z=0.338)


def observe(X_WV: Pose, rng: np.random.Generator, noise_mm: float) -> list[SeamObservation]:
    points = [(DOOR, DOOR.at({"z": z})) for z in (50, 350)] + [(ARCH, ARCH.at_arc(arc)) for arc in (120, 470, 800)]
    return [
        SeamObservation(seam=seam, middle_W=X_WV.apply(1e-3 * (point.middle_V_mm + rng.normal(0, noise_mm, 3))))
        for seam, point in points
    ]


def test_nothing_seen_is_the_prior() -> None:
    found = locate_vehicle([], ParkingPrior(X_WV=NOMINAL))
    np.testing.assert_array_equal(found.X_WV.p, NOMINAL.p)
    np.testing.assert_allclose(np.sqrt(np.diag(found.covariance)), ParkingPrior(X_WV=NOMINAL).std)
    assert found.turn_std_rad == pytest.approx(np.radians(0.5))
    assert VehiclePose(X_WV=NOMINAL).turn_std_rad == 0.0


def test_exact_points_give_the_pose() -> None:
    rng = np.random.default_rng(0)
    for _ in range(10):
        X_WV = parked(rng)
        found = locate_vehicle(observe(X_WV, rng, 0.0), ParkingPrior(X_WV=NOMINAL))
        assert np.linalg.norm(found.X_WV.p - X_WV.p) < 8e-4
        assert abs(found.X_WV.yaw - X_WV.yaw) < np.radians(0.06)


def test_noise_is_averaged_and_the_covariance_is_honest() -> None:
    rng = np.random.default_rng(1)
    normalised, errors = [], []
    for _ in range(60):
        X_WV = parked(rng)
        found = locate_vehicle(observe(X_WV, rng, 1.5), ParkingPrior(X_WV=NOMINAL))
        error = np.r_[found.X_WV.p[:2] - X_WV.p[:2], found.X_WV.yaw - X_WV.yaw]
        used = np.ix_([0, 1, 5], [0, 1, 5])
        normalised.append(error @ np.linalg.solve(found.covariance[used], error))
        errors.append(error)
    assert 1.0 < np.mean(normalised) < 4.5  # chi-square with 3 degrees of freedom
    assert np.abs(errors)[:, :2].mean() < 1.5e-3


def test_one_panel_far_out_of_place_does_not_drag_the_car_along() -> None:
    rng = np.random.default_rng(2)
    X_WV = Pose.planar(0.01, -0.01, 0.003, z=0.338)
    good = observe(X_WV, rng, 0.3)
    bad = SeamObservation(seam=DOOR, middle_W=good[0].middle_W + X_WV.R @ np.array([0.015, 0, 0]))
    found = locate_vehicle([bad, *good], ParkingPrior(X_WV=NOMINAL))
    assert np.linalg.norm(found.X_WV.p - X_WV.p) < 2.5e-3
    assert abs(found.residual_mm[0, 0]) > 10


def test_along_a_seam_nothing_is_learned() -> None:
    seen = [SeamObservation(seam=DOOR, middle_W=NOMINAL.apply(1e-3 * DOOR.at({"z": z}).middle_V_mm)) for z in (50, 350)]
    prior = ParkingPrior(X_WV=NOMINAL, std=np.array([0.02, 0.02, 0.01, 0, 0, np.radians(0.5)]))
    found = locate_vehicle(seen, prior)
    point = DOOR.at({"z": 200}).centre_V_mm
    assert found.std_mm(point, np.array([0.0, 0, 1])) == pytest.approx(10, abs=0.1)
    assert found.std_mm(point, np.array([1.0, 0, 0])) < 2.1
    assert found.std_mm(point, np.array([0.0, 1, 0])) < 2.1


def test_tilt_can_be_set_free() -> None:
    rng = np.random.default_rng(3)
    X_WV = Pose(p=np.array([0.005, -0.004, 0.340]), R=exp_so3(np.array([0.004, -0.003, 0.005])))
    prior = ParkingPrior(X_WV=NOMINAL, std=np.array([0.02, 0.02, 0.005, 0.01, 0.01, 0.01]))
    found = locate_vehicle(observe(X_WV, rng, 0.0), prior)
    for seam, arc in ((DOOR, 300.0), (ARCH, 470.0)):
        p = 1e-3 * seam.at_arc(arc).middle_V_mm
        across_and_out = np.stack((seam.at_arc(arc).across, seam.at_arc(arc).normal)) @ X_WV.R.T
        assert np.abs(across_and_out @ (found.X_WV.apply(p) - X_WV.apply(p))).max() < 1e-3
