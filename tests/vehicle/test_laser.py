"""The fine meshes against the exact construction, seen by a laser line."""

import mujoco
import numpy as np
import pytest

from linewalker.physics.geom_groups import GeomGroup, group_mask
from linewalker.vehicle import add_vehicle
from linewalker.world.deviations import Displacement
from tests.vehicle.oracle import profile, section


@pytest.fixture(scope="module")
def world(sedan):
    spec = mujoco.MjSpec()
    names = add_vehicle(spec, sedan, "car", roles=("ray",))
    model = spec.compile()
    return model, mujoco.MjData(model), names


def scan(world, sedan, displacements, origin, directions):
    """Distances along rays, m; -1 where nothing is."""
    model, data, names = world
    for body in sedan.rims:
        X = displacements.get(body, Displacement()).pose_about(sedan.bodies[body].reference_m)
        row = model.body(names.bodies[body]).id
        model.body_pos[row] = X.apply(sedan.bodies[body].reference_m)
        mujoco.mju_mat2Quat(model.body_quat[row], X.R.ravel())
    mujoco.mj_kinematics(model, data)
    count = len(directions)
    hit, distance = np.zeros(count, np.int32), np.zeros(count)
    mujoco.mj_multiRay(
        model, data, origin.reshape(3, 1), directions.reshape(-1, 1), group_mask(GeomGroup.RAY), 1, -1, hit, distance,
        None, count, 1.0
    )  # fmt: skip
    return distance


@pytest.mark.parametrize("displaced", [False, True])
def test_a_laser_line_sees_the_mesh_within_15_micrometres_of_the_construction(world, sedan, skin, displaced):
    rng = np.random.default_rng(7)
    errors = []
    for name, seam in sedan.seams.items():
        clear = np.flatnonzero(seam.clear)
        for i in clear[[len(clear) // 4, (3 * len(clear)) // 4]]:
            moved = {seam.slave: Displacement(dx_mm=rng.uniform(-1, 1), dy_mm=rng.uniform(-1, 1), rz_deg=0.05)}
            moved = moved if displaced else {}
            cut = section(sedan, name, seam.point_m[i], moved)
            origin, directions = cut.rays()
            seen = scan(world, sedan, moved, origin, directions)
            exact = profile(skin, cut, origin, directions)
            across, height = cut.flat(origin + exact[:, None] * directions).T
            surface = (height > -2.2) & (np.abs(across) < 28) & (seen > 0)
            assert surface.sum() > 400, name
            error_um = (seen - exact)[surface] * 1e6
            assert np.percentile(np.abs(error_um), 95) < 25, (name, i)
            errors.append(error_um)
    error_um = np.abs(np.concatenate(errors))
    assert np.median(error_um) < 5
    assert np.percentile(error_um, 95) < 15


def test_the_floor_of_a_gap_is_12_mm_down(world, sedan):
    seam = sedan.seams["front_door_right/rear_door_right"]
    cut = section(sedan, seam.name, seam.point_m[len(seam.point_m) // 2], {})
    origin, directions = cut.rays(count=5)
    seen = scan(world, sedan, {}, origin, directions)
    depth = -cut.flat(origin + seen[:, None] * directions)[2, 1]
    assert depth == pytest.approx(12, abs=0.2)
