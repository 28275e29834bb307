"""Stances from which a seam can be scanned, with room to spare; and reasons where there are none."""

import dataclasses
from itertools import product

import numpy as np
import pytest

from linewalker.brain.car_space import car_obstacles, on_floor
from linewalker.brain.skills.seam_stance import SeamStances, aim, outward
from linewalker.cerebellum.body.feet import Stance
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose, exp_so3, log_so3
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
def stances():
    return SeamStances(G1, "right_wrist")


def at(seam="front_door/rear_door", **place):
    """A seam and a point of it."""
    return CAR.seams[seam], CAR.seams[seam].at(place)


def clearance_from_car(stances, X_GB, q_rad):
    figure = stances._ik.figure
    figure.place(X_GB, q_rad)
    distances, _, labels = figure.clearances(car_obstacles(CAR, X_GV), 1.0)
    return distances[labels[:, 1] < 0].min()


@pytest.mark.parametrize("z", [50, 250, 400])
def test_the_scanner_gets_where_it_has_to_be(stances, z):
    seam, point = at(z=z)
    found = stances.best(seam, point, CAR)
    target = aim(point, X_GV, 0.15, flipped=found.flipped)
    assert found.posture.X_WF.p == pytest.approx(target.p, abs=5e-4)
    assert np.linalg.norm(log_so3(found.posture.X_WF.R.T @ target.R)) < 2e-3


def test_the_robot_stands_on_the_right_side_and_clear_of_the_car(stances):
    found = stances.best(*at(z=250), CAR)
    assert found.stance.y > 0.9 + 0.2
    standing = stances._ik.stand(stances._soles(found.stance))
    assert clearance_from_car(stances, standing.X_WB, standing.q_rad) > 0.099
    assert clearance_from_car(stances, found.posture.X_WB, found.posture.q_rad) > 0.028


def test_a_robot_four_centimetres_off_still_gets_there(stances):
    seam, point = at(z=250)
    found = stances.best(seam, point, CAR)
    target = aim(point, X_GV, 0.15, flipped=found.flipped)
    for dx, dy in product((-0.028, 0.028), repeat=2):
        X_GM = Pose.planar(found.stance.x + dx, found.stance.y + dy, found.stance.yaw)
        stance = Stance.about(X_GM, G1.gait.half_width_m)
        posture = stances._ik.solve(target, stance, obstacles=car_obstacles(CAR, X_GV), start=found.posture)
        assert posture.X_WF.p == pytest.approx(target.p, abs=5e-4)


def test_the_same_question_has_the_same_answer(stances):
    one, other = (finder.best(*at(z=250), CAR) for finder in (SeamStances(G1, "right_wrist"), stances))
    assert (one.stance, one.flipped) == (other.stance, other.flipped)


def test_a_seam_out_of_reach_is_refused_with_a_reason(stances):
    with pytest.raises(UnreachableError, match=r"right_wrist stays .* short of the target|no room"):
        stances.best(*at("roof/hatch", x=1250), CAR)


@pytest.mark.parametrize(
    ("p", "normal"), [([-0.8, 0.2], [-1, 0]), ([3.7, -0.1], [1, 0]), ([1.0, 0.7], [0, 1]), ([1.0, -1.2], [0, -1])]
)
def test_outward_is_away_from_the_car(p, normal):
    assert outward(np.array([*p, 0.5]), CAR) == pytest.approx(normal)


@pytest.mark.parametrize("flipped", [False, True])
def test_the_beam_meets_the_seam_squarely_at_the_standoff(flipped):
    X_WV = Pose(p=np.array([0.01, -0.02, 0.338]), R=exp_so3(np.array([0.0, 0.0, 0.01])))
    for seam in CAR.seams.values():
        point = seam.at_arc(0.4 * seam.length_mm)
        X_WS = aim(point, X_WV, 0.15, flipped=flipped)
        seen = X_WS.inverse().apply(X_WV.apply(1e-3 * point.centre_V_mm))
        np.testing.assert_allclose(seen, [0.0, 0.0, 0.15], atol=1e-9)
        np.testing.assert_allclose(X_WS.R[:, 2], -(X_WV.R @ point.normal), atol=1e-9)
        across_S = X_WS.R.T @ X_WV.R @ point.across
        assert across_S[0] == pytest.approx(-1.0 if flipped else 1.0, abs=1e-6)
        assert abs(X_WS.R[:, 1] @ X_WV.R @ point.along) == pytest.approx(1.0, abs=1e-6)


def test_one_stance_serves_two_points_that_are_near_each_other(stances):
    points = [at(z=200)[1], at(z=300)[1]]
    both = stances.together(points, CAR)
    assert both[0].stance == both[1].stance
    for found, point in zip(both, points):
        target = aim(point, X_GV, 0.15, flipped=found.flipped)
        assert found.posture.X_WF.p == pytest.approx(target.p, abs=5e-4)
        assert clearance_from_car(stances, found.posture.X_WB, found.posture.q_rad) > 0.028


def test_no_stance_serves_points_on_either_side_of_what_is_in_reach(stances):
    assert stances.together([at(z=200)[1], at("roof/hatch", x=1250)[1]], CAR) is None


def test_a_point_can_be_scanned_from_its_own_stance_and_not_from_afar(stances):
    point = at(z=250)[1]
    found = stances.best(*at(z=250), CAR)
    assert stances.at(point, CAR, found.stance).flipped == found.flipped
    assert stances.at(point, CAR, dataclasses.replace(found.stance, y=found.stance.y + 1.0)) is None
    assert stances.at(point, CAR, dataclasses.replace(found.stance, y=0.5)) is None  # in the car
