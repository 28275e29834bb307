"""Light: what the kernels sum up is what integrals, interpolations and averages of the textbook are."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator

from linewalker.geometry import exp_so3
from linewalker.rendering.raster_kernel import Visible
from linewalker.rendering.shade_kernel import (
    Eye,
    Light,
    Placed,
    Triangles,
    _base_colour,
    _encode,
    _lamp_light,
    _normal,
    _openness,
    _radiance_from,
    _weights,
    resolve,
)

SKY, WALL, GROUND = (0.3, 0.4, 0.5), (0.6, 0.5, 0.4), (0.1, 0.2, 0.3)


def light(lamps: tuple[tuple[float, ...], ...] = (), open_: np.ndarray | None = None, exposure: float = 1.0) -> Light:
    volume = np.ones((2, 2, 2), np.float32) if open_ is None else open_
    return Light(
        np.array(lamps, float).reshape(-1, 6),
        np.array([SKY, WALL, GROUND]),
        volume,
        np.array([-1.0, -2.0, 4.0, 3.0]),
        exposure,
    )


@pytest.fixture
def triangle() -> tuple[Triangles, Placed, Eye]:
    """One triangle with a picture, somewhere in front of a camera."""
    rng = np.random.default_rng(7)
    corner = np.array([[-0.4, -0.3, 0.1], [-0.2, 0.5, -0.1], [0.5, -0.1, 0.0]], np.float32)  # its front is at -z
    normals = np.float32([[0.1, 0, -1], [0, 0.2, -1], [-0.1, 0.1, -1]])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    face, places = np.array([[0, 1, 2]], np.int32), np.float32([[0.1, 0.2], [0.9, 0.4], [0.3, 0.8]])
    texels = rng.integers(0, 256, 4 * 5 * 3).astype(np.uint8)
    placed = Placed(
        np.zeros((1, 4), np.int32),
        exp_so3([0.2, -0.3, 0.4])[None],
        np.array([[0.1, -0.05, 1.5]]),
        np.array([[0.5, 0.6, 0.7, 0.5, 0.0, 0.04, 0.0]]),
        np.array([[0, 4, 5]]),
        texels,
    )
    eye = Eye(exp_so3([0.05, 0.02, -0.1]), np.array([0.02, 0.03, 0.1]), np.array([60.0, 60.0, 31.5, 23.5]))
    return Triangles(corner, normals, face, face, places, face), placed, eye


@pytest.mark.parametrize("n", [(0, 0, 1.0), (0, 0.6, 0.8), (0, -0.8, 0.6)])
def test_a_long_lamp_gives_the_light_of_an_integral_over_its_strip(n: tuple[float, float, float]) -> None:
    half, height, aside, radiance = 0.05, 2.4, 0.7, 3.0
    p = (0.2, -0.1, 0.3)
    found = _lamp_light(p, n, light(((0.0, aside, height, 50.0, half, radiance),)))
    x, dx = np.linspace(-200, 200, 40001, retstep=True)
    to = np.stack(np.broadcast_arrays(x - p[0], aside - p[1], height - p[2]), -1)
    r = np.linalg.norm(to, axis=1)
    irradiance = radiance * 2 * half * np.sum(np.maximum(to @ n, 0) / r * to[:, 2] / r / r**2) * dx
    assert found == pytest.approx(irradiance / np.pi, rel=1e-3)


def test_lamps_add_up_and_light_nothing_that_turns_away() -> None:
    one, two = (0.0, 0.5, 2.0, 9.0, 0.1, 2.0), (0.0, -1.0, 3.0, 9.0, 0.2, 1.0)
    p, up = (0.0, 0.0, 0.5), (0.0, 0.0, 1.0)
    both = _lamp_light(p, up, light((one, two)))
    assert both == pytest.approx(_lamp_light(p, up, light((one,))) + _lamp_light(p, up, light((two,))))
    assert both > 0
    assert _lamp_light(p, (0.0, 0.0, -1.0), light((one, two))) == 0.0
    assert _lamp_light((0.0, 0.0, 3.5), up, light((one, two))) == 0.0  # above the lamps


def test_a_sharp_ray_meets_a_lamp_where_geometry_says() -> None:
    lamp = (1.0, 0.5, 3.0, 0.8, 0.2, 7.0)
    p = np.array([-0.5, 0.2, 0.4])
    for offset, hit in (((0.0, 0.0), True), ((0.7, 0.1), True), ((0.9, 0.0), False), ((0.0, 0.3), False)):
        d = np.array([1.0 + offset[0], 0.5 + offset[1], 3.0]) - p
        d /= np.linalg.norm(d)
        seen = _radiance_from(tuple(p), tuple(d), 0.0, light((lamp,)))
        assert (seen == pytest.approx((7.0, 7.0, 7.0))) == hit


def test_without_lamps_one_sees_sky_above_ground_below_and_wall_along_the_horizon() -> None:
    p = (0.0, 0.0, 1.0)
    assert _radiance_from(p, (0.0, 0.0, 1.0), 0.0, light()) == pytest.approx(SKY)
    assert _radiance_from(p, (0.0, 0.0, -1.0), 0.0, light()) == pytest.approx(GROUND)
    level = (np.sqrt(1 - 0.15**2), 0.0, 0.15)
    assert _radiance_from(p, level, 0.0, light()) == pytest.approx(WALL)


def test_openness_is_the_trilinear_interpolation_of_its_slices() -> None:
    rng = np.random.default_rng(2)
    volume = rng.random((4, 6, 7)).astype(np.float32)
    scene = light(open_=volume)
    axes = (np.arange(4) / 3.0, -2.0 + np.arange(6) / 4.0, -1.0 + np.arange(7) / 4.0)  # z, y, x
    reference = RegularGridInterpolator(axes, volume.astype(float))
    for x, y, z in rng.uniform((-0.95, -1.95, 0.02), (0.45, -0.85, 0.95), (40, 3)):
        assert _openness((x, y, z), (0.0, 0.0, 1.0), scene) == pytest.approx(float(reference((z, y, x))), abs=1e-6)
    leaning = _openness((0.0, -1.5, 0.5), (1.0, -1.0, 0.0), scene)
    assert leaning == pytest.approx(float(reference((0.5, -1.6, 0.1))), abs=1e-6)  # a little off the surface
    for outside in ((-1.2, -1.5, 0.5), (0.0, -2.2, 0.5), (0.9, -1.5, 0.5), (0.0, -1.5, 1.2)):
        assert _openness(outside, (0.0, 0.0, 1.0), scene) == 1.0


def test_the_shares_of_the_corners_add_up_to_the_point_that_the_ray_meets(triangle: tuple) -> None:
    triangles, placed, eye = triangle
    corners = triangles.vertices @ placed.R_WM[0].T + placed.p_WM[0]
    rng = np.random.default_rng(0)
    for _ in range(20):
        share = rng.dirichlet([1, 1, 1])
        point = share @ corners
        ray = 1.7 * (point - eye.p_WC)
        weights = _weights(tuple(ray), 0, 0, triangles, placed, eye)
        np.testing.assert_allclose(weights, share, atol=1e-6)
        normal = placed.R_WM[0] @ (share @ triangles.normals)
        np.testing.assert_allclose(
            _normal(weights, 0, 0, triangles, placed), normal / np.linalg.norm(normal), atol=1e-6
        )


def test_a_picture_is_read_bilinearly_and_made_linear(triangle: tuple) -> None:
    triangles, placed, _ = triangle
    linear = (placed.texels.reshape(4, 5, 3) / 255.0) ** 2.2
    middles = ((np.arange(4) + 0.5) / 4, (np.arange(5) + 0.5) / 5)
    reference = RegularGridInterpolator(middles, linear)
    for share in np.random.default_rng(1).dirichlet([2, 2, 2], 20):
        u, v = share @ triangles.texcoords
        inside = (np.clip(v, 0.125, 0.875), np.clip(u, 0.1, 0.9))  # beyond the outer texels' middles they go on
        expected = placed.material[0, :3] * reference(inside)
        found = _base_colour(tuple(share), 0, 0, triangles, placed)
        np.testing.assert_allclose(found, expected, atol=1e-6)


def test_what_has_no_picture_has_the_colour_of_its_material(triangle: tuple) -> None:
    triangles, placed, _ = triangle
    plain = placed._replace(texture=np.array([[-1, 0, 0]]))
    assert _base_colour((0.2, 0.3, 0.5), 0, 0, triangles, plain) == pytest.approx((0.5, 0.6, 0.7))


def test_tones_follow_the_filmic_curve() -> None:
    """Narkowicz 2015, then the transfer curve of sRGB (IEC 61966-2-1)."""
    for linear in (0.0, 0.003, 0.02, 0.18, 0.5, 1.0, 4.0):
        film = min(linear * (2.51 * linear + 0.03) / (linear * (2.43 * linear + 0.59) + 0.14), 1.0)
        grey = 12.92 * film if film < 0.0031308 else 1.055 * film ** (1 / 2.4) - 0.055
        assert _encode(linear) == pytest.approx(255 * grey, abs=0.35)
    assert _encode(1e9) == pytest.approx(255.0, abs=0.2)
    assert _encode(-1.0) == 0.0


def test_a_pixel_is_the_mean_of_its_samples_and_its_depth_that_of_the_nearest_thing(triangle: tuple) -> None:
    """Two things that only glow: what is seen of each is its own colour, whatever the light."""
    triangles, one, eye = triangle
    glow = np.array([[0, 0, 0, 0.5, 0, 0, 0.0], [1, 0, 0, 0.5, 0, 0, 1.0]])
    glow[:, 3] = 1.0
    placed = Placed(
        np.repeat(one.first, 2, 0),
        np.repeat(one.R_WM, 2, 0),
        np.repeat(one.p_WM, 2, 0),
        glow,
        np.full((2, 3), -1),
        one.texels,
    )
    item = np.array([[0, 1], [1, 1]], np.int32)
    visible = Visible(np.float32([[0.5, 0.8], [0.6, 0.7]]), item, np.zeros((2, 2), np.int32))
    rgb, depth, item_of = np.zeros((1, 1, 3), np.uint8), np.zeros((1, 1), np.float32), np.zeros((1, 1), np.int32)
    dark = light()._replace(tints=np.zeros((3, 3)))
    resolve(triangles, placed, eye, visible, dark, 2, rgb, depth, item_of)
    assert item_of[0, 0] == 1
    assert depth[0, 0] == pytest.approx(1 / np.mean([0.8, 0.6, 0.7]))
    assert rgb[0, 0].tolist() == [round(0.75 * _encode(1.0)), 0, 0]


def test_where_nothing_is_depth_is_missing_and_the_sky_is_seen(triangle: tuple) -> None:
    triangles, placed, _ = triangle
    up = Eye(np.eye(3), np.zeros(3), np.array([1e6, 1e6, 0.0, 0.0]))
    empty = Visible(np.zeros((1, 1), np.float32), np.full((1, 1), -1, np.int32), np.zeros((1, 1), np.int32))
    rgb, depth, item_of = np.zeros((1, 1, 3), np.uint8), np.zeros((1, 1), np.float32), np.zeros((1, 1), np.int32)
    resolve(triangles, placed, up, empty, light(exposure=0.5), 1, rgb, depth, item_of)
    assert item_of[0, 0] == -1
    assert np.isnan(depth[0, 0])
    np.testing.assert_allclose(rgb[0, 0], [_encode(0.5 * sky) for sky in SKY], atol=1)
