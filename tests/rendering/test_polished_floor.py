"""The mirror image in the floor lies where a thing below the floor would be seen."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.geometry import Pose
from linewalker.rendering.light import Light, Lighting
from linewalker.rendering.mesh import rectangle_mesh, sphere_mesh
from linewalker.rendering.pinhole import Picture, Pinhole
from linewalker.rendering.polished_floor import with_mirrored_floor
from linewalker.rendering.renderer import Material, Renderer, Things

CAMERA = Pinhole.looking_at((-2.0, 0.3, 1.2), (0.5, 0, 0.1), width_px=160, height_px=120, fov_y_rad=0.7)
BALL = np.array([0.4, -0.1, 0.35])
DARK, GLOW = Material(rgb=(0, 0, 0), reflectance=0.0), Material(rgb=(1, 1, 1), reflectance=0.0, emission=3.0)


class Hall:
    """A dark floor and a ball that glows above it."""

    def __init__(self) -> None:
        self._renderer = Renderer([rectangle_mesh(8, 8), sphere_mesh(0.05)])
        self._things = Things(
            mesh=np.array([0, 1], np.int32),
            R_WM=np.tile(np.eye(3), (2, 1, 1)),
            p_WM=np.array([[0, 0, 0], BALL]),
            material=np.array([DARK.row(), GLOW.row()]),
        )
        nothing = (0.0, 0.0, 0.0)
        self._light: Light = self._renderer.illuminate(
            self._things, Lighting(sky=nothing, wall=nothing, ground=nothing)
        )
        self.cameras: list[Pinhole] = []

    def take(self, camera: Pinhole) -> Picture:
        self.cameras.append(camera)
        return self._renderer.render(self._things, camera, self._light)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return Hall()


@pytest.fixture(scope="module")
def pictures(hall: Hall) -> tuple[Picture, Picture]:
    """Without and with the mirror."""
    plain = hall.take(CAMERA)
    return plain, with_mirrored_floor(plain, CAMERA, hall.take)


def pixel(p_W: np.ndarray) -> np.ndarray:
    u, v, w = CAMERA.K @ CAMERA.X_WC.inverse().apply(p_W)
    return np.array([u / w, v / w])


def test_the_image_is_where_the_mirrored_thing_would_be(pictures: tuple[Picture, Picture]) -> None:
    plain, mirrored = pictures
    added = mirrored.rgb.astype(float).sum(-1) - plain.rgb.astype(float).sum(-1)
    rows, columns = np.mgrid[:120, :160]
    where = np.array([(added * columns).sum(), (added * rows).sum()]) / added.sum()
    np.testing.assert_allclose(where, pixel(BALL * [1, 1, -1]), atol=0.6)


def test_only_the_floor_mirrors_and_nothing_else_changes(pictures: tuple[Picture, Picture]) -> None:
    plain, mirrored = pictures
    np.testing.assert_array_equal(mirrored.rgb[plain.thing_of != 0], plain.rgb[plain.thing_of != 0])
    np.testing.assert_array_equal(mirrored.depth_m, plain.depth_m)
    np.testing.assert_array_equal(mirrored.thing_of, plain.thing_of)


def test_the_image_is_darker_than_the_thing(pictures: tuple[Picture, Picture]) -> None:
    plain, mirrored = pictures
    floor = plain.thing_of == 0
    assert 20 < mirrored.rgb[floor].max() < 0.7 * plain.rgb[~floor].max()


def test_the_second_camera_stands_below_the_floor_and_looks_up(hall: Hall, pictures: tuple[Picture, Picture]) -> None:
    """A proper camera, right-handed: its picture upside down is that of the left-handed reflection."""
    assert len(pictures) == 2
    below = hall.cameras[1]
    np.testing.assert_allclose(below.X_WC.p, CAMERA.X_WC.p * [1, 1, -1])
    np.testing.assert_allclose(below.X_WC.R[:, 2], CAMERA.X_WC.R[:, 2] * [1, 1, -1])
    assert np.linalg.det(below.X_WC.R) == pytest.approx(1.0)


def test_the_middle_of_a_coarse_pixel_is_that_of_the_fine_ones_it_covers(
    hall: Hall, pictures: tuple[Picture, Picture]
) -> None:
    assert len(pictures) == 2
    below = hall.cameras[1]
    point = Pose(p=np.zeros(3)).apply(BALL)
    u, v, w = below.K @ below.X_WC.inverse().apply(point)
    fine_u, fine_v = pixel(BALL * [1, 1, -1])
    assert 2 * u / w + 0.5 == pytest.approx(fine_u)
    assert 2 * (below.height_px - 1 - v / w) + 0.5 == pytest.approx(fine_v)
