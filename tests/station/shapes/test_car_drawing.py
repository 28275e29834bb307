"""A drawing shows a car from its sides, in its proportions, whatever is in front in front."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.station.shapes.car_drawing import SIDES, View, _view, car_drawing
from linewalker.vehicle.components import PanelMesh
from linewalker.vehicle.library import load_vehicle, model_names


def plate(y_m: float, material: str, half_m: float, facing: float = -1.0) -> PanelMesh:
    corners = np.array([(-half_m, y_m, -half_m), (half_m, y_m, -half_m), (half_m, y_m, half_m), (-half_m, y_m, half_m)])
    faces = np.array([(0, 1, 2), (0, 2, 3)] if facing < 0 else [(2, 1, 0), (3, 2, 0)], np.int32)
    normals = np.tile((0.0, facing, 0.0), (4, 1))
    return PanelMesh(
        body=material, material=material, role="camera", condition=None, vertices_m=corners.astype(np.float32),
        normals=normals.astype(np.float32), faces=faces,
    )  # fmt: skip


RIGHT, INTO = np.array((1.0, 0.0, 0.0)), np.array((0.0, 1.0, 0.0))


def corners_of(path: str) -> np.ndarray:
    return np.array([(float(x), float(y)) for x, y in re.findall(r"(-?\d+) (-?\d+)", path)])


def test_what_is_nearer_hides_what_is_behind_it() -> None:
    meshes = [plate(0.5, "behind", 0.3), plate(-0.5, "near", 0.6), plate(-0.9, "turned away", 0.6, facing=1.0)]
    areas = dict(_view(meshes, RIGHT, INTO)["areas"])
    assert set(areas) == {"", "near"}
    assert np.abs(np.abs(corners_of(areas["near"])) - 600.0).max() <= 7.0, "mm, a pixel"


def test_what_is_seen_through_nothing_is_a_hole_in_nothing() -> None:
    areas = dict(_view([plate(0.5, "large", 0.6), plate(-0.5, "small", 0.3)], RIGHT, INTO)["areas"])
    assert areas["large"].count("M") == 2, "its outline, and the one of what is before it"
    assert areas[""].count("M") == 1


@given(st.lists(st.floats(-5000, 5000), min_size=3, max_size=3))
def test_up_is_up_and_views_are_true_to_scale(p: list[float]) -> None:
    view = View(right=RIGHT, into=INTO, box_mm=(0.0, 0.0, 1.0, 1.0), areas=())
    assert np.allclose(view.on_paper(np.array(p)), (p[0], -p[2]))
    assert view.shows(np.array((0.0, -1.0, 0.0)))
    assert not view.shows(np.array((0.0, 0.0, 1.0)))


@pytest.mark.parametrize("model", model_names())
def test_a_model_is_as_long_and_as_high_as_it_is(model: str) -> None:
    drawing, vehicle = car_drawing(model), load_vehicle(model)
    assert tuple(drawing.views) == SIDES
    points = 1e3 * np.concatenate([mesh.vertices_m for mesh in vehicle.meshes if mesh.role == "camera"])
    extent = np.ptp(points, axis=0)
    for side, axes in {"left": (0, 2), "right": (0, 2), "top": (0, 1), "front": (1, 2), "rear": (1, 2)}.items():
        assert np.abs(np.array(drawing.views[side].box_mm[2:]) - extent[list(axes)]).max() < 60.0, side
    assert sum(len(path) for view in drawing.views.values() for _, path in view.areas) < 200_000
    assert {name for view in drawing.views.values() for name, _ in view.areas} - {""} <= set(drawing.colours)
