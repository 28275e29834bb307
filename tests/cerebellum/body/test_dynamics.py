"""Rigid-body dynamics: the equations of motion hold, and every joint is known."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.limbs.profiles import PROFILES, load_profile


@pytest.fixture(params=sorted(PROFILES), scope="module")
def body(request: pytest.FixtureRequest) -> Dynamics:
    return Dynamics(load_profile(request.param))


def random_state(body: Dynamics, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    q, v = np.zeros(body.model.nq), 0.5 * rng.normal(size=body.nv)
    q[:3], q[3:7] = rng.normal(size=3), rng.normal(size=4)
    q[3:7] /= np.linalg.norm(q[3:7])
    q[7:] = 0.4 * rng.normal(size=body.nv - 6)
    return q, v


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
