"""What the controller knows of soles and momentum: Jacobians are derivatives, momentum is that of all links."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.body.dynamics_kernel import _shift, see_momentum
from linewalker.geometry import exp_so3, log_so3
from tests.cerebellum.body.random_state import random_state

vectors = st.tuples(*[st.floats(-2, 2)] * 3).map(np.array)


def moved(body: Dynamics, q: np.ndarray, v: np.ndarray, dt: float) -> np.ndarray:
    out = q.copy()
    mujoco.mj_integratePos(body.model, out, v, dt)
    return out


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


def test_a_free_fall_keeps_its_spin_and_falls_as_one(body: Dynamics) -> None:
    """Conservation: with no torque and no floor the centre of mass falls, and the angular momentum about it stays."""
    q, v = random_state(body, 5)
    body.update(q, v)
    before, com_v, dt = body.spin.copy(), body.com_v.copy(), 1e-5
    body.update(moved(body, q, v, dt), v + dt * np.linalg.solve(body.M, -body.h))
    np.testing.assert_allclose((body.com_v - com_v) / dt, [0, 0, -9.81], atol=2e-3)
    np.testing.assert_allclose((body.spin - before) / dt, 0.0, atol=5e-3)


@given(vectors, vectors, vectors)
def test_a_shifted_twist_has_the_velocity_of_the_rigid_body_there(
    w: np.ndarray, v: np.ndarray, lever: np.ndarray
) -> None:
    out, back = np.empty(6), np.empty(6)
    _shift(np.concatenate((w, v)), lever, out)
    np.testing.assert_allclose(out, np.concatenate((v + np.cross(w, lever), w)), atol=1e-12)
    _shift(np.concatenate((out[3:], out[:3])), -lever, back)
    np.testing.assert_allclose(back, np.concatenate((v, w)), atol=1e-12)


@given(vectors, vectors, vectors)
def test_the_momentum_of_one_rigid_body_is_that_of_the_textbook(w: np.ndarray, v: np.ndarray, c: np.ndarray) -> None:
    """A free body of mass m and inertia I about its centre, which lies at c in its frame: p = m v_c, L = R I w."""
    mass, R, p = 3.0, exp_so3([0.3, -0.5, 0.7]), np.array([0.1, 0.2, 0.3])
    x, y, z = c
    C, inertia = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]]), np.diag([0.2, 0.3, 0.4])
    M = np.block([[mass * np.eye(3), -mass * R @ C], [mass * C @ R.T, inertia - mass * C @ C]])
    com_v, spin = np.empty(3), np.empty(3)
    see_momentum(M, np.concatenate((v, w)), mass, (p, R, p + R @ c), com_v, spin)
    np.testing.assert_allclose(com_v, v + R @ np.cross(w, c), atol=1e-12)
    np.testing.assert_allclose(spin, R @ inertia @ w, atol=1e-11)
