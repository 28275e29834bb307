"""A car on stage: what is shown depends on what is shown now, never on the cars before."""

from __future__ import annotations

import itertools

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, rotation_z
from linewalker.physics.geom_groups import GeomGroup
from linewalker.vehicle import VehicleInScene, add_vehicle
from linewalker.vehicle.components import MISSING
from linewalker.vehicle.label import label_image
from linewalker.world.deviations import CarDeviations, Displacement
from linewalker.world.stage import StagedVehicle
from tests.vehicle.box_car import box_car

BITS = (2, 1)
AS_DRAWN = CarDeviations()
SHOWN = {
    "silver": (Pose(p=np.array([0.0, 0.0, 0.3])), {"paint": "silver", "badge": "rs"}, AS_DRAWN, True),
    "blue, no badge": (Pose(p=np.array([0.1, 0.0, 0.3])), {"paint": "blue", "badge": "none"}, AS_DRAWN, True),
    "askew": (
        Pose(p=np.array([0.0, 0.2, 0.3]), R=rotation_z(0.02)),
        {"paint": "silver", "badge": "gt"},
        CarDeviations(panels={"rear_plate": Displacement(dx_mm=3.0, rz_deg=1.0)}),
        True,
    ),
    "no cap, wrong badge": (
        Pose(p=np.array([0.0, 0.0, 0.3])),
        {"paint": "blue", "badge": "rs"},
        CarDeviations(parts={"cap": MISSING, "badge": "gt"}),
        True,
    ),
    "rolling in": (Pose(p=np.array([3.0, 0.0, 0.3])), {"paint": "blue", "badge": "gt"}, AS_DRAWN, False),
}
Staged = tuple[mujoco.MjModel, VehicleInScene, StagedVehicle]


@pytest.fixture(scope="module")
def staged() -> Staged:
    spec, vehicle = mujoco.MjSpec(), box_car()
    names = add_vehicle(spec, vehicle, "car", contype=BITS[0], conaffinity=BITS[1])
    spec.compiler.fusestatic = False
    model = spec.compile()
    return model, names, StagedVehicle(model, vehicle, names)


def show(staged: Staged, car: str) -> None:
    X_WV, options, deviations, solid = SHOWN[car]
    staged[2].show(X_WV, options, deviations, f"VIN of {car}"[:17], solid=solid)


def state(staged: Staged) -> dict[str, np.ndarray]:
    """All that an edit may change in the model."""
    model = staged[0]
    names = ("body_pos", "body_quat", "geom_group", "geom_contype", "geom_conaffinity", "mat_rgba", "tex_data")
    return {name: getattr(model, name).copy() for name in names}


def there(staged: Staged, body: str) -> set[str]:
    """Geoms of a body that are there."""
    model, names, _ = staged
    return {geom for geom in names.geoms[body] if model.geom(geom).group[0] != GeomGroup.HIDDEN}


@pytest.mark.parametrize(("before", "car"), [*itertools.permutations(SHOWN, 2)])
def test_a_car_is_shown_the_same_whatever_was_there_before(staged: Staged, before: str, car: str) -> None:
    staged[2].remove()
    show(staged, car)
    wanted = state(staged)
    show(staged, before)
    staged[2].roll(Pose(p=np.array([1.0, 0.0, 0.3])), 2.0)
    show(staged, car)
    for name, value in state(staged).items():
        assert np.array_equal(value, wanted[name]), name


@pytest.mark.parametrize("car", SHOWN)
def test_nothing_of_a_car_that_is_away_is_seen_or_touched(staged: Staged, car: str) -> None:
    model, names, stage = staged
    show(staged, car)
    stage.remove()
    geoms = [geom for body in names.geoms.values() for geom in body] + list(names.colliders)
    for geom in geoms:
        assert model.geom(geom).group[0] == GeomGroup.HIDDEN
        assert (model.geom(geom).contype[0], model.geom(geom).conaffinity[0]) == (0, 0)
    assert model.body(names.body).pos[2] < -10.0


@pytest.mark.parametrize("car", SHOWN)
def test_only_a_solid_car_is_touched_and_only_at_its_hull(staged: Staged, car: str) -> None:
    model, names, _ = staged
    show(staged, car)
    touched = {model.geom(i).name for i in range(model.ngeom) if model.geom_contype[i] or model.geom_conaffinity[i]}
    assert touched == (set(names.colliders) if SHOWN[car][3] else set())
    for name in touched:
        assert (model.geom(name).contype[0], model.geom(name).conaffinity[0]) == BITS


def test_the_variant_that_is_mounted_is_there_and_no_other(staged: Staged) -> None:
    conditions = staged[1].conditions
    for car, mounted in {"silver": "rs", "blue, no badge": None, "askew": "gt", "no cap, wrong badge": "gt"}.items():
        show(staged, car)
        assert {conditions[geom][1] for geom in there(staged, "badge")} == ({mounted} if mounted else set())
        assert bool(there(staged, "cap")) == (car != "no cap, wrong badge")
        assert there(staged, "front_plate") == set(staged[1].geoms["front_plate"])


def test_paint_and_number_are_those_of_the_order(staged: Staged) -> None:
    model, names, stage = staged
    for car in ("silver", "blue, no badge"):
        show(staged, car)
        paint = SHOWN[car][1]["paint"]
        assert model.material(names.paint).rgba == pytest.approx(stage.vehicle.options.paints[paint])
    if names.label is not None:
        start = int(model.tex_adr[model.texture(names.label).id])
        picture = label_image("VIN of blue, no badge"[:17])
        assert np.array_equal(model.tex_data[start : start + picture.size], picture.ravel())


def test_a_panel_that_is_off_is_off_about_its_own_point(staged: Staged) -> None:
    model, names, stage = staged
    data = mujoco.MjData(model)
    show(staged, "askew")
    mujoco.mj_kinematics(model, data)
    X_WV, _, deviations, _ = SHOWN["askew"]
    for body, record in stage.vehicle.bodies.items():
        moved = deviations.panels.get(body, Displacement()).pose_about(record.reference_m)
        X_WB = X_WV @ moved
        shown = data.body(names.bodies[body])
        assert shown.xmat.reshape(3, 3) == pytest.approx(X_WB.R, abs=1e-6), body
        assert shown.xpos == pytest.approx(X_WB.apply(record.reference_m), abs=1e-6), body
