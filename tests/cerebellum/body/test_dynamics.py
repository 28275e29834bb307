"""Rigid-body dynamics: the equations of motion hold, and every joint is known."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import Dynamics
from tests.cerebellum.body.random_state import random_state


@pytest.mark.parametrize("seed", range(3))
def test_equations_of_motion(body: Dynamics, seed: int) -> None:
    """M a + h equals MuJoCo's own inverse dynamics, less what joint stops and dampers do."""
    q, v = random_state(body, seed)
    acc = np.random.default_rng(seed + 10).normal(size=body.nv)
    body.update(q, v)
    tau = body.M @ acc + body.h
    data = mujoco.MjData(body.model)
    data.qpos[:], data.qvel[:], data.qacc[:] = q, v, acc
    mujoco.mj_inverse(body.model, data)
    np.testing.assert_allclose(tau, data.qfrc_inverse + data.qfrc_constraint + data.qfrc_passive, atol=1e-8)


def test_every_joint_is_a_leg_joint_or_another_one(body: Dynamics) -> None:
    assert sorted([*body.legs.ravel(), *body.rest]) == sorted(body.joints) == list(range(6, body.nv))
