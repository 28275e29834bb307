"""Rigid-body dynamics: the equations of motion hold, Jacobians are derivatives."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import log_so3
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


def moved(body: Dynamics, q: np.ndarray, v: np.ndarray, dt: float) -> np.ndarray:
    out = q.copy()
    mujoco.mj_integratePos(body.model, out, v, dt)
    return out


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


@pytest.mark.parametrize("seed", range(3))
def test_sole_jacobian_velocity_and_bias_are_derivatives(body: Dynamics, seed: int) -> None:
    q, v = random_state(body, seed)
    dt = 1e-6
    body.update(q, v)
    J, bias, speed = body.J.copy(), body.bias.copy(), body.foot_v.copy()
    p, R = body.foot_p.copy(), body.foot_R.copy()
    np.testing.assert_allclose(J @ v, speed, atol=1e-9)
    body.update(moved(body, q, v, dt), v)
    for k in (0, 1):
        turned = R[k] @ log_so3(R[k].T @ body.foot_R[k])
        np.testing.assert_allclose(np.concatenate((body.foot_p[k] - p[k], turned)) / dt, speed[k], atol=1e-4)
    np.testing.assert_allclose((body.foot_v - speed) / dt, bias, atol=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_velocity_of_the_centre_of_mass_is_its_derivative(body: Dynamics, seed: int) -> None:
    q, v = random_state(body, seed)
    body.update(q, v)
    com, com_v = body.com.copy(), body.com_v.copy()
    body.update(moved(body, q, v, 1e-6), v)
    np.testing.assert_allclose((body.com - com) / 1e-6, com_v, atol=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_momentum_is_that_of_all_links(body: Dynamics, seed: int) -> None:
    body.update(*random_state(body, seed))
    mujoco.mj_subtreeVel(body.model, body.data)
    np.testing.assert_allclose(body.com_v, body.data.subtree_linvel[1], atol=1e-9)
    np.testing.assert_allclose(body.spin, body.data.subtree_angmom[1], atol=1e-9)


def test_every_joint_is_a_leg_joint_or_another_one(body: Dynamics) -> None:
    assert sorted([*body.legs.ravel(), *body.rest]) == sorted(body.joints) == list(range(6, body.nv))
