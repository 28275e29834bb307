"""Triangles are kept by body, material, role and variant, and nothing is lost."""

import numpy as np

from linewalker.rendering.mesh import box_mesh
from linewalker.vehicle.build.collected_meshes import CollectedMeshes
from linewalker.vehicle.build.triangles import Triangles

BOX = box_mesh(np.array([0.1, 0.2, 0.3]))


def block(x: float) -> Triangles:
    return Triangles(BOX.vertices + [x, 0.0, 0.0], BOX.normals.astype(float), BOX.faces)


def collected() -> CollectedMeshes:
    meshes = CollectedMeshes()
    meshes.put("door", "paint", block(0.0))
    meshes.put("door", "paint", block(1.0))
    meshes.put("door", "chrome", block(2.0), condition=("trim", "chrome"))
    meshes.put("door", "black", block(2.0), condition=("trim", "black"))
    meshes.put("door", "paint", block(3.0), role="ray")
    meshes.put("badge", "chrome", block(4.0))
    return meshes


def test_there_is_one_record_for_each_body_material_role_and_variant() -> None:
    records = collected().meshes()
    keys = [(mesh.body, mesh.material, mesh.role, mesh.condition) for mesh in records]
    assert keys == [
        ("door", "paint", "camera", None),
        ("door", "chrome", "camera", ("trim", "chrome")),
        ("door", "black", "camera", ("trim", "black")),
        ("door", "paint", "ray", None),
        ("badge", "chrome", "camera", None),
    ]
    assert [len(mesh.faces) for mesh in records] == [24, 12, 12, 12, 12]
    np.testing.assert_allclose(records[0].vertices_m[:, 0].max(), 1.1, atol=1e-6)


def test_records_have_the_types_that_are_stored() -> None:
    for mesh in collected().meshes():
        assert mesh.vertices_m.dtype == mesh.normals.dtype == np.float32
        assert mesh.faces.dtype == np.int32
        assert mesh.faces.max() < len(mesh.vertices_m)
        assert mesh.texcoords is None


def test_vertices_of_a_body_are_those_that_cameras_see_in_all_its_variants() -> None:
    meshes = collected()
    assert len(meshes.vertices("door")) == 4 * 24
    assert meshes.vertices("door")[:, 0].max() < 2.2  # what only lasers see, at 3 m, is not among them
    assert meshes.bodies() == ("door", "badge")
