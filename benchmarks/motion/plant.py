"""Robots that are not quite what their data sheet says."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.limbs.model.robot_model import robot_spec
from linewalker.limbs.profile import RobotProfile
from linewalker.physics.contacts import add_floor


def random_plant(profile: RobotProfile, seed: int) -> tuple[mujoco.MjModel, float]:
    """A floor model with mass +-10 %, friction 0.4-1.0, joint friction 0-0.3 N m; and a torque delay of 0-12 ms, s."""
    rng = np.random.default_rng(1_000_000 + seed)
    friction, joint_friction, delay_ticks = rng.uniform(0.4, 1.0), rng.uniform(0.0, 0.3), rng.integers(0, 7)
    spec = robot_spec(profile, visual=False, friction=friction, joint_friction_nm=joint_friction, self_collision=True)
    add_floor(spec)
    model = spec.compile()
    scale = rng.uniform(0.9, 1.1, model.nbody)
    model.body_mass[:] *= scale
    model.body_inertia[:] *= scale[:, None]
    mujoco.mj_setConst(model, mujoco.MjData(model))
    return model, 0.002 * int(delay_ticks)
