"""The hall's light: what stands above a place takes some of it away, and the lookout that finds out sees straight."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.geometry import Pose
from linewalker.rendering.light import LOOKOUT_M, Lamp, Lighting, openness
from linewalker.rendering.pinhole import Pinhole

SLICE_M = 0.25


def seen_from_above(top_m: np.ndarray) -> np.ndarray:
    """1/z as the lookout sees heights; its rows run along -y."""
    return (1.0 / (LOOKOUT_M - top_m))[::-1].astype(np.float32)


def test_under_an_open_sky_all_light_arrives() -> None:
    nothing = np.zeros((40, 40), np.float32)
    np.testing.assert_allclose(openness(nothing, 2.0), 1.0, atol=1e-6)
    np.testing.assert_allclose(openness(seen_from_above(np.zeros((40, 40))), 2.0), 1.0, atol=1e-6)


def test_under_a_wide_roof_none_arrives_and_above_it_all() -> None:
    share = openness(seen_from_above(np.full((40, 40), 1.1)), 2.0)
    heights = SLICE_M * np.arange(len(share))
    np.testing.assert_allclose(share[heights < 0.7], 0.0, atol=1e-6)
    np.testing.assert_allclose(share[heights > 1.1], 1.0, atol=1e-6)


def test_the_shadow_of_an_edge_is_a_blurred_step() -> None:
    """A roof over half the place: a Gaussian's integral, one half below the edge."""
    top = np.zeros((1, 81)).repeat(81, 0)
    top[:, :40] = 1.5
    shadow = openness(seen_from_above(top), 4.0)[0, 40]
    assert 0.5 * (shadow[39] + shadow[40]) == pytest.approx(0.5, abs=0.01)
    assert np.all(np.diff(shadow) >= -1e-6)
    assert 0.5 * (shadow[43] + shadow[44]) == pytest.approx(0.8413, abs=0.02)  # one standard deviation


def test_a_roof_takes_away_as_much_light_as_it_is_wide() -> None:
    top = np.zeros((60, 60))
    top[20:30, 25:40] = 1.0
    taken = 1.0 - openness(seen_from_above(top), 3.0)[0]
    assert taken.sum() == pytest.approx(10 * 15, rel=1e-3)
    rows, columns = np.mgrid[:60, :60]
    assert (taken * rows).sum() / taken.sum() == pytest.approx(24.5, abs=0.01)  # and it lies below it
    assert (taken * columns).sum() / taken.sum() == pytest.approx(32.0, abs=0.01)


def test_the_grid_of_the_kernel_is_that_of_the_lookout() -> None:
    """A place on the floor is found in the same cell by the pinhole that looked and by the grid that is read."""
    lighting = Lighting(middle_W=(1.0, -0.5), reach_m=3.0)
    eye, size = lighting.lookout(), lighting.map_px()
    lens = eye.lens
    K = np.array([[lens[0], 0, lens[2]], [0, lens[1], lens[3]], [0, 0, 1]])
    camera = Pinhole(X_WC=Pose(p=eye.p_WC, R=eye.R_WC), K=K, width_px=size[1], height_px=size[0])
    packed = lighting.packed(np.zeros(size, np.float32))
    for x, y in ((1.0, -0.5), (3.2, 1.4), (-1.1, -2.9)):
        u, v, w = camera.K @ camera.X_WC.inverse().apply([x, y, 0.0])
        column, row = (np.array([x, y]) - packed.grid[:2]) * packed.grid[2]
        assert column == pytest.approx(u / w)
        assert row == pytest.approx(size[0] - 1 - v / w)
    assert packed.grid[3] == pytest.approx(1 / SLICE_M)


def test_lamps_and_tints_are_packed_as_the_kernel_reads_them() -> None:
    lamp = Lamp(p_W=(1.0, 2.0, 3.0), half_length_m=4.0, half_width_m=0.5, radiance=6.0)
    lighting = Lighting(lamps=(lamp, lamp), exposure=0.9)
    packed = lighting.packed(np.zeros(lighting.map_px(), np.float32))
    np.testing.assert_array_equal(packed.lamps, [[1, 2, 3, 4, 0.5, 6]] * 2)
    np.testing.assert_array_equal(packed.tints, [lighting.sky, lighting.wall, lighting.ground])
    assert packed.exposure == 0.9
    assert Lighting().packed(np.zeros(lighting.map_px(), np.float32)).lamps.shape == (0, 6)
