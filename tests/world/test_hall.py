"""The hall is looked at and stood on: nothing else of it is touched, and nothing of it stands where work is done."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.physics.contacts import ROBOT_BIT, WORLD_BIT
from linewalker.physics.geom_groups import GeomGroup, group_mask
from linewalker.world.floor_paint import station_floor
from linewalker.world.hall import add_hall

ZONE_LOW, ZONE_HIGH = np.array([-2.6, -2.35, 0.003]), np.array([5.4, 2.35, 3.0])
"""Where car and robot are, over the belts, which are a millimetre proud; up to the lamps. m, W."""


@pytest.fixture(scope="module")
def hall() -> tuple[mujoco.MjModel, mujoco.MjData]:
    spec = mujoco.MjSpec()
    add_hall(spec)
    model = spec.compile()
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    return model, data


def down(hall: tuple, x: float, y: float, *groups: GeomGroup) -> float:
    """How far below a height of 1 m something of these groups lies; -1: nothing."""
    geom = np.zeros(1, np.int32)
    start, direction = np.array([[x], [y], [1.0]]), np.array([[0.0], [0.0], [-1.0]])
    return float(mujoco.mj_ray(*hall, start, direction, group_mask(*groups), True, -1, geom))


def test_only_the_floor_is_touched_and_by_the_robot_alone(hall: tuple) -> None:
    model, _ = hall
    floor = model.geom("floor").id
    assert (model.geom_contype[floor], model.geom_conaffinity[floor]) == (WORLD_BIT, ROBOT_BIT)
    others = np.arange(model.ngeom) != floor
    assert others.sum() > 40
    assert not model.geom_contype[others].any()
    assert not model.geom_conaffinity[others].any()


def test_whoever_stands_stands_at_height_zero_and_the_picture_lies_there(hall: tuple) -> None:
    for x, y in ((0.3, 0.1), (-1.0, -2.2), (4.0, 2.0)):
        assert down(hall, x, y, GeomGroup.COLLIDER) == pytest.approx(1.0, abs=1e-6)
    model, data = hall
    sheet = model.geom("hall/floor")
    start, count = model.mesh_vertadr[sheet.dataid[0]], model.mesh_vertnum[sheet.dataid[0]]
    corners = model.mesh_vert[start : start + count] @ data.geom_xmat[sheet.id].reshape(3, 3).T
    corners = corners + data.geom_xpos[sheet.id]
    assert np.abs(corners[:, 2]).max() < 1e-6
    assert (corners.min(axis=0)[:2] < ZONE_LOW[:2]).all()
    assert (corners.max(axis=0)[:2] > ZONE_HIGH[:2]).all()


def test_nothing_stands_where_car_and_robot_are(hall: tuple) -> None:
    model, data = hall
    for geom in range(model.ngeom):
        if model.geom_type[geom] in (mujoco.mjtGeom.mjGEOM_BOX, mujoco.mjtGeom.mjGEOM_CYLINDER):
            centre, half = data.geom_xpos[geom], model.geom_aabb[geom][3:]
            apart = (centre + half <= ZONE_LOW) | (centre - half >= ZONE_HIGH)
            assert apart.any(), (centre, half)


def test_walls_close_the_hall_on_all_sides(hall: tuple) -> None:
    for direction in ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0)):
        for height in (0.1, 1.0, 2.4, 4.0):
            start = np.array([[1.4], [0.0], [height]])
            ray = np.array(direction, float).reshape(3, 1)
            distance = mujoco.mj_ray(*hall, start, ray, group_mask(GeomGroup.HALL), True, -1, np.zeros(1, np.int32))
            assert 0.0 < distance < 12.0, (direction, height)


def test_lamps_hang_over_the_whole_car_and_shine(hall: tuple) -> None:
    model, data = hall
    shining = [i for i in range(model.ngeom) if model.mat_emission[model.geom_matid[i]] > 5.0]
    low = min((data.geom_xpos[i] - model.geom_aabb[i][3:] for i in shining), key=lambda corner: corner[0])
    high = max((data.geom_xpos[i] + model.geom_aabb[i][3:] for i in shining), key=lambda corner: corner[0])
    assert low[0] < -0.9
    assert high[0] > 3.8
    assert min(data.geom_xpos[i][2] for i in shining) > 3.0


def test_the_paint_on_the_floor_is_the_stations(hall: tuple) -> None:
    model, _ = hall
    paint = station_floor().picture
    sizes = [(model.tex_height[i], model.tex_width[i]) for i in range(model.ntex)]
    texture = sizes.index(paint.shape[:2])
    start = model.tex_adr[texture]
    assert np.array_equal(model.tex_data[start : start + paint.size].reshape(paint.shape), paint)
