"""Meshes: closed, oriented, and with the mass properties that solids of known shape have."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.geometry import exp_so3
from linewalker.limbs.designs.cover import disc, ring, rod
from linewalker.limbs.designs.mesh import Mesh, join, mass_properties, read_obj, solid_of_revolution, write_obj

BOX = Mesh(
    vertices=np.array([[x, y, z] for x in (0.0, 1.0) for y in (0.0, 2.0) for z in (0.0, 3.0)]),
    faces=np.array(
        [
            *((0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1)),
            *((2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3)),
        ]
    ),
)


def is_closed(mesh: Mesh) -> bool:
    """Whether every edge is walked once in each direction."""
    edges = np.vstack([mesh.faces[:, [i, (i + 1) % 3]] for i in range(3)])
    forth = {tuple(edge) for edge in edges.tolist()}
    return len(forth) == len(edges) and all((b, a) in forth for a, b in forth)


def volume_m3(mesh: Mesh) -> float:
    """Signed volume."""
    corners = mesh.vertices[mesh.faces]
    return float(np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6)


def test_a_box_has_the_moments_of_the_textbook() -> None:
    found = mass_properties(BOX, 12.0)
    np.testing.assert_allclose(found.centre_m, [0.5, 1.0, 1.5])
    np.testing.assert_allclose(found.inertia_kg_m2, np.diag([4.0 + 9.0, 1.0 + 9.0, 1.0 + 4.0]), atol=1e-12)


def test_a_cylinder_comes_close_to_its_formula() -> None:
    found = mass_properties(disc(0.2, 0.5, bevel=1e-6, axis="z", segments=200), 3.0)
    np.testing.assert_allclose(np.diag(found.inertia_kg_m2), [0.28, 0.28, 0.06], rtol=1e-3)


@given(
    st.tuples(*3 * [st.floats(-3.0, 3.0)]),
    st.tuples(*3 * [st.floats(-2.0, 2.0)]),
)
def test_mass_properties_move_with_the_body(rotvec: tuple[float, ...], shift: tuple[float, ...]) -> None:
    R = exp_so3(rotvec)
    still, moved = mass_properties(BOX, 5.0), mass_properties(BOX.turned(R).moved(*shift), 5.0)
    np.testing.assert_allclose(moved.centre_m, R @ still.centre_m + shift, atol=1e-9)
    np.testing.assert_allclose(moved.inertia_kg_m2, R @ still.inertia_kg_m2 @ R.T, atol=1e-8)


def test_mirroring_twice_changes_nothing_and_keeps_the_outside_out() -> None:
    assert volume_m3(BOX.mirrored()) == pytest.approx(6.0)
    np.testing.assert_array_equal(BOX.mirrored().mirrored().vertices, BOX.vertices)


@pytest.mark.parametrize(
    "mesh",
    [disc(0.05, 0.01), ring(0.03, 0.002), rod((0, 0, 0), (0.02, 0.01, -0.05), 0.01, 0.008), join([BOX, BOX])],
    ids=["disc", "ring", "rod", "pair"],
)
def test_machine_parts_are_closed_and_look_outwards(mesh: Mesh) -> None:
    if len(mesh.faces) != 2 * len(BOX.faces):
        assert is_closed(mesh)
    assert volume_m3(mesh) > 0


def test_pappus_gives_the_volume_of_a_ring() -> None:
    mesh = ring(1.0, 0.1, segments=300)
    hexagon = 1.5 * np.sqrt(3) * 0.1**2
    assert volume_m3(mesh) == pytest.approx(hexagon * 2 * np.pi, rel=1e-3)


def test_a_cone_has_a_third_of_the_cylinder() -> None:
    cone = solid_of_revolution([(1.0, 0.0), (0.0, 3.0)], segments=400)
    assert volume_m3(cone) == pytest.approx(np.pi, rel=1e-3)


def test_a_file_brings_the_mesh_back(tmp_path: Path) -> None:
    mesh = rod((0, 0, 0), (0.02, 0.01, -0.05), 0.01, 0.008)
    write_obj(mesh, tmp_path / "rod.obj")
    back = read_obj(tmp_path / "rod.obj")
    assert volume_m3(back) == pytest.approx(volume_m3(mesh), rel=1e-3)
    np.testing.assert_allclose(back.vertices.max(axis=0), mesh.vertices.max(axis=0), atol=1e-5)
