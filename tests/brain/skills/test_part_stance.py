"""Stances from which a part is seen squarely, near and whole; and reasons where there are none."""

import dataclasses

import numpy as np
import pytest

from linewalker.brain.car_space import car_obstacles, car_prisms, on_floor
from linewalker.brain.skills.part_stance import Viewpoints, corners_of
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose
from linewalker.limbs.profiles import load_profile
from tests.inspection.nominal_car import catalogue

G1, CAR = load_profile("g1"), catalogue()
X_GV = on_floor(CAR)
PRISMS = car_prisms(CAR, X_GV)


@pytest.fixture(scope="module")
def ik():
    return WholeBodyIK(G1, "right_wrist")


@pytest.fixture(scope="module")
def viewpoints(ik):
    return Viewpoints(ik, G1.cameras["head"])


def stand(ik, stance):
    standing = ik.stand(Stance.about(Pose.planar(stance.x, stance.y, stance.yaw), G1.gait.half_width_m))
    ik.figure.place(standing.X_WB, standing.q_rad)
    return ik.figure


@pytest.mark.parametrize("name", ["badge_rear", "handle"])
def test_the_part_is_wholly_in_the_picture_near_and_square(ik, viewpoints, name):
    part = CAR.parts[name]
    camera = G1.cameras["head"]
    X_GC = stand(ik, viewpoints.best(part, CAR, PRISMS)).pose_of(camera)
    corners = X_GC.inverse().apply(X_GV.apply(corners_of(part)))
    half = np.tan(camera.fov_y_rad / 2)
    pixels = corners[:, :2] / corners[:, 2:] / half * camera.height_px / 2
    assert (corners[:, 2] > 0.4).all()
    assert (np.abs(pixels) < [camera.width_px / 2, camera.height_px / 2]).all()
    sight = X_GC.p - X_GV.apply(1e-3 * part.p_V_mm)
    assert 0.5 < np.linalg.norm(sight) < 1.3
    assert sight @ part.normal > np.cos(np.radians(50)) * np.linalg.norm(sight)


def test_the_robot_stands_clear_of_the_car(ik, viewpoints):
    figure = stand(ik, viewpoints.best(CAR.parts["badge_rear"], CAR, PRISMS))
    distances, _, labels = figure.clearances(car_obstacles(CAR, X_GV), 1.0)
    assert distances[labels[:, 1] < 0].min() > 0.099


def test_a_part_that_looks_down_is_refused_with_a_reason(viewpoints):
    below = dataclasses.replace(CAR.parts["handle"], normal=np.array([0.1, 0.0, -0.995]), up=np.array([0, 1.0, 0]))
    with pytest.raises(UnreachableError, match="no stance shows handle: it is"):
        viewpoints.best(below, CAR, PRISMS)


def test_a_part_behind_the_car_is_hidden(viewpoints):
    inside = dataclasses.replace(CAR.parts["badge_rear"], p_V_mm=np.array([3300.0, 200, 500]))
    with pytest.raises(UnreachableError, match="no stance shows badge_rear"):
        viewpoints.best(inside, CAR, PRISMS)


def test_corners_of_a_part():
    part = CAR.parts["badge_rear"]
    corners = corners_of(part)
    assert corners.mean(axis=0) == pytest.approx(1e-3 * part.p_V_mm)
    assert np.ptp(corners, axis=0) == pytest.approx([0.0, 0.12, 0.04])


def test_walking_by_the_part_may_lie_beside_the_middle_of_the_picture(viewpoints):
    part = CAR.parts["badge_rear"]
    views = viewpoints.passing(part, CAR)
    assert viewpoints.best(part, CAR, PRISMS) in views
    centre = X_GV.apply(corners_of(part)).mean(axis=0)
    off = [np.arctan2(*(centre[:2] - view.p)[::-1]) - view.yaw for view in views]
    assert np.ptp(np.mod(np.array(off) + np.pi, 2.0 * np.pi)) > 0.5


def test_a_part_is_shown_where_it_is_seen_well_and_nothing_is_in_the_way(viewpoints):
    part = CAR.parts["badge_rear"]
    best = viewpoints.best(part, CAR, PRISMS)
    assert viewpoints.shows(best, part, CAR, PRISMS)
    for elsewhere in (
        dataclasses.replace(best, yaw=best.yaw + 1.5),  # it looks away
        dataclasses.replace(best, x=best.x + 2.0),  # too far
        dataclasses.replace(best, x=best.x - 2.0),  # in the car
    ):
        assert not viewpoints.shows(elsewhere, part, CAR, PRISMS)
