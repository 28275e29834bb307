"""What the seams of a model must be like so that they can be measured."""

import numpy as np
import pytest

WANTED = [
    "fender/front_door", "front_door/rear_door", "rear_door/body_side", "hood/fender", "fender/front_bumper",
    "head_lamp/front_bumper", "head_lamp/hood", "tail_lamp/body_side", "rear_bumper/body_side",
]  # fmt: skip
CENTRE = ("hood", "trunk", "tailgate", "front_bumper", "rear_bumper", "roof")


def with_side(name: str, side: str) -> str:
    return "/".join(panel if panel in CENTRE else f"{panel}_{side}" for panel in name.split("/"))


@pytest.mark.parametrize("side", ["left", "right"])
def test_every_wanted_seam_is_there_on_both_sides(vehicle, side):
    missing = {with_side(name, side) for name in WANTED} - set(vehicle.seams)
    assert not missing
    lid = "trunk" if "trunk" in vehicle.rims else "tailgate"
    assert {f"{lid}/body_side_{side}", f"{lid}/rear_bumper", "hood/front_bumper"} <= set(vehicle.seams)
    assert "charge_flap_right/body_side_right" in vehicle.seams


def test_axes_at_every_point_are_orthonormal_and_right_handed(vehicle):
    for seam in vehicle.seams.values():
        axes = np.stack((seam.normal, seam.across, seam.along), 1)
        assert axes @ axes.transpose(0, 2, 1) == pytest.approx(np.tile(np.eye(3), (len(axes), 1, 1)), abs=1e-9)
        assert np.linalg.det(axes) == pytest.approx(np.ones(len(axes)))


def test_points_follow_one_another_every_centimetre(vehicle):
    for seam in vehicle.seams.values():
        step_mm = np.linalg.norm(np.diff(seam.point_m, axis=0), axis=1) * 1e3
        assert np.median(step_mm) == pytest.approx(10, abs=0.5), seam.name
        assert step_mm.max() < 20, seam.name


def test_the_seam_leads_from_master_to_slave(vehicle):
    for seam in vehicle.seams.values():
        for body, sign in ((seam.master, -1), (seam.slave, 1)):
            feet = np.vstack([rim.foot_m for rim in vehicle.rims[body]])
            i = len(seam.point_m) // 2
            nearest = feet[((feet - seam.point_m[i]) ** 2).sum(1).argmin()]
            assert sign * (nearest - seam.point_m[i]) @ seam.across[i] > 0.002, (seam.name, body)


def test_clear_points_have_the_gap_that_is_drawn_and_lie_flush(vehicle):
    for seam in vehicle.seams.values():
        drawn = 3.5 if seam.name.endswith("hood") else 3.0 if "lamp" in seam.name else 4.0
        assert seam.clear.any(), seam.name
        assert np.abs(seam.gap_mm[seam.clear] - drawn).max() < 0.25, seam.name
        assert np.abs(seam.flush_mm[seam.clear]).max() < 0.45, seam.name


def test_the_ends_of_a_seam_are_not_clear(vehicle):
    for seam in vehicle.seams.values():
        assert not seam.clear[:3].any(), seam.name
        assert not seam.clear[-3:].any(), seam.name


def test_most_seams_have_clear_points_where_a_robot_of_1300_mm_reaches(vehicle):
    reached = 0
    for seam in vehicle.seams.values():
        height = seam.point_m[seam.clear][:, 2] + vehicle.axle_height_m
        reached += bool(((height > 0.45) & (height < 1.05)).any())
    assert reached >= 0.9 * len(vehicle.seams)


def test_curvature_is_that_of_the_skin(sedan, skin):
    """Second difference of the skin's height over its tangent plane, beside the foot of the edge."""
    for name in ("hood/front_bumper", "rear_door_right/body_side_right", "front_door_left/rear_door_left"):
        seam = sedan.seams[name]
        i = int(np.flatnonzero(seam.clear)[0])
        across, normal = seam.across[i], seam.normal[i]
        foot = seam.point_m[i] - across * (seam.radius_master_mm + seam.gap_mm[i] / 2) * 1e-3
        s = np.array([0.0, 0.006, 0.012])
        points = skin.project(foot - s[:, None] * across)
        u, h = (points - foot) @ -across, (points - foot) @ normal
        curvature = -2 * ((h[2] - h[0]) / u[2] - (h[1] - h[0]) / u[1]) / (u[2] - u[1])
        assert seam.curvature_master_per_m[i] == pytest.approx(curvature, abs=0.3)


def test_left_and_right_seams_mirror_each_other(sedan):
    right, left = sedan.seams["hood/fender_right"], sedan.seams["hood/fender_left"]
    i = len(right.point_m) // 2
    image = right.point_m[i] * [1, -1, 1]
    nearest = int(((left.point_m - image) ** 2).sum(1).argmin())
    assert np.linalg.norm(left.point_m[nearest] - image) < 0.006
    assert left.gap_mm[nearest] == pytest.approx(right.gap_mm[i], abs=5e-3)
    assert left.across[nearest] == pytest.approx(right.across[i] * [1, -1, 1], abs=1e-2)
