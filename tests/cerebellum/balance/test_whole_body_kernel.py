"""The kernels of the whole-body QP equal the readable reference; what they recover obeys the equations of motion."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.balance.whole_body import FREE, Tasks, Weights, WholeBody
from linewalker.cerebellum.balance.whole_body_kernel import condense, limit_torques, pose, price, recover
from linewalker.cerebellum.body.dynamics import Dynamics
from tests.cerebellum.balance.reference_whole_body import affine_accelerations, cost, random_tasks

CONTACTS = [(1, 1), (1, 0), (0, 1)]


def maps_of(body: Dynamics) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.zeros((18, 12)), np.zeros(body.nv), np.zeros((18, 12))


def condensed(body: Dynamics, tasks: Tasks) -> tuple[tuple[np.ndarray, ...], int]:
    maps, dynamics = maps_of(body), (body.M, body.h, body.J, body.bias, body.foot_R)
    asked = (tasks.foot_acc, tasks.contact, tasks.rest_acc)
    return maps, condense(dynamics, (body.legs, body.rest), asked, maps)


@pytest.mark.parametrize("contact", [(1, 1), (1, 0), (0, 1)])
def test_kernel_equals_reference(control: WholeBody, contact: tuple[int, int]) -> None:
    body = control.dynamics
    tasks = random_tasks(body, contact, 1.0)
    D, d, JT = affine_accelerations(body, tasks)
    H, f = cost(body, tasks, Weights())
    maps = (np.zeros((18, 12)), np.zeros(body.nv), np.zeros((18, 12)))
    dynamics, indices = (body.M, body.h, body.J, body.bias, body.foot_R), (body.legs, body.rest)
    n = condense(dynamics, indices, (tasks.foot_acc, tasks.contact, tasks.rest_acc), maps)
    rows = np.concatenate((np.arange(6), body.legs.ravel()))
    assert n == 6 * sum(contact)
    np.testing.assert_allclose(maps[0][:, :n], D[rows], atol=1e-8)
    np.testing.assert_allclose(maps[1], d, atol=1e-8)
    np.testing.assert_allclose(maps[2][:, :n], JT[rows], atol=1e-10)
    priced = (np.zeros((n, n)), np.zeros(n))
    wanted = (tasks.com_acc, tasks.spin_acc, tasks.spin_price, tasks.contact)
    price(n, body.foot_R, maps, wanted, control._weights, priced)
    np.testing.assert_allclose(priced[0], H, atol=1e-8)
    np.testing.assert_allclose(priced[1], f, atol=1e-8)


@pytest.mark.parametrize("contact", CONTACTS)
def test_posing_is_condensing_and_pricing_for_the_feet_that_stand(control: WholeBody, contact: tuple[int, int]) -> None:
    body = control.dynamics
    tasks = random_tasks(body, contact, 1.0)
    tasks.max_force_n[:] = 123.0, 456.0
    problems = tuple((np.zeros((n, n)), np.zeros(n), np.full(n, FREE)) for n in (6, 12))
    dynamics = (body.M, body.h, body.J, body.bias, body.foot_R)
    asked = (tasks.foot_acc, tasks.contact, tasks.rest_acc, tasks.com_acc, tasks.spin_acc, tasks.spin_price)
    n = pose(dynamics, (body.legs, body.rest), (*asked, tasks.max_force_n), maps_of(body), control._weights, problems)
    H, f, upper = problems[n // 6 - 1]
    expected_H, expected_f = cost(body, tasks, Weights())
    np.testing.assert_allclose(H, expected_H, atol=1e-8)
    np.testing.assert_allclose(f, expected_f, atol=1e-8)
    assert upper[2::6].tolist() == [force for force, stands in zip((123.0, 456.0), contact) if stands]
    assert np.all(np.delete(upper, slice(2, None, 6)) == FREE)
    assert not problems[2 - n // 6][1].any()  # the other problem is left alone


@pytest.mark.parametrize("contact", CONTACTS)
def test_what_wrenches_bring_about_obeys_the_equations_of_motion(control: WholeBody, contact: tuple[int, int]) -> None:
    """M a + h = S tau + J^T w for any wrenches, none of which was optimised."""
    body, tasks = control.dynamics, random_tasks(control.dynamics, contact, 0.5)
    maps, n = condensed(body, tasks)
    w = np.random.default_rng(8).normal(size=n) * 20.0
    acc, tau, wrench = np.zeros(body.nv), np.zeros(len(body.joints)), np.zeros((2, 6))
    dynamics, strong = (body.M, body.h, body.J, body.bias, body.foot_R), np.full(body.nv, 1e6)
    limits = (strong, body.joints)
    exceeded = recover(w, dynamics, (body.legs, body.rest), tasks.contact, maps, limits, (acc, tau, wrench))
    assert not exceeded
    np.testing.assert_array_equal(wrench[np.array(contact) > 0].ravel(), w)
    assert not wrench[np.array(contact) == 0].any()
    drive = np.zeros(body.nv)
    drive[body.joints] = tau
    push = sum(
        body.J[k].T @ np.concatenate((body.foot_R[k] @ wrench[k, :3], body.foot_R[k] @ wrench[k, 3:])) for k in (0, 1)
    )
    np.testing.assert_allclose(body.M @ acc + body.h, drive + push, atol=1e-6)


@pytest.mark.parametrize("contact", CONTACTS)
def test_torque_rows_bound_exactly_what_is_recovered(control: WholeBody, contact: tuple[int, int]) -> None:
    """A w lies between its bounds where, and only where, the torques of the standing legs lie between theirs."""
    body, tasks = control.dynamics, random_tasks(control.dynamics, contact, 0.5)
    maps, n = condensed(body, tasks)
    feet = [k for k in (0, 1) if contact[k]]
    w = np.random.default_rng(9).normal(size=n) * 20.0
    effort = np.full(body.nv, 30.0)
    A, upper, lower = np.zeros((n, n)), np.zeros(n), np.zeros(n)
    limit_torques((body.M, body.h), body.legs, maps, tasks.contact, effort, (A, upper, lower))
    acc, tau, wrench = np.zeros(body.nv), np.zeros(len(body.joints)), np.zeros((2, 6))
    dynamics = (body.M, body.h, body.J, body.bias, body.foot_R)
    for limit in (1e6, 30.0):
        out = (acc, tau, wrench)
        limits = (np.full(body.nv, limit), body.joints)
        exceeded = recover(w, dynamics, (body.legs, body.rest), tasks.contact, maps, limits, out)
        if limit > 1e3:
            of_dof = np.zeros(body.nv)
            of_dof[body.joints] = tau
            legs = np.concatenate([of_dof[body.legs[k]] for k in feet])
            np.testing.assert_allclose(A @ w - upper, legs - 30.0, atol=1e-6)
            np.testing.assert_allclose(A @ w - lower, legs + 30.0, atol=1e-6)
        else:
            assert exceeded == bool((np.abs(legs) > 30.0).any())
            assert np.abs(tau).max() <= 30.0
