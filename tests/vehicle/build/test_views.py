import numpy as np
import pytest
import shapely

from linewalker.vehicle.build.drawing import Sheet
from linewalker.vehicle.build.views import ParallelView, RingView


@pytest.fixture(scope="module")
def side(skin):
    return ParallelView.of(skin, [0, -1, 0], [1, 0, 0], [0, 0, 1])


@pytest.fixture(scope="module")
def rear(skin):
    return RingView(skin=skin, axis_x_m=3.05, facing=1, radius_m=0.85, slope=0.3)


def test_projecting_a_lifted_point_gives_the_drawing_back(side, rear):
    for view, uv in ((side, [[0.9, 0.2], [2.4, 0.4]]), (rear, [[0.0, 0.2], [0.5, 0.1], [-0.8, 0.25]])):
        points = view.lift(np.array(uv))
        assert not np.isnan(points).any()
        assert view.project(points) == pytest.approx(np.array(uv), abs=1e-9)
        assert np.abs(view.skin.values(points)).max() < 1e-9


def test_rounded_directions_are_made_square(skin):
    view = ParallelView.of(skin, [0, -0.9781, -0.2079], [1, 0, 0], [0, -0.208, 0.978])
    assert np.stack((view.sight, view.right, view.up)) @ np.stack((view.sight, view.right, view.up)).T == pytest.approx(
        np.eye(3), abs=1e-12
    )


def test_handedness_tells_a_mirrored_drawing(skin, side):
    assert side.handedness == -1  # the right side of a car whose x runs rearward is drawn nose to the left
    assert ParallelView.of(skin, [0, 0, -1], [1, 0, 0], [0, 1, 0]).handedness == 1


def test_only_views_that_show_both_sides_alike_can_be_mirrored(skin, side, rear):
    assert side.mirror_axis is None
    assert rear.mirror_axis == 0
    assert ParallelView.of(skin, [0, 0, -1], [1, 0, 0], [0, 1, 0]).mirror_axis == 1


def test_the_two_sides_of_a_ring_view_mirror_each_other(rear):
    right, left = (rear.lift(np.array([[u, 0.2]]))[0] for u in (0.6, -0.6))
    assert left == pytest.approx(right * [1, -1, 1], abs=1e-9)


def test_oblique_axes_are_refused(skin):
    with pytest.raises(ValueError, match="perpendicular"):
        ParallelView.of(skin, [-0.3, -1, -0.2], [1, 0, 0], [0, 0, 1])


def test_a_carried_outline_covers_the_same_skin(skin, sedan_file):
    sheet = Sheet(skin, sedan_file["views"], sedan_file["outlines"])
    flap, tilt = sheet["charge_flap"], sheet["front_door"].view
    carried = flap.seen_from(tilt)
    rim = np.array(carried.exterior.coords)[::20]
    again = flap.view.project(tilt.lift(rim))
    distance = [flap.region.exterior.distance(shapely.Point(p)) for p in again]
    assert max(distance) < 2e-5
