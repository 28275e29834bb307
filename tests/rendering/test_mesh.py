"""Simple bodies have the area of the textbook, normals that fit their surface, and no hole."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from linewalker.rendering.mesh import (
    TriangleMesh,
    box_mesh,
    capsule_mesh,
    cylinder_mesh,
    rectangle_mesh,
    revolved_mesh,
    sphere_mesh,
)

BODIES = {
    "box": (box_mesh(np.array([0.1, 0.2, 0.3])), 8 * (0.1 * 0.2 + 0.2 * 0.3 + 0.3 * 0.1)),
    "sphere": (sphere_mesh(0.3), 4 * np.pi * 0.3**2),
    "cylinder": (cylinder_mesh(0.2, 0.4), 2 * np.pi * 0.2 * 0.8 + 2 * np.pi * 0.2**2),
    "capsule": (capsule_mesh(0.2, 0.4), 2 * np.pi * 0.2 * 0.8 + 4 * np.pi * 0.2**2),
}
bodies = pytest.mark.parametrize(("mesh", "area"), BODIES.values(), ids=BODIES.keys())


def face_vectors(mesh: TriangleMesh) -> np.ndarray:
    """Normal of each face times its area, (m, 3)."""
    a, b, c = mesh.vertices[mesh.faces].astype(float).transpose(1, 0, 2)
    return 0.5 * np.cross(b - a, c - a)


@bodies
def test_the_area_is_that_of_the_textbook(mesh: TriangleMesh, area: float) -> None:
    assert np.linalg.norm(face_vectors(mesh), axis=1).sum() == pytest.approx(area, rel=0.015)


@bodies
def test_every_edge_is_shared_by_two_faces_that_run_along_it_in_opposite_directions(
    mesh: TriangleMesh, area: float
) -> None:
    """A closed orientable surface: so every edge that is no point has its twin."""
    assert area > 0
    corner = np.round(mesh.vertices.astype(float), 5) + 0.0
    edges: Counter[tuple] = Counter()
    for face in mesh.faces:
        for start, end in zip(face, np.roll(face, -1)):
            a, b = tuple(corner[start]), tuple(corner[end])
            if a != b:
                edges[a, b] += 1
    assert all(count == edges[b, a] for (a, b), count in edges.items())


@bodies
def test_normals_have_unit_length_and_stand_on_the_faces(mesh: TriangleMesh, area: float) -> None:
    assert area > 0
    np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1.0, atol=1e-6)
    vectors = face_vectors(mesh)
    size = np.linalg.norm(vectors, axis=1)
    real = size > 1e-9  # at a pole faces are slivers
    along = np.einsum("ij,ikj->ik", vectors[real] / size[real, None], mesh.normals[mesh.normal_faces[real]])
    assert along.min() > 0.97


def test_every_point_of_a_capsule_is_a_radius_away_from_its_middle_line() -> None:
    p = capsule_mesh(0.2, 0.4).vertices.astype(float)
    beyond = np.maximum(np.abs(p[:, 2]) - 0.4, 0.0)
    np.testing.assert_allclose(np.hypot(np.hypot(p[:, 0], p[:, 1]), beyond), 0.2, atol=1e-6)


@pytest.mark.parametrize("cells", [1, 3])
def test_a_rectangle_faces_up_and_is_cut_into_equal_triangles(cells: int) -> None:
    mesh = rectangle_mesh(0.5, 0.25, cells=cells)
    assert len(mesh.faces) == 2 * cells**2
    np.testing.assert_allclose(face_vectors(mesh), np.tile([0, 0, 0.5 / len(mesh.faces)], (len(mesh.faces), 1)))
    np.testing.assert_allclose([mesh.vertices.min(0), mesh.vertices.max(0)], [(-0.5, -0.25, 0), (0.5, 0.25, 0)])


def test_a_revolved_line_follows_pappus() -> None:
    """The lateral area of a cone is pi (r1 + r2) times its slant height; it faces outward where r grows downward."""
    slant = np.hypot(0.2, 0.5)
    normal = np.array([0.5, 0.2]) / slant
    cone = revolved_mesh(np.array([0.3, 0.1]), np.array([0.0, 0.5]), np.tile(normal, (2, 1)), sectors=400)
    vectors = face_vectors(cone)
    assert np.linalg.norm(vectors, axis=1).sum() == pytest.approx(np.pi * 0.4 * slant, rel=1e-4)
    assert np.all(np.einsum("ij,ij->i", vectors, cone.normals[cone.normal_faces[:, 0]]) > 0)


def test_a_smooth_mesh_has_the_types_that_the_kernels_take() -> None:
    mesh = TriangleMesh.smooth(np.zeros((3, 3))[:, ::-1], np.ones((3, 3)), np.array([[0, 1, 2]], np.int64))
    assert mesh.vertices.dtype == mesh.normals.dtype == np.float32
    assert mesh.faces.dtype == mesh.normal_faces.dtype == np.int32
    assert mesh.vertices.flags.c_contiguous
