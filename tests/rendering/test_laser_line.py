"""The laser line in a picture: where the points project, and only where they can be seen."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.rendering.laser_line import with_laser_line
from linewalker.rendering.pinhole import Picture, Pinhole

VIEW = Pinhole.looking_at((0, -1.0, 0), (0, 0, 0), width_px=160, height_px=120, fov_y_rad=0.6)
LINE_W = np.column_stack((np.linspace(-0.03, 0.03, 601), np.zeros(601), np.zeros(601)))


def dark(depth_m: float) -> Picture:
    shape = (VIEW.height_px, VIEW.width_px)
    return Picture(
        rgb=np.zeros((*shape, 3), np.uint8),
        depth_m=np.full(shape, depth_m, np.float32),
        thing_of=np.zeros(shape, np.int32),
    )


def test_it_glows_where_its_points_project() -> None:
    rgb = with_laser_line(dark(1.0), VIEW, LINE_W).rgb
    rows, columns = np.nonzero(rgb[..., 0] > 200)
    u, v, w = VIEW.K @ VIEW.X_WC.inverse().apply(LINE_W[[0, -1]]).T
    assert rows.mean() == pytest.approx((v / w).mean(), abs=0.5)
    assert columns.min() == pytest.approx((u / w).min(), abs=2)
    assert columns.max() == pytest.approx((u / w).max(), abs=2)


def test_what_stands_before_it_hides_it() -> None:
    assert with_laser_line(dark(0.5), VIEW, LINE_W).rgb.max() == 0


def test_points_behind_the_camera_and_no_points_at_all_draw_nothing() -> None:
    assert with_laser_line(dark(1.0), VIEW, LINE_W - [0, 3, 0]).rgb.max() == 0
    assert with_laser_line(dark(1.0), VIEW, LINE_W[:0]).rgb.max() == 0
