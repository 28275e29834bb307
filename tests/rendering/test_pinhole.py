"""A pinhole maps as the textbook says (Hartley and Zisserman 2004, ch. 6)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.rendering.pinhole import Pinhole

sizes = st.integers(2, 800)
angles = st.floats(0.1, 2.5)
places = st.tuples(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 3)).map(np.array)


def pixel(camera: Pinhole, p_W: np.ndarray) -> np.ndarray:
    u, v, w = camera.K @ camera.X_WC.inverse().apply(p_W)
    return np.array([u / w, v / w])


@given(sizes, sizes, angles)
def test_the_field_of_view_ends_at_the_borders_of_the_outermost_pixels(width: int, height: int, fov: float) -> None:
    K = Pinhole.matrix(width, height, fov)
    for half, border in ((-0.5 * fov, -0.5), (0.5 * fov, height - 0.5)):
        _, v, w = K @ [0.0, np.tan(half), 1.0]
        assert v / w == pytest.approx(border, abs=1e-9 * height)
    assert K[0, 0] == K[1, 1]  # square pixels
    u, v, _ = K @ [0, 0, 1.0]
    assert (u, v) == pytest.approx((0.5 * (width - 1), 0.5 * (height - 1)))


@given(places, places, angles)
def test_what_it_looks_at_is_in_the_middle_and_up_is_up(eye: np.ndarray, target: np.ndarray, fov: float) -> None:
    forward = target - eye
    if np.hypot(forward[0], forward[1]) < 1e-2:
        return  # straight up or down no camera is level
    camera = Pinhole.looking_at(eye, target, width_px=64, height_px=48, fov_y_rad=fov)
    np.testing.assert_allclose(pixel(camera, target), (31.5, 23.5), atol=1e-6)
    assert camera.X_WC.R[2, 0] == pytest.approx(0.0, abs=1e-12)  # its rows are level
    assert np.linalg.det(camera.X_WC.R) == pytest.approx(1.0)
    above, left = target + [0, 0, 0.01], target + 0.01 * np.cross([0, 0, 1.0], forward) / np.linalg.norm(forward)
    assert pixel(camera, above)[1] < 23.5
    assert pixel(camera, left)[0] < 31.5


def test_twice_as_far_is_half_as_big() -> None:
    camera = Pinhole.looking_at((0, 0, 1), (1, 0, 1), width_px=100, height_px=80, fov_y_rad=0.8)
    near = pixel(camera, np.array([1.0, 0.1, 1.05])) - (49.5, 39.5)
    far = pixel(camera, np.array([2.0, 0.1, 1.05])) - (49.5, 39.5)
    np.testing.assert_allclose(near, 2 * far, atol=1e-9)
