"""Pictures of an order: the car as it was ordered, but for the part in question."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.geometry import Pose
from linewalker.rendering.pinhole import Pinhole
from linewalker.station.pictures import OrderPictures
from linewalker.vehicle.nominal_view import NominalView
from tests.vehicle.box_car import box_car

SIZE = (160, 120)
K = Pinhole.matrix(*SIZE, 0.5)
X_VC = Pose.from_axes((0.9, 2.2, 0.5), z=(-0.15, -1.3, -0.2), y=(0, 0, -1))
OPTIONS = {"paint": "silver", "badge": "rs"}


@pytest.fixture(scope="module")
def view() -> NominalView:
    return NominalView(box_car())


def pictures(view: NominalView, **options: str) -> OrderPictures:
    order = BuildOrder(sequence=1, vin="LSVAA49J132047371", model="box", options=OPTIONS | options)
    return OrderPictures(view, order)


def test_what_was_ordered_is_drawn(view: NominalView) -> None:
    drawn = pictures(view).draw(X_VC, K, SIZE, "badge", "rs")
    assert drawn.shape == (120, 160, 3)
    nominal = view.render(X_VC, K, SIZE, OPTIONS, vin="LSVAA49J132047371").rgb
    np.testing.assert_array_equal(drawn, nominal)


def test_a_hypothesis_changes_its_part_and_nothing_else(view: NominalView) -> None:
    ordered, gone = (pictures(view).draw(X_VC, K, SIZE, "badge", what) for what in ("rs", "missing"))
    changed = (ordered != gone).any(axis=2)
    badge = view.render(X_VC, K, SIZE, OPTIONS).mask("badge")
    assert 0 < changed.sum() <= 3 * badge.sum()


def test_paint_is_that_of_the_order(view: NominalView) -> None:
    one, other = (pictures(view, paint=paint).draw(X_VC, K, SIZE, "badge", "rs") for paint in ("silver", "red"))
    assert np.abs(one.astype(int) - other).mean() > 5
