"""The nominal picture against the picture of the same car in the scene: same geometry, other light."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose
from linewalker.physics.contacts import WORLD_BIT
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole
from linewalker.vehicle import add_vehicle
from linewalker.vehicle.components import MISSING
from linewalker.vehicle.nominal_view import NominalPicture, NominalView
from tests.vehicle.box_car import box_car

SIZE = (160, 120)
K = Pinhole.matrix(*SIZE, 0.5)
X_VC = Pose.from_axes((0.9, 2.2, 0.5), z=(-0.15, -1.3, -0.2), y=(0, 0, -1))
OPTIONS = {"paint": "silver", "badge": "rs"}


@pytest.fixture(scope="module")
def view() -> NominalView:
    return NominalView(box_car())


def draw(view: NominalView, parts: dict[str, str] | None = None, **options: str) -> NominalPicture:
    return view.render(X_VC, K, SIZE, OPTIONS | options, parts=parts)


def test_bodies_and_depths_are_those_of_the_car_in_a_scene(view: NominalView) -> None:
    vehicle = box_car()
    spec = mujoco.MjSpec()
    spec.compiler.fusestatic = False
    names = add_vehicle(spec, vehicle, "car", contype=WORLD_BIT)
    model = spec.compile()
    for geom in names.hidden(OPTIONS):
        model.geom(geom).group[:] = int(GeomGroup.HIDDEN)
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    camera = Pinhole(X_WC=X_VC, K=K, width_px=SIZE[0], height_px=SIZE[1])
    picture = ModelView(model, (GeomGroup.VISUAL,)).take(data, camera)
    nominal = draw(view)
    seen = nominal.body_of >= 0
    assert seen.mean() > 0.3
    np.testing.assert_array_equal(seen, picture.thing_of >= 0)
    np.testing.assert_allclose(nominal.depth_m[seen], picture.depth_m[seen], rtol=1e-5)
    body = np.array([model.body(model.geom_bodyid[geom]).name for geom in picture.thing_of[seen]])
    np.testing.assert_array_equal(body, [f"car/{nominal.bodies[i]}" for i in nominal.body_of[seen]])


def test_a_hypothesis_changes_its_part_and_nothing_else(view: NominalView) -> None:
    ordered, other, gone = draw(view), draw(view, {"badge": "gt"}), draw(view, {"badge": MISSING})
    badge = ordered.mask("badge")
    assert badge.sum() > 40
    np.testing.assert_array_equal(other.mask("badge"), badge)
    assert not gone.mask("badge").any()
    near = np.zeros_like(badge)  # samples at the outline belong to both
    near[1:-1, 1:-1] = badge[1:-1, 1:-1] | badge[:-2, 1:-1] | badge[2:, 1:-1] | badge[1:-1, :-2] | badge[1:-1, 2:]
    for picture in (other, gone):
        differs = (picture.rgb.astype(int) - ordered.rgb).any(-1)
        assert differs[badge].mean() > 0.9
        assert not differs[~near].any()


def test_an_option_and_the_same_variant_as_hypothesis_give_the_same_picture(view: NominalView) -> None:
    np.testing.assert_array_equal(draw(view, badge="gt").rgb, draw(view, {"badge": "gt"}).rgb)
    np.testing.assert_array_equal(draw(view, badge="none").rgb, draw(view, {"badge": MISSING}).rgb)


def test_a_crop_is_the_crop_of_the_whole(view: NominalView) -> None:
    crop = K.copy()
    crop[:2, 2] -= 40, 30
    part = view.render(X_VC, crop, (50, 40), OPTIONS)
    np.testing.assert_array_equal(part.rgb, draw(view).rgb[30:70, 40:90])


def test_paint_is_that_of_the_order(view: NominalView) -> None:
    blue = draw(view, paint="blue")
    plate = blue.mask("front_plate")
    mean = blue.rgb[plate].mean(0)
    assert mean[2] > mean[0] + 30
