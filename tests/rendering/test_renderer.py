"""Laws of the rasteriser: where things appear, how far they are, what hides what."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3, rotation_x
from linewalker.rendering.light import Lamp, Lighting
from linewalker.rendering.mesh import (
    TriangleMesh,
    box_mesh,
    capsule_mesh,
    cylinder_mesh,
    rectangle_mesh,
    sphere_mesh,
)
from linewalker.rendering.pinhole import Picture, Pinhole
from linewalker.rendering.renderer import Material, Renderer, Things

GREY = Material(rgb=(0.5, 0.5, 0.5))


def things(*placed: tuple[int, Pose], material: Material = GREY) -> Things:
    return Things(
        mesh=np.array([mesh for mesh, _ in placed], np.int32),
        R_WM=np.array([pose.R for _, pose in placed]),
        p_WM=np.array([pose.p for _, pose in placed]),
        material=np.tile(material.row(), (len(placed), 1)),
    )


def camera(X_WC: Pose, size: tuple[int, int] = (64, 48), fov: float = 0.9) -> Pinhole:
    return Pinhole(X_WC=X_WC, K=Pinhole.matrix(*size, fov), width_px=size[0], height_px=size[1])


def take(renderer: Renderer, scene: Things, view: Pinhole, lighting: Lighting, fine: int = 2) -> Picture:
    return renderer.render(scene, view, renderer.illuminate(scene, lighting), fine=fine)


def plane_depth(view: Pinhole, point: np.ndarray, normal: np.ndarray) -> np.ndarray:
    """Depth of a plane at every pixel, from K alone."""
    v, u = np.mgrid[: view.height_px, : view.width_px]
    rays = np.stack((u, v, np.ones_like(u)), -1) @ np.linalg.inv(view.K).T @ view.X_WC.R.T
    return (point - view.X_WC.p) @ normal / (rays @ normal)


@pytest.mark.parametrize("fine", [1, 2, 3])
def test_depth_of_a_slanted_plane_is_exact(fine: int) -> None:
    R = exp_so3([0.3, -0.2, 0.5])
    plane = Pose(p=np.array([0.1, -0.1, 0.2]), R=R)
    view = camera(Pose(p=np.array([0, 0, 1.5]), R=rotation_x(np.pi)))
    picture = take(Renderer([rectangle_mesh(5, 5, cells=7)]), things((0, plane)), view, Lighting(), fine=fine)
    np.testing.assert_allclose(picture.depth_m, plane_depth(view, plane.p, R[:, 2]), rtol=2e-6)


def test_a_floor_that_passes_behind_the_camera_is_drawn_up_to_the_horizon() -> None:
    view = Pinhole.looking_at((0, 0, 1.0), (1.0, 0, 0.9), width_px=80, height_px=60, fov_y_rad=1.2)
    picture = take(Renderer([rectangle_mesh(1e4, 1e4)]), things((0, Pose())), view, Lighting(), fine=1)
    expected = plane_depth(view, np.zeros(3), np.array([0, 0, 1.0]))
    seen = np.isfinite(picture.depth_m)
    assert np.array_equal(seen, (expected > 0) & (expected < 1e4)) or np.mean(seen == (expected > 0)) > 0.98
    np.testing.assert_allclose(picture.depth_m[seen], expected[seen], rtol=1e-4)


def test_a_ball_appears_where_the_pinhole_says() -> None:
    rng = np.random.default_rng(3)
    view = camera(Pose(p=np.array([0.2, 0.1, -0.3]), R=exp_so3([0.1, 0.2, 0.3])), size=(320, 240))
    for _ in range(5):
        p_C = np.array([*rng.uniform(-0.25, 0.25, 2), 1.0]) * rng.uniform(1, 3)
        ball = Pose(p=view.X_WC.apply(p_C))
        picture = take(Renderer([sphere_mesh(0.02)]), things((0, ball)), view, Lighting(), fine=3)
        rows, columns = np.nonzero(picture.thing_of == 0)
        u, v, w = view.K @ p_C
        assert columns.mean() == pytest.approx(u / w, abs=0.5)
        assert rows.mean() == pytest.approx(v / w, abs=0.5)
        assert np.nanmin(picture.depth_m) == pytest.approx(p_C[2] - 0.02, abs=2e-3)


def test_the_nearer_thing_hides_the_farther_whatever_the_order() -> None:
    near, far = Pose(p=np.array([0, 0, 1.0])), Pose(p=np.array([0, 0, 2.0]))
    view = camera(Pose())
    renderer = Renderer([box_mesh(np.full(3, 0.1)), box_mesh(np.full(3, 0.9))])
    for order in (((0, near), (1, far)), ((1, far), (0, near))):
        scene = things(*order)
        picture = take(renderer, scene, view, Lighting())
        assert scene.mesh[picture.thing_of[24, 32]] == 0
        assert picture.depth_m[24, 32] == pytest.approx(0.9, abs=1e-5)


@pytest.mark.parametrize(
    ("mesh", "volume"),
    [
        (box_mesh(np.array([0.1, 0.2, 0.3])), 8 * 0.1 * 0.2 * 0.3),
        (sphere_mesh(0.3), 4 / 3 * np.pi * 0.3**3),
        (cylinder_mesh(0.2, 0.4), np.pi * 0.2**2 * 0.8),
        (capsule_mesh(0.2, 0.4), np.pi * 0.2**2 * 0.8 + 4 / 3 * np.pi * 0.2**3),
    ],
)
def test_simple_bodies_are_closed_and_face_outwards(mesh: TriangleMesh, volume: float) -> None:
    corners = mesh.vertices[mesh.faces].astype(float)
    signed = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    assert signed.sum() == pytest.approx(volume, rel=0.03)  # divergence theorem
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert np.all(np.einsum("ij,ij->i", outward, mesh.normals[mesh.normal_faces].mean(1)) >= -1e-12)


def test_an_off_centre_crop_equals_the_crop_of_the_whole() -> None:
    whole = camera(Pose(), size=(64, 48))
    K = whole.K.copy()
    K[0, 2] -= 10
    K[1, 2] -= 5
    part = Pinhole(X_WC=whole.X_WC, K=K, width_px=20, height_px=16)
    ball = things((0, Pose(p=np.array([0, 0, 1.0]))))
    renderer = Renderer([sphere_mesh(0.3)])
    expected = take(renderer, ball, whole, Lighting()).rgb[5:21, 10:30]
    np.testing.assert_array_equal(take(renderer, ball, part, Lighting()).rgb, expected)


def test_a_picture_on_a_surface_keeps_its_corners() -> None:
    flat = rectangle_mesh(0.5, 0.5)
    corners = (flat.vertices[:, :2] + 0.5).astype(np.float32)
    mesh = TriangleMesh(
        vertices=flat.vertices,
        normals=flat.normals,
        faces=flat.faces,
        normal_faces=flat.normal_faces,
        texcoords=corners,
        texcoord_faces=flat.faces,
    )
    texels = np.zeros((2, 2, 3), np.uint8)
    texels[0, 0], texels[0, 1], texels[1, 0], texels[1, 1] = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
    scene = Things(
        mesh=np.array([0], np.int32),
        R_WM=np.eye(3)[None],
        p_WM=np.zeros((1, 3)),
        material=Material(rgb=(1, 1, 1), reflectance=0.0, emission=0.5).row()[None],
        texture=np.array([[0, 2, 2]]),
        texels=texels.ravel(),
    )
    view = camera(Pose(p=np.array([0, 0, 1.5]), R=rotation_x(np.pi)))  # looking down, picture v along -y
    rgb = take(Renderer([mesh]), scene, view, Lighting(), fine=1).rgb.astype(int)
    colours = {(-0.25, -0.25): 0, (0.25, -0.25): 1, (-0.25, 0.25): 2}
    for (x, y), strongest in colours.items():
        u, v, w = view.K @ view.X_WC.inverse().apply([x, y, 0.0])
        pixel = rgb[round(v / w), round(u / w)]
        assert pixel[strongest] > 1.5 * np.delete(pixel, strongest).max()


def test_a_lamp_is_mirrored_where_the_law_of_reflection_says() -> None:
    lamp = Lamp(p_W=(2.0, 0, 3.0), half_length_m=0.1, half_width_m=0.1, radiance=50.0)
    light = Lighting(lamps=(lamp,), sky=(0, 0, 0), wall=(0, 0, 0), ground=(0, 0, 0))
    eye = np.array([-2.0, 0.0, 1.0])
    view = Pinhole.looking_at(eye, (0, 0, 0), width_px=161, height_px=121, fov_y_rad=1.3)
    mirror = Material(rgb=(0.0, 0.0, 0.0), roughness=0.0)
    rgb = take(Renderer([rectangle_mesh(5, 5)]), things((0, Pose()), material=mirror), view, light, fine=1).rgb
    virtual = np.array([2.0, 0.0, -3.0])  # the lamp below the floor
    u, v, w = view.K @ view.X_WC.inverse().apply(virtual)
    rows, columns = np.nonzero(rgb.sum(-1) > 0.5 * rgb.sum(-1).max())
    assert columns.mean() == pytest.approx(u / w, abs=1.0)
    assert rows.mean() == pytest.approx(v / w, abs=1.0)


def test_the_floor_is_darker_under_a_table() -> None:
    light = Lighting(lamps=(Lamp(p_W=(1.4, 0, 3.4), half_length_m=4, half_width_m=0.2, radiance=5),), middle_W=(0, 0))
    renderer = Renderer([rectangle_mesh(4, 4), box_mesh(np.array([0.8, 0.8, 0.02]))])
    view = Pinhole.looking_at((0, -4.0, 0.5), (0, 0, 0.1), width_px=120, height_px=90, fov_y_rad=0.8)
    empty = take(renderer, things((0, Pose())), view, light).rgb.astype(float).sum(-1)
    table = (0, Pose()), (1, Pose(p=np.array([0, 0, 0.8])))
    picture = take(renderer, things(*table), view, light)
    u, v, w = view.K @ view.X_WC.inverse().apply([0, 0, 0])
    row, column = round(v / w), round(u / w)
    assert picture.thing_of[row, column] == 0
    assert picture.rgb[row, column].sum() < 0.5 * empty[row, column]
    u, v, w = view.K @ view.X_WC.inverse().apply([0, -2.5, 0])
    assert picture.rgb[round(v / w), round(u / w)].sum() == pytest.approx(empty[round(v / w), round(u / w)], abs=6)
