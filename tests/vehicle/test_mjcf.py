import mujoco
import numpy as np
import pytest

from linewalker.physics.geom_groups import GeomGroup
from linewalker.vehicle import add_vehicle


@pytest.fixture(scope="module")
def scene(sedan):
    spec = mujoco.MjSpec()
    names = add_vehicle(spec, sedan, "car", contype=2, conaffinity=4, roles=("camera",))
    return spec.compile(), names


def test_every_panel_and_part_has_a_body_where_it_belongs(scene, sedan):
    model, names = scene
    data = mujoco.MjData(model)
    mujoco.mj_kinematics(model, data)
    assert set(names.bodies) == set(sedan.bodies)
    for name, body in names.bodies.items():
        assert data.body(body).xpos == pytest.approx(sedan.bodies[name].reference_m, abs=1e-6)


def test_parts_hang_on_their_panels(scene):
    model, names = scene
    parent = model.body(model.body(names.bodies["mirror_left"]).parentid[0]).name
    assert parent == "car/front_door_left"


def test_only_colliders_touch(scene):
    model, names = scene
    touching = {model.geom(i).name for i in range(model.ngeom) if model.geom_contype[i] or model.geom_conaffinity[i]}
    assert touching == set(names.colliders)
    for name in names.colliders:
        geom = model.geom(name)
        assert (geom.contype[0], geom.conaffinity[0], geom.group[0]) == (2, 4, int(GeomGroup.COLLIDER))


def test_geoms_stand_where_their_vertices_were_built(scene, sedan):
    model, names = scene
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    name = next(name for name in names.geoms["hood"] if "camera" in name)
    geom = model.geom(name).id
    mesh = model.geom_dataid[geom]
    start, count = model.mesh_vertadr[mesh], model.mesh_vertnum[mesh]
    placed = model.mesh_vert[start : start + count] @ data.geom_xmat[geom].reshape(3, 3).T + data.geom_xpos[geom]
    built = next(
        m for m in sedan.meshes if m.body == "hood" and m.role == "camera" and m.material == "paint"
    ).vertices_m
    assert placed.min(0) == pytest.approx(built.min(0), abs=1e-5)
    assert placed.max(0) == pytest.approx(built.max(0), abs=1e-5)


def test_hidden_geoms_are_those_of_other_values(scene, sedan):
    _, names = scene
    defaults = sedan.options.defaults()
    hidden = set(names.hidden(defaults))
    assert hidden
    for geom, (option, value) in names.conditions.items():
        assert (geom in hidden) == (defaults[option] != value)


def test_two_cars_of_a_model_share_their_meshes(sedan):
    spec = mujoco.MjSpec()
    add_vehicle(spec, sedan, "first", roles=("camera",))
    once = len(spec.meshes)
    add_vehicle(spec, sedan, "second", roles=("camera",))
    assert len(spec.meshes) == once


def test_the_paint_is_one_material(scene):
    model, names = scene
    assert np.count_nonzero(model.geom_matid == model.material(names.paint).id) > 10
