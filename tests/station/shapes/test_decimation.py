"""Decimation: fewer triangles, no vertex far from where it was, edges as sharp as before."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from linewalker.rendering.mesh import box_mesh, capsule_mesh, sphere_mesh
from linewalker.station.shapes.decimation import decimated, indexed


@given(cell=st.floats(0.002, 0.03), radius=st.floats(0.03, 0.3))
def test_no_vertex_moves_further_than_a_cube_is_wide(cell: float, radius: float) -> None:
    mesh = capsule_mesh(radius, 0.1)
    vertices, normals, faces = decimated(mesh, cell)
    assert len(faces) <= len(mesh.faces)
    assert faces.max(initial=-1) < len(vertices) == len(normals)
    if len(vertices):
        away, _ = cKDTree(mesh.vertices).query(vertices)
        assert away.max() <= np.sqrt(3.0) * cell + 1e-6


def test_small_cubes_change_nothing() -> None:
    mesh = sphere_mesh(0.2)
    vertices, _, faces = decimated(mesh, 1e-5)
    whole, _, _ = indexed(mesh)
    assert np.ptp(vertices, axis=0).round(4).tolist() == np.ptp(whole, axis=0).round(4).tolist()
    assert len(faces) > 0.8 * len(mesh.faces)  # those at the poles are thin from the beginning


def test_the_edges_of_a_box_stay_sharp() -> None:
    vertices, normals, faces = decimated(box_mesh(np.array([0.1, 0.2, 0.3])), 0.004)
    assert (len(faces), len(vertices)) == (12, 24)
    assert np.abs(normals).max(axis=1).tolist() == [1.0] * 24


def test_triangles_keep_their_outside() -> None:
    vertices, normals, faces = decimated(sphere_mesh(0.2), 0.02)
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    assert (np.einsum("ij,ij->i", np.cross(b - a, c - a), normals[faces[:, 0]]) > 0.0).mean() > 0.95
