"""What the components of a car promise holds for every car: frames, lengths, names."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.vehicle import Vehicle, load_vehicle, model_names
from linewalker.vehicle.components import MISSING, Array, Options
from tests.vehicle.box_car import box_car


@pytest.fixture(scope="module", params=["box", *model_names()])
def car(request: pytest.FixtureRequest) -> Vehicle:
    return box_car() if request.param == "box" else load_vehicle(request.param)


def is_frame(x: Array, y: Array, z: Array) -> bool:
    """Whether rows are right-handed unit frames."""
    R = np.stack([x, y, z], axis=2)
    return bool(np.allclose(np.swapaxes(R, 1, 2) @ R, np.eye(3), atol=1e-6) and (np.linalg.det(R) > 0.0).all())


def test_a_rim_has_a_frame_at_every_foot(car: Vehicle) -> None:
    for body, rims in car.rims.items():
        for rim in rims:
            assert rim.body == body
            assert rim.radius_m > 0.0
            assert len({len(rim.foot_m), len(rim.normal), len(rim.binormal), len(rim.tangent)}) == 1
            assert is_frame(rim.binormal, rim.normal, rim.tangent), body  # binormal = normal x tangent


def test_a_seam_has_a_frame_and_numbers_at_every_point(car: Vehicle) -> None:
    for name, seam in car.seams.items():
        assert name == seam.name == f"{seam.master}/{seam.slave}"
        assert {seam.master, seam.slave} <= set(car.rims)
        along = ("point_m", "normal", "across", "along", "gap_mm", "flush_mm", "clear")
        curvatures = ("curvature_master_per_m", "curvature_slave_per_m")
        arrays = [getattr(seam, field) for field in (*along, *curvatures)]
        assert {len(array) for array in arrays} == {len(seam.point_m)}
        assert all(np.isfinite(array).all() for array in arrays)
        assert is_frame(seam.normal, seam.across, seam.along), name
        steps_m = np.linalg.norm(np.diff(seam.point_m, axis=0), axis=1)
        assert np.median(steps_m) == pytest.approx(0.010, rel=0.2)
        assert (seam.gap_mm > 0.0).all()


def test_a_part_hangs_on_a_panel_and_has_a_body_of_its_name(car: Vehicle) -> None:
    for name, part in car.parts.items():
        assert name == part.name
        assert name in car.bodies
        assert np.array([part.normal @ part.normal, part.up @ part.up, part.normal @ part.up]) == pytest.approx(
            [1.0, 1.0, 0.0], abs=1e-6
        )
        assert MISSING not in part.variants
        if part.option is None:
            assert part.variants == ("present",)
        else:
            assert set(part.variants) <= set(car.options.values[part.option])


def test_every_mesh_belongs_to_a_body_and_is_whole(car: Vehicle) -> None:
    for mesh in car.meshes:
        assert mesh.body in car.bodies
        assert mesh.material in car.materials
        assert mesh.faces.min() >= 0
        assert mesh.faces.max() < len(mesh.vertices_m) == len(mesh.normals)
        assert mesh.texcoords is None or len(mesh.texcoords) == len(mesh.vertices_m)
        if mesh.condition is not None:
            option, value = mesh.condition
            assert value in car.options.values[option]


def test_the_first_value_of_an_option_is_what_a_car_comes_with(car: Vehicle) -> None:
    defaults = car.options.defaults()
    assert {name: values[0] for name, values in car.options.values.items()} == defaults
    assert set(car.options.paints) == set(car.options.values["paint"])


def test_a_car_without_options_comes_as_it_is() -> None:
    assert Options(values={}).defaults() == {}
