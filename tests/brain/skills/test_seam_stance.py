"""Stances from which the job can be done, with room to spare; and reasons where there are none."""

import dataclasses
from itertools import product

import numpy as np
import pytest

from linewalker.brain.car_space import car_obstacles, on_floor
from linewalker.brain.mission import PartTask, SeamTask
from linewalker.brain.skills.part_stance import corners_of
from linewalker.brain.skills.scan_seam import aim
from linewalker.brain.skills.seam_stance import Approach, outward
from linewalker.cerebellum.body.feet import Stance
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose, log_so3
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.limbs.profiles import load_profile
from tests.inspection import nominal_car

G1 = load_profile("g1")


def roof_seam():
    """Along the middle of the roof, out of anybody's reach from the floor."""
    x = np.arange(1000.0, 1501.0, 10.0)
    p, ones = np.column_stack((x, 0 * x, 0 * x + 1112)), np.ones((len(x), 1))
    return nominal_car.seam("roof/hatch", p, ones * [0, 1.0, 0], ones * [0, 0, 1.0], np.ones(len(x), bool))


def export():
    data = nominal_car.export()
    return data | {"seams": [*data["seams"], roof_seam()], "panels": [*data["panels"], "roof", "hatch"]}


CAR = VehicleCatalogue.from_dict(export())
X_GV = on_floor(CAR)


@pytest.fixture(scope="module")
def approach():
    return Approach(G1, "right_wrist", "head")


def task(seam="front_door/rear_door", **place):
    return SeamTask(seam=CAR.seams[seam], point=CAR.seams[seam].at(place), characteristics=())


def clearance_from_car(approach, X_GB, q_rad):
    figure = approach._ik.figure
    figure.place(X_GB, q_rad)
    distances, _, labels = figure.clearances(car_obstacles(CAR, X_GV), 1.0)
    return distances[labels[:, 1] < 0].min()


@pytest.mark.parametrize("z", [50, 250, 400])
def test_the_scanner_gets_where_it_has_to_be(approach, z):
    door = task(z=z)
    found = approach.seam_stance(door, CAR)
    target = aim(door.point, X_GV, 0.15, flipped=found.flipped)
    assert found.posture.X_WF.p == pytest.approx(target.p, abs=5e-4)
    assert np.linalg.norm(log_so3(found.posture.X_WF.R.T @ target.R)) < 2e-3
    stop = approach.stops(CAR)(door)
    assert (stop.stance, stop.flipped) == (found.stance, found.flipped)


def test_the_robot_stands_on_the_right_side_and_clear_of_the_car(approach):
    found = approach.seam_stance(task(z=250), CAR)
    assert found.stance.y > 0.9 + 0.2
    standing = approach._ik.stand(approach._soles(found.stance))
    assert clearance_from_car(approach, standing.X_WB, standing.q_rad) > 0.099
    assert clearance_from_car(approach, found.posture.X_WB, found.posture.q_rad) > 0.028


def test_a_robot_four_centimetres_off_still_gets_there(approach):
    door = task(z=250)
    found = approach.seam_stance(door, CAR)
    target = aim(door.point, X_GV, 0.15, flipped=found.flipped)
    for dx, dy in product((-0.028, 0.028), repeat=2):
        X_GM = Pose.planar(found.stance.x + dx, found.stance.y + dy, found.stance.yaw)
        stance = Stance.about(X_GM, G1.gait.half_width_m)
        posture = approach._ik.solve(target, stance, obstacles=car_obstacles(CAR, X_GV), start=found.posture)
        assert posture.X_WF.p == pytest.approx(target.p, abs=5e-4)


def test_the_same_question_has_the_same_answer(approach):
    one, other = (finder.stops(CAR)(task(z=250)) for finder in (Approach(G1, "right_wrist", "head"), approach))
    assert (one.stance, one.flipped) == (other.stance, other.flipped)


def test_a_seam_out_of_reach_is_refused_with_a_reason(approach):
    with pytest.raises(UnreachableError, match=r"right_wrist stays .* short of the target|no room"):
        approach.stops(CAR)(task("roof/hatch", x=1250))


@pytest.mark.parametrize(
    ("p", "normal"), [([-0.8, 0.2], [-1, 0]), ([3.7, -0.1], [1, 0]), ([1.0, 0.7], [0, 1]), ([1.0, -1.2], [0, -1])]
)
def test_outward_is_away_from_the_car(p, normal):
    assert outward(np.array([*p, 0.5]), CAR) == pytest.approx(normal)


# -- views -------------------------------------------------------------------------------------------------------------


def seen(approach, stance, part):
    """Corners of a part in the camera's axes, (4, 3), and the camera's pose in G."""
    ik = approach._ik
    standing = ik.stand(Stance.about(Pose.planar(stance.x, stance.y, stance.yaw), G1.gait.half_width_m))
    ik.figure.place(standing.X_WB, standing.q_rad)
    X_GC = ik.figure.pose_of(G1.cameras["head"])
    return X_GC.inverse().apply(X_GV.apply(corners_of(part))), X_GC


@pytest.mark.parametrize("name", ["badge_rear", "handle"])
def test_the_part_is_wholly_in_the_picture_near_and_square(approach, name):
    part = CAR.parts[name]
    stance = approach.stops(CAR)(PartTask(part=part, characteristics=())).stance
    corners, X_GC = seen(approach, stance, part)
    camera = G1.cameras["head"]
    half = np.tan(camera.fov_y_rad / 2)
    pixels = corners[:, :2] / corners[:, 2:] / half * camera.height_px / 2
    assert (corners[:, 2] > 0.4).all()
    assert (np.abs(pixels) < [camera.width_px / 2, camera.height_px / 2]).all()
    sight = X_GC.p - X_GV.apply(1e-3 * part.p_V_mm)
    assert 0.5 < np.linalg.norm(sight) < 1.3
    assert sight @ part.normal > np.cos(np.radians(50)) * np.linalg.norm(sight)


def test_a_part_that_looks_down_is_refused_with_a_reason(approach):
    below = dataclasses.replace(CAR.parts["handle"], normal=np.array([0.1, 0.0, -0.995]), up=np.array([0, 1.0, 0]))
    with pytest.raises(UnreachableError, match="no stance shows handle: it is"):
        approach.stops(CAR)(PartTask(part=below, characteristics=()))


def test_a_part_behind_the_car_is_hidden(approach):
    inside = dataclasses.replace(CAR.parts["badge_rear"], p_V_mm=np.array([3300.0, 200, 500]))
    with pytest.raises(UnreachableError, match="no stance shows badge_rear"):
        approach.stops(CAR)(PartTask(part=inside, characteristics=()))


def test_corners_of_a_part():
    part = CAR.parts["badge_rear"]
    corners = corners_of(part)
    assert corners.mean(axis=0) == pytest.approx(1e-3 * part.p_V_mm)
    assert np.ptp(corners, axis=0) == pytest.approx([0.0, 0.12, 0.04])
