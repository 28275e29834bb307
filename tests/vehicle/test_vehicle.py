"""What stands in the hall: dimensions, bodies, parts, meshes of every model."""

import numpy as np
import pytest

from linewalker.plantfile import PlantFile
from linewalker.vehicle.library import model_path

SIZES_M = {"sedan": (4.7, 1.85, 1.45), "suv": (4.7, 1.89, 1.65)}


def test_overall_dimensions(vehicle):
    assert vehicle.size_m == pytest.approx(SIZES_M[vehicle.name], abs=0.02)


def test_the_wheels_stand_on_the_floor(vehicle):
    for name in ("wheel_front_left", "wheel_rear_right"):
        lowest = min(mesh.vertices_m[:, 2].min() for mesh in vehicle.meshes if mesh.body == name)
        assert lowest + vehicle.axle_height_m == pytest.approx(0, abs=2e-3)


def test_the_origin_is_the_front_axle_centre(vehicle):
    wheels = [vehicle.bodies[f"wheel_front_{side}"].reference_m for side in ("left", "right")]
    assert np.mean(wheels, axis=0) == pytest.approx([0, 0, 0], abs=1e-3)


def test_everything_the_drawing_names_is_built(vehicle):
    file = PlantFile.read(model_path(vehicle.name))
    built = {body.removesuffix("_left").removesuffix("_right") for body in vehicle.bodies}
    assert {name for name, _ in file["panels"].items()} | {name for name, _ in file["parts"].items()} <= built
    drawn = {(entry["master"].text(), entry["slave"].text()) for entry in file["seams"].entries()}
    plain = {
        tuple(panel.removesuffix("_left").removesuffix("_right") for panel in name.split("/")) for name in vehicle.seams
    }
    assert drawn == plain


def test_parts_can_be_taken_away_one_by_one(vehicle):
    assert len(vehicle.parts) >= 20
    for name, part in vehicle.parts.items():
        assert name in vehicle.bodies
        assert part.panel == "shell" or part.panel in vehicle.rims
        assert part.normal @ part.up == pytest.approx(0, abs=1e-9)
        assert part.width_mm > 10
        assert part.height_mm > 10


@pytest.mark.parametrize(("part", "option"), [("badge_rear", "badge"), ("wheel_rear_left", "wheels")])
def test_variants_of_a_part_have_meshes_of_their_own(vehicle, part, option):
    shown = {mesh.condition for mesh in vehicle.meshes if mesh.body == part and mesh.condition}
    expected = {(option, value) for value in vehicle.parts[part].variants if value != "none"}
    assert shown == expected


def test_the_face_of_a_part_looks_outward(vehicle):
    for name, direction in (("badge_front", [-1, 0, 0]), ("plate_rear", [1, 0, 0]), ("wheel_front_left", [0, -1, 0]),
                            ("handle_rear_right", [0, 1, 0])):  # fmt: skip
        assert vehicle.parts[name].normal @ direction > 0.8, name


def test_hinged_panels_turn_about_their_front_edge_and_the_bonnet_about_its_rear(vehicle):
    for body, low, high in (("front_door_left", 0.0, 0.15), ("rear_door_right", 0.0, 0.15), ("hood", 0.9, 1.0)):
        x = np.concatenate([mesh.vertices_m[:, 0] for mesh in vehicle.meshes if mesh.body == body])
        place = (vehicle.bodies[body].reference_m[0] - x.min()) / np.ptp(x)
        assert low - 0.02 <= place <= high + 0.02, body


def test_camera_meshes_are_light_and_ray_meshes_belong_to_panels(vehicle):
    camera = sum(len(mesh.faces) for mesh in vehicle.meshes if mesh.role == "camera")
    ray = sum(len(mesh.faces) for mesh in vehicle.meshes if mesh.role == "ray")
    assert camera < 165_000
    assert ray < 650_000
    assert {mesh.body for mesh in vehicle.meshes if mesh.role == "ray"} <= {*vehicle.rims, "shell"}


def test_normals_are_unit_and_faces_wound_outwards(vehicle):
    for mesh in vehicle.meshes:
        assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(np.ones(len(mesh.normals)), abs=1e-4)
        a, b, c = (mesh.vertices_m[mesh.faces[:, i]].astype(float) for i in range(3))
        wound = (np.cross(b - a, c - a) * mesh.normals[mesh.faces].mean(1)).sum(1)
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
        assert area[wound < 0].sum() < 5e-3 * area.sum(), (mesh.body, mesh.material)


def test_left_panels_are_mirror_images(sedan):
    right, left = (
        next(m for m in sedan.meshes if (m.body, m.role, m.material) == (f"front_door_{side}", "ray", "paint"))
        for side in ("right", "left")
    )
    assert left.vertices_m == pytest.approx(right.vertices_m * [1, -1, 1])
