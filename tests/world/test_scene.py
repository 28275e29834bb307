"""The scene: what is put in place is seen, hit and touched there, and what is taken away is not."""

from __future__ import annotations

from collections.abc import Iterator

import mujoco
import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.physics.geom_groups import GeomGroup, group_mask
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole
from linewalker.vehicle.components import MISSING
from linewalker.world.deviations import CarDeviations, Displacement, Parking
from linewalker.world.scene import Scene, build_scene
from linewalker.world.truth import true_gap_flush
from tests.vehicle.box_car import box_car
from tests.world.test_deviations import Car

SILVER = Car()
AXLE_M = 0.3


@pytest.fixture(scope="module")
def built() -> Scene:
    return build_scene(load_profile("g1"), [box_car(), box_car("long", length_m=2.0)])


@pytest.fixture
def scene(built: Scene) -> Iterator[Scene]:
    yield built
    mujoco.mj_resetData(built.model, built.data)
    built.clear()


def ray(scene: Scene, start: tuple, direction: tuple, *groups: GeomGroup) -> float:
    """Distance to the first geom of some groups, m; -1 if there is none."""
    geom = np.zeros(1, np.int32)
    start_W, direction_W = np.reshape(np.array(start, float), (3, 1)), np.reshape(np.array(direction, float), (3, 1))
    mask = group_mask(*groups)
    return float(mujoco.mj_ray(scene.model, scene.data, start_W, direction_W, mask, True, -1, geom))


def to_skin(scene: Scene, x_m: float, z_m: float = 0.3, group: GeomGroup = GeomGroup.RAY) -> float:
    """Distance from 2 m to the right of the station's middle to the car's right side, m."""
    return ray(scene, (x_m, 2.0, AXLE_M + z_m), (0, -1, 0), group)


@pytest.mark.parametrize("group", [GeomGroup.RAY, GeomGroup.VISUAL])
def test_a_car_is_there_after_place_and_gone_after_clear(scene: Scene, group: GeomGroup) -> None:
    assert to_skin(scene, 0.25, group=group) == -1
    scene.place(SILVER)
    assert to_skin(scene, 0.25, group=group) == pytest.approx(1.1, abs=1e-6)
    scene.clear()
    assert to_skin(scene, 0.25, group=group) == -1


def test_a_car_stands_where_it_is_parked(scene: Scene) -> None:
    scene.place(SILVER, CarDeviations(parked=Parking(x_mm=15, y_mm=-8, yaw_deg=0.4)))
    np.testing.assert_allclose(scene.X_WV.p, [0.015, -0.008, AXLE_M])
    point_W = scene.X_WV.apply([0.25, 0.9, 0.3])
    normal_W = scene.X_WV.R @ [0, 1, 0]
    distance = ray(scene, tuple(point_W + 0.15 * normal_W), tuple(-normal_W), GeomGroup.RAY)
    assert distance == pytest.approx(0.15, abs=1e-6)


def test_a_panel_is_displaced_by_exactly_as_much_and_comes_back_for_the_next_car(scene: Scene) -> None:
    scene.place(SILVER, CarDeviations(panels={"rear_plate": Displacement(dy_mm=1.25)}))
    assert to_skin(scene, 0.75) == pytest.approx(1.1 - 1.25e-3, abs=1e-7)
    assert to_skin(scene, 0.25) == pytest.approx(1.1, abs=1e-6)
    scene.place(SILVER)
    assert to_skin(scene, 0.75) == pytest.approx(1.1, abs=1e-6)


def test_a_panel_turns_about_its_reference_point(scene: Scene) -> None:
    turn = Displacement(rz_deg=0.5)  # about (1.0, 0.9, 0.3): the free edge swings inwards
    scene.place(SILVER, CarDeviations(panels={"rear_plate": turn}))
    x = 0.52
    expected = scene.vehicles["box"].bodies["rear_plate"].reference_m
    point = turn.pose_about(expected).apply([x, 0.9, 0.3])
    assert to_skin(scene, float(point[0])) == pytest.approx(2.0 - point[1], abs=1e-6)


def test_the_true_gap_is_the_gap_that_rays_measure(scene: Scene) -> None:
    shift = Displacement(dx_mm=0.8, dy_mm=-0.5)
    scene.place(SILVER, CarDeviations(panels={"rear_plate": shift}))
    middle = (0.502, 0.89, AXLE_M + 0.3)
    widths = [ray(scene, middle, (sign, 0, 0), GeomGroup.RAY) for sign in (-1, 1)]
    gap, flush = true_gap_flush(scene.vehicles["box"], "front_plate/rear_plate", (502, 900, 300), {"rear_plate": shift})
    assert 1e3 * sum(widths) == pytest.approx(gap, abs=1e-3)
    assert 1e3 * (to_skin(scene, 0.3) - to_skin(scene, 0.7)) == pytest.approx(flush, abs=1e-3)


