"""Where a part appears in a picture, and what stands before it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linewalker.geometry import Pose, rotation_z
from linewalker.inspection.part.region import Region, corners_V_mm, part_region
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import RgbdImage
from tests.inspection.nominal_car import catalogue

BADGE = catalogue().parts["badge_rear"]  # faces +x, 120 x 40 mm, at (3700, 200, 500)
IMAGE = RgbdImage(
    time_s=0.0,
    rgb=np.zeros((480, 640, 3), np.uint8),
    depth_m=np.full((480, 640), 1.0, np.float32),
    K=np.array([[600.0, 0, 320], [0, 600, 240], [0, 0, 1]]),
)


def camera_at(p_V: list[float], towards_V: list[float]) -> Pose:
    """X_CV of a camera at p_V (m) that looks along a direction, upright."""
    X_VC = Pose.from_axes(p_V, z=towards_V, y=[0, 0, -1])
    return X_VC.inverse()


SQUARE = camera_at([4.7, 0.2, 0.5], [-1, 0, 0])


def test_one_metre_in_front_the_box_has_the_size_of_similar_triangles() -> None:
    region = part_region(BADGE, SQUARE, IMAGE)
    assert isinstance(region, Region)
    assert region.size == pytest.approx((72, 24), abs=2)
    assert 0.5 * (region.left + region.right) == pytest.approx(320, abs=1)
    assert 0.5 * (region.top + region.bottom) == pytest.approx(240, abs=1)


def test_corners_span_the_rectangle() -> None:
    corners = corners_V_mm(BADGE)
    np.testing.assert_allclose(np.ptp(corners, axis=0), [0, 120, 40], atol=1e-9)
    np.testing.assert_allclose(corners.mean(axis=0), BADGE.p_V_mm)


@pytest.mark.parametrize(
    "X_CV",
    [
        camera_at([2.7, 0.2, 0.5], [1, 0, 0]),  # from inside the car
        camera_at([4.7, 0.2, 0.5], [1, 0, 0]),  # looking away
        camera_at([4.7, 0.7, 0.5], [-1, 0, 0]),  # cut off by the picture's border
        camera_at([20.0, 0.2, 0.5], [-1, 0, 0]),  # far away
        camera_at([3.72, 2.2, 0.5], [0, -1, 0]),  # edge on
    ],
)
def test_what_can_not_be_seen_is_hidden(X_CV: Pose) -> None:
    result = part_region(BADGE, X_CV, IMAGE)
    assert isinstance(result, Undecided)
    assert result.reason is Reason.PART_HIDDEN


def test_something_before_the_part_hides_it() -> None:
    depth = IMAGE.depth_m.copy()
    depth[:, :320] = 0.6
    result = part_region(BADGE, SQUARE, replace(IMAGE, depth_m=depth))
    assert isinstance(result, Undecided)
    assert "something stands before" in result.detail
    blind = replace(IMAGE, depth_m=np.full_like(depth, np.nan))
    assert isinstance(part_region(BADGE, SQUARE, blind), Region)


def test_growing_stops_at_the_border() -> None:
    region = Region(left=5, top=10, right=20, bottom=30).grown(15, 32, 100)
    assert (region.left, region.top, region.right, region.bottom) == (0, 0, 32, 45)
    assert region.cut(np.zeros((100, 32, 3))).shape == (45, 32, 3)


def test_the_box_follows_the_camera() -> None:
    turned = Pose(p=np.zeros(3), R=rotation_z(0.3)) @ SQUARE
    region = part_region(BADGE, turned, IMAGE)
    assert isinstance(region, Region)
    assert region.size[1] > 30
