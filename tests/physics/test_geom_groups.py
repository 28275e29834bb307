"""A group mask lets a ray see its groups and no other."""

from __future__ import annotations

from itertools import combinations

import mujoco
import numpy as np
import pytest

from linewalker.physics.geom_groups import GeomGroup, group_mask

PAIRS = [set(pair) for pair in combinations(GeomGroup, 2)]


@pytest.fixture(scope="module")
def shelf() -> tuple[mujoco.MjModel, mujoco.MjData]:
    """A ball of each group at a distance of its own along x."""
    spec = mujoco.MjSpec()
    for place, group in enumerate(GeomGroup):
        ball = spec.worldbody.add_geom(type=mujoco.mjtGeom.mjGEOM_SPHERE, size=[0.1, 0, 0], pos=[1.0 + place, 0, 0])
        ball.group = int(group)
    model = spec.compile()
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    return model, data


@pytest.mark.parametrize("seen", [*({group} for group in GeomGroup), *PAIRS, set(GeomGroup)])
def test_a_ray_meets_the_nearest_of_the_groups_it_sees(shelf: tuple, seen: set[GeomGroup]) -> None:
    model, data = shelf
    geom = np.array([-1], np.int32)
    distance = mujoco.mj_ray(
        model, data, np.zeros(3), np.array([1.0, 0, 0]), group_mask(*seen).ravel(), 1, -1, geom, None
    )
    nearest = min(list(GeomGroup).index(group) for group in seen)
    assert geom[0] == nearest
    assert distance == pytest.approx(nearest + 0.9)


def test_no_group_sees_nothing(shelf: tuple) -> None:
    model, data = shelf
    geom = np.array([-1], np.int32)
    assert mujoco.mj_ray(model, data, np.zeros(3), np.array([1.0, 0, 0]), group_mask().ravel(), 1, -1, geom, None) == -1


def test_a_mask_has_the_shape_that_rays_in_bundles_take() -> None:
    mask = group_mask(GeomGroup.VISUAL, GeomGroup.RAY)
    assert mask.shape == (mujoco.mjNGROUP, 1)
    assert mask.dtype == np.uint8
