"""Plain meshes: moving keeps volumes, mirroring keeps the outside out, joining loses nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.geometry import exp_so3
from linewalker.rendering.mesh import box_mesh
from linewalker.vehicle.build.triangles import Triangles, faceted, grid_faces, joined

BOX = box_mesh(np.array([0.1, 0.2, 0.3]))
BLOCK = Triangles(BOX.vertices.astype(float), BOX.normals.astype(float), BOX.faces, np.zeros((24, 2)))
shifts = st.tuples(*[st.floats(-2, 2)] * 3).map(np.array)


def volume(mesh: Triangles) -> float:
    """By the divergence theorem."""
    corners = mesh.vertices[mesh.faces]
    return float(np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6)


def faces_out(mesh: Triangles) -> bool:
    a, b, c = mesh.vertices[mesh.faces].transpose(1, 0, 2)
    return bool(np.all(np.einsum("ij,ij->i", np.cross(b - a, c - a), mesh.normals[mesh.faces[:, 0]]) > 0))


@given(shifts, shifts)
def test_moved_and_turned_it_is_the_same_body(shift: np.ndarray, turn: np.ndarray) -> None:
    R = exp_so3(turn)
    for mesh in (BLOCK.moved(shift), BLOCK.turned(R, shift)):
        assert volume(mesh) == pytest.approx(8 * 0.1 * 0.2 * 0.3)
        assert faces_out(mesh)
        np.testing.assert_allclose(mesh.vertices.mean(axis=0), shift, atol=1e-6)
    np.testing.assert_allclose(BLOCK.turned(R, shift).normals, BLOCK.normals @ R.T)


def test_one_vector_per_vertex_moves_each_by_its_own() -> None:
    grown = BLOCK.moved(0.01 * np.sign(BLOCK.vertices))
    assert volume(grown) == pytest.approx(8 * 0.11 * 0.21 * 0.31)


def test_the_mirror_image_is_on_the_other_side_and_faces_out() -> None:
    there = BLOCK.moved(np.array([0.0, 1.0, 0.0]))
    image = there.mirrored()
    assert volume(image) == pytest.approx(volume(there))
    assert faces_out(image)
    np.testing.assert_array_equal(image.vertices[:, 1], -there.vertices[:, 1])
    np.testing.assert_array_equal(image.mirrored().faces, there.faces)


def test_joined_bodies_have_the_sum_of_their_volumes_and_texcoords_only_if_all_do() -> None:
    two = joined([BLOCK, BLOCK.moved(np.array([1.0, 0, 0]))])
    assert volume(two) == pytest.approx(2 * volume(BLOCK))
    assert two.texcoords is not None
    assert len(two.texcoords) == 48
    bare = Triangles(BLOCK.vertices, BLOCK.normals, BLOCK.faces)
    assert joined([BLOCK, bare]).texcoords is None
    assert joined([bare, bare]).texcoords is None


def test_triangles_of_no_area_go_and_so_do_vertices_that_nobody_uses() -> None:
    extra = np.vstack((BLOCK.faces, [[0, 0, 5], [3, 4, 3]])).astype(np.int32)
    lone = Triangles(np.vstack((BLOCK.vertices, [[9.0, 9, 9]])), np.vstack((BLOCK.normals, [[0, 0, 1.0]])), extra)
    tidy = lone.without_slivers()
    assert len(tidy.faces) == len(BLOCK.faces)
    assert len(tidy.vertices) == 24
    assert volume(tidy) == pytest.approx(volume(BLOCK))
    kept = BLOCK.without_slivers()
    np.testing.assert_array_equal(kept.vertices, BLOCK.vertices)
    assert kept.texcoords is not None


@given(st.integers(2, 6), st.integers(3, 7), st.booleans())
def test_a_grid_has_two_faces_a_cell_and_looks_at_whoever_sees_columns_run_right(
    rows: int, columns: int, closed: bool
) -> None:
    faces = grid_faces(rows, columns, closed)
    assert len(faces) == 2 * (rows - 1) * (columns if closed else columns - 1)
    edges = np.vstack([faces[:, [i, (i + 1) % 3]] for i in range(3)])
    undirected, count = np.unique(np.sort(edges, axis=1), axis=0, return_counts=True)
    assert count.max() == 2
    euler = rows * columns - len(undirected) + len(faces)
    assert euler == (0 if closed else 1)  # a band, or a disc
    if not closed:
        row, column = np.divmod(np.arange(rows * columns), columns)
        p = np.column_stack((column, row, np.zeros(rows * columns)))
        a, b, c = p[faces].transpose(1, 0, 2)
        assert np.all(np.cross(b - a, c - a)[:, 2] > 0)


def test_sharp_edges_have_the_normal_of_their_face() -> None:
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1.0]])
    mesh = faceted(corners, np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.int32))
    assert len(mesh.vertices) == 12
    assert faces_out(mesh)
    assert volume(mesh) == pytest.approx(1 / 6)
    np.testing.assert_allclose(mesh.normals[-1], np.full(3, 3**-0.5), atol=1e-9)
