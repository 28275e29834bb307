"""What touches what in every scene of ours, how hard contacts are, and the floor."""

from __future__ import annotations

import mujoco

from linewalker.physics.geom_groups import GeomGroup

ROBOT_BIT = 1
"""Contact bit of the robot; what it may touch has ``contype = WORLD_BIT`` and ``conaffinity = ROBOT_BIT``."""
WORLD_BIT = 2
SELF_BIT = 4
CONTACT_SOLREF = (0.01, 1.0)


def set_physics_options(spec: mujoco.MjSpec, *, timestep_s: float = 0.001) -> None:
    """Options under which a standing robot does not creep: elliptic cone, stiff friction, implicit joint damping.

    Sparse Jacobians give the same motion as MuJoCo's choice for so few joints, dense ones, in a seventh less time; one
    robot is one island of constraints, and not looking for more saves another twentieth.
    """
    spec.option.timestep = timestep_s
    spec.option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
    spec.option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
    spec.option.impratio = 10.0
    spec.option.jacobian = mujoco.mjtJacobian.mjJAC_SPARSE
    spec.option.disableflags |= mujoco.mjtDisableBit.mjDSBL_ISLAND


def add_floor(spec: mujoco.MjSpec) -> None:
    """A plane to stand on."""
    floor = spec.worldbody.add_geom(name="floor", type=mujoco.mjtGeom.mjGEOM_PLANE, size=[40.0, 40.0, 0.1])
    floor.group, floor.contype, floor.conaffinity, floor.condim = int(GeomGroup.HALL), WORLD_BIT, ROBOT_BIT, 3
    floor.rgba = [0.55, 0.57, 0.6, 1.0]
