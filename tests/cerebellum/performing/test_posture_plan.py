"""Postures keep soles where they stand, the centre of mass where it is to be, and joints within their limits."""

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.performing.posture_plan import PosturePlan, sole_rotation
from linewalker.geometry import rotation_x, rotation_y, rotation_z
from linewalker.limbs.model.robot_model import SOLES
from linewalker.limbs.profiles import PROFILES
from tests.cerebellum.performing.short_dance import staging


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_soles_and_centre_of_mass_come_first(robot: str) -> None:
    stage = staging(robot)
    body, model = stage.body, stage.body.model
    posture, half = PosturePlan(body), body.profile.gait.half_width_m
    feet = np.zeros((2, 6))
    feet[0, 1], feet[1, 1] = half, -half
    com, lean = np.array([0.01, 0.04]), np.array([np.cos(0.05), np.sin(0.05), 0.0, 0.0])
    rest = stage.arms.home + 0.1
    miss = posture.solve((lean, stage.pelvis_height_m + 0.2, rest), com, feet, np.ones(2), turns=30)
    assert miss < 1e-3
    data = mujoco.MjData(model)
    data.qpos[:] = posture.q
    mujoco.mj_kinematics(model, data)
    mujoco.mj_comPos(model, data)
    assert data.subtree_com[model.body(body.profile.base).id][:2] == pytest.approx(com, abs=2e-3)
    assert [data.site(sole).xpos[1] for sole in SOLES] == pytest.approx([half, -half], abs=1e-3)
    assert (posture.q[7:] > model.jnt_range[1:, 0]).all()
    assert (posture.q[7:] < model.jnt_range[1:, 1]).all()


def test_rotation_of_a_sole() -> None:
    foot = np.array([0.0, 0.0, 0.0, 0.3, 0.2, -0.1])
    assert sole_rotation(foot) == pytest.approx(rotation_z(0.3) @ rotation_y(-0.1) @ rotation_x(0.2))
