"""What touches what, and the solver under which a body at rest stays where it is."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.physics.contacts import CONTACT_SOLREF, ROBOT_BIT, SELF_BIT, WORLD_BIT, add_floor, set_physics_options
from linewalker.physics.geom_groups import GeomGroup

HALF_M = 0.1


def scene(*, contype: int, conaffinity: int, lean_rad: float = 0.0, friction: float = 0.8) -> mujoco.MjModel:
    """A box on the floor; gravity leans as if the floor were a ramp."""
    spec = mujoco.MjSpec()
    set_physics_options(spec)
    spec.option.gravity = 9.81 * np.array([np.sin(lean_rad), 0.0, -np.cos(lean_rad)])
    add_floor(spec)
    spec.geom("floor").friction[0] = friction
    body = spec.worldbody.add_body(name="box", pos=[0, 0, HALF_M])
    body.add_freejoint()
    box = body.add_geom(type=mujoco.mjtGeom.mjGEOM_BOX, size=[HALF_M] * 3, mass=5.0, condim=3)
    box.contype, box.conaffinity, box.solref, box.friction[0] = contype, conaffinity, CONTACT_SOLREF, friction
    return spec.compile()


def after(model: mujoco.MjModel, seconds: float) -> mujoco.MjData:
    data = mujoco.MjData(model)
    while data.time < seconds:
        mujoco.mj_step(model, data)
    return data


def touches(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """MuJoCo's rule for two geoms (contype, conaffinity)."""
    return bool(a[0] & b[1] or b[0] & a[1])


def test_the_robot_touches_the_world_but_neither_world_touches_itself() -> None:
    robot, world = (ROBOT_BIT, WORLD_BIT), (WORLD_BIT, ROBOT_BIT)
    assert touches(robot, world)
    assert not touches(world, world)
    assert not touches(robot, robot)
    assert len({ROBOT_BIT, WORLD_BIT, SELF_BIT}) == 3
    assert all(bit.bit_count() == 1 for bit in (ROBOT_BIT, WORLD_BIT, SELF_BIT))


def test_the_floor_carries_a_robot_and_lets_through_what_is_no_robot() -> None:
    falling = after(scene(contype=WORLD_BIT, conaffinity=ROBOT_BIT), 0.2)
    assert falling.qpos[2] == pytest.approx(HALF_M - 0.5 * 9.81 * 0.2**2, abs=3e-3)
    standing = after(scene(contype=ROBOT_BIT, conaffinity=WORLD_BIT), 0.5)
    assert standing.qpos[2] == pytest.approx(HALF_M, abs=2e-3)
    force = np.zeros(6)
    total = 0.0
    for contact in range(standing.ncon):
        mujoco.mj_contactForce(standing.model, standing, contact, force)
        total += force[0]
    assert total == pytest.approx(5.0 * 9.81, rel=0.01)  # Newton: the floor pushes back its weight


def test_a_box_on_a_ramp_does_not_creep() -> None:
    """A sixth of the grade that friction holds: in two seconds MuJoCo's own options let it slide 0.8 mm."""
    model = scene(contype=ROBOT_BIT, conaffinity=WORLD_BIT, lean_rad=0.13)
    settled = after(model, 0.5)
    start = settled.qpos[0]
    while settled.time < 2.5:
        mujoco.mj_step(model, settled)
    assert abs(settled.qpos[0] - start) < 2e-4


def test_a_box_slides_where_the_ramp_is_steeper_than_friction() -> None:
    """Coulomb: a = g (sin - mu cos)."""
    lean, friction = 0.6, 0.3
    data = after(scene(contype=ROBOT_BIT, conaffinity=WORLD_BIT, lean_rad=lean, friction=friction), 0.5)
    expected = 9.81 * (np.sin(lean) - friction * np.cos(lean))
    assert data.qvel[0] == pytest.approx(expected * data.time, rel=0.03)


def test_the_floor_is_part_of_the_hall_and_the_step_is_the_one_asked_for() -> None:
    spec = mujoco.MjSpec()
    set_physics_options(spec, timestep_s=0.0005)
    add_floor(spec)
    model = spec.compile()
    assert model.opt.timestep == 0.0005
    assert model.geom("floor").group == GeomGroup.HALL
