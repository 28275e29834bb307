"""The rasteriser equals rays that are shot through every pixel (Moeller and Trumbore 1997)."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.geometry import exp_so3
from linewalker.rendering.mesh import TriangleMesh, box_mesh, capsule_mesh, rectangle_mesh
from linewalker.rendering.raster_kernel import Visible, draw_mesh

WIDTH, HEIGHT, NEAR_M = 48, 36, 0.05
LENS = np.array([40.0, 42.0, 23.0, 18.5])


def empty() -> Visible:
    size = (HEIGHT, WIDTH)
    return Visible(np.zeros(size, np.float32), np.full(size, -1, np.int32), np.full(size, -1, np.int32))


def draw(visible: Visible, mesh: TriangleMesh, R: np.ndarray, p: np.ndarray, item: int = 0) -> Visible:
    draw_mesh(mesh.vertices, mesh.faces, np.ascontiguousarray(R), np.asarray(p, float), LENS, NEAR_M, item, visible)
    return visible


def shot(mesh: TriangleMesh, R: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Inverse depth and face that the ray of every pixel meets first from outside, by the textbook."""
    corners = mesh.vertices.astype(float) @ R.T + p
    v, u = np.mgrid[:HEIGHT, :WIDTH]
    rays = np.stack(((u - LENS[2]) / LENS[0], (v - LENS[3]) / LENS[1], np.ones_like(u)), -1).reshape(-1, 3)
    best, face_of = np.zeros(len(rays)), np.full(len(rays), -1)
    for number, (a, b, c) in enumerate(corners[mesh.faces]):
        e1, e2 = b - a, c - a
        h = np.cross(rays, e2)
        det = h @ e1
        with np.errstate(divide="ignore", invalid="ignore"):
            s = h @ -a / det
            q = np.cross(-a, e1)
            t = rays @ q / det
            z = e2 @ q / det
        hit = (det > 1e-15) & (s >= 0) & (t >= 0) & (s + t <= 1) & (z >= NEAR_M)  # det > 0: it sees the front
        nearer = hit & (np.where(hit, 1 / np.where(hit, z, 1.0), 0.0) > best)
        best[nearer], face_of[nearer] = 1 / z[nearer], number
    return best.reshape(HEIGHT, WIDTH), face_of.reshape(HEIGHT, WIDTH)


SHAPES = {"box": box_mesh(np.array([0.3, 0.2, 0.4])), "capsule": capsule_mesh(0.2, 0.3), "sheet": rectangle_mesh(2, 2)}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", SHAPES)
def test_every_pixel_sees_what_its_ray_meets(shape: str, seed: int) -> None:
    """Also where a corner is behind the camera: the sheet is so wide that it always is."""
    rng = np.random.default_rng(seed)
    R, p = exp_so3(rng.normal(size=3)), np.array([*rng.uniform(-0.3, 0.3, 2), rng.uniform(0.5, 1.2)])
    if shape == "sheet":  # turned, so that the camera sees its front
        R = exp_so3([np.pi + rng.uniform(-1, 1), 0, 0]) @ exp_so3([0, 0, rng.uniform(-1, 1)])
    mesh = SHAPES[shape]
    visible, (inverse, face) = draw(empty(), mesh, R, p), shot(mesh, R, p)
    differ = visible.face_of != face
    assert (face >= 0).sum() > 40
    assert differ.sum() <= 0.01 * differ.size  # pixels whose ray runs along an edge
    same = ~differ
    np.testing.assert_allclose(visible.inverse_depth[same], inverse[same], rtol=2e-5, atol=1e-6)
    np.testing.assert_array_equal(visible.item_of[same], np.where(face[same] >= 0, 0, -1))


def test_a_triangle_seen_from_behind_is_not_drawn() -> None:
    sheet = rectangle_mesh(0.3, 0.3)
    front, back = exp_so3([np.pi, 0, 0]), np.eye(3)
    assert np.any(draw(empty(), sheet, front, [0, 0, 1.0]).item_of == 0)
    assert np.all(draw(empty(), sheet, back, [0, 0, 1.0]).item_of == -1)


def test_two_triangles_share_an_edge_without_a_gap() -> None:
    """A convex polygon that is cut in triangles covers every pixel inside it, whatever the cut."""
    rng = np.random.default_rng(5)
    for _ in range(10):
        angle = rng.uniform(0, 2 * np.pi)
        R = exp_so3([np.pi, 0, 0]) @ exp_so3([0, 0, angle])
        covered = draw(empty(), rectangle_mesh(0.3, 0.2, cells=6), R, [0, 0, 1.0]).item_of == 0
        for row in covered:
            columns = np.flatnonzero(row)
            assert len(columns) == 0 or len(columns) == columns[-1] - columns[0] + 1


@pytest.mark.parametrize("near_first", [True, False])
def test_the_nearer_of_two_things_stays_whatever_the_order(near_first: bool) -> None:
    box, R = SHAPES["box"], np.eye(3)
    places = [(0, [0, 0, 1.0]), (1, [0.7, 0, 2.0])]
    visible = empty()
    for item, p in places if near_first else places[::-1]:
        draw(visible, box, R, p, item)
    alone = draw(empty(), box, R, [0, 0, 1.0]).item_of == 0
    assert np.all(visible.item_of[alone] == 0)
    assert np.any(visible.item_of == 1)


def test_what_is_nearer_than_the_near_plane_is_not_drawn() -> None:
    sheet, R = rectangle_mesh(1, 1), exp_so3([np.pi, 0, 0])
    assert np.all(draw(empty(), sheet, R, [0, 0, 0.9 * NEAR_M]).item_of == -1)
    assert np.all(draw(empty(), sheet, R, [0, 0, 1.1 * NEAR_M]).item_of == 0)
    assert np.all(draw(empty(), sheet, R, [0, 0, -1.0]).item_of == -1)