def badge_colour(scene: Scene) -> np.ndarray:
    """Mean colour where the badge is, (3,)."""
    view = Pinhole.looking_at((0.75, 2.0, 0.72), (0.75, 0.9, 0.72), width_px=64, height_px=48, fov_y_rad=0.3)
    picture = ModelView(scene.model, (GeomGroup.HALL, GeomGroup.VISUAL)).take(scene.data, view)
    return picture.rgb[22:26, 30:34].reshape(-1, 3).mean(0)


def test_variants_missing_parts_and_paint_show_in_pictures_and_rays(scene: Scene) -> None:
    def place(deviations: CarDeviations | None = None, **options: str) -> np.ndarray:
        scene.place(Car(options={"paint": "silver", "badge": "rs"} | options), deviations)
        return badge_colour(scene)

    red, white, silver = place(), place(badge="gt"), place(badge="none")
    assert red[0] > 2 * red[1]
    assert white.min() > silver.max() + 20
    wrong = place(CarDeviations(parts={"badge": "gt"}))
    np.testing.assert_allclose(wrong, white, atol=2)
    missing = place(CarDeviations(parts={"badge": MISSING, "cap": MISSING}))
    np.testing.assert_allclose(missing, silver, atol=2)
    assert to_skin(scene, 0.75, 0.15, GeomGroup.VISUAL) == pytest.approx(1.1, abs=1e-6)
    blue = place(badge="none", paint="blue")
    assert blue[2] > blue[0] + 40
    place()
    assert to_skin(scene, 0.75, 0.15, GeomGroup.VISUAL) == pytest.approx(1.09, abs=1e-6)


def test_what_an_order_does_not_name_is_what_the_model_comes_with(scene: Scene) -> None:
    """Plain `read_shift` does not know the models, and so no defaults."""
    scene.place(Car(options={"badge": "rs"}))
    named = badge_colour(scene)
    scene.place(Car(options={"paint": "silver", "badge": "rs"}))
    np.testing.assert_array_equal(badge_colour(scene), named)
    scene.roll_in(Car(options={}), CarDeviations(), 3.0)
    assert scene.in_place is not None


def test_an_order_of_what_there_is_not_is_answered_with_what_there_is(scene: Scene) -> None:
    scene.place(SILVER)
    with pytest.raises(InputError, match="without the model 'boxx'; did you mean 'box'"):
        scene.place(Car(model="boxx"))
    with pytest.raises(InputError, match="the model box has no option 'trim'; Allowed: badge, paint"):
        scene.place(Car(options={"trim": "black"}))
    assert scene.in_place is SILVER


def test_a_station_without_cars_is_a_scene() -> None:
    empty = build_scene(load_profile("g1"), [])
    assert empty.car_geoms == []
    with pytest.raises(InputError, match="without the model 'box'; none exist here"):
        empty.place(SILVER)


def test_only_one_model_is_in_place(scene: Scene) -> None:
    scene.place(Car(model="long"))
    assert to_skin(scene, 1.5) == pytest.approx(1.1, abs=1e-6)
    scene.place(SILVER)
    assert to_skin(scene, 1.5) == -1


def test_the_robot_touches_the_car_that_is_in_place_and_no_other(scene: Scene) -> None:
    robot = SimulatedRobot(scene.model, scene.data, load_profile("g1"))
    robot.watch(scene.car_geoms)

    def touched_at(y_m: float) -> bool:
        robot.place(0.5, y_m, -np.pi / 2)
        return robot.sense().touched

    assert not touched_at(0.95)
    scene.place(SILVER)
    assert touched_at(0.95)
    assert not touched_at(1.8)
    scene.clear()
    assert not touched_at(0.95)


def test_a_car_that_rolls_in_is_seen_but_not_touched_and_ends_in_its_place(scene: Scene) -> None:
    deviations = CarDeviations(parked=Parking(x_mm=10), panels={"rear_plate": Displacement(dy_mm=1)})
    scene.roll_in(SILVER, deviations, 3.0)
    assert to_skin(scene, 0.25, group=GeomGroup.VISUAL) == -1
    assert to_skin(scene, 3.26) == pytest.approx(1.1, abs=1e-6)
    assert not scene.model.geom_contype[scene.car_geoms].any()
    scene.place(SILVER, deviations)
    assert to_skin(scene, 0.76) == pytest.approx(1.099, abs=1e-6)
    assert scene.model.geom_contype[scene.car_geoms].any()


def test_poses_given_and_poses_shown_agree_for_every_body(scene: Scene) -> None:
    scene.place(SILVER, CarDeviations(parked=Parking(x_mm=-20, y_mm=20, yaw_deg=-0.5)))
    for name, body in scene.vehicles["box"].bodies.items():
        shown = scene.data.body(f"vehicle/box/{name}")
        np.testing.assert_allclose(shown.xpos, scene.X_WV.apply(body.reference_m), atol=1e-12)
        np.testing.assert_allclose(shown.xmat.reshape(3, 3), scene.X_WV.R, atol=1e-12)
    assert isinstance(scene.X_WV, Pose)
