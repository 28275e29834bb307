"""Whole-body control: the kernel equals its reference, the torques do what was asked, the forces are possible."""

from __future__ import annotations

import daqp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.balance.whole_body import FRICTION, Tasks, WholeBody, wrench_cone
from linewalker.cerebellum.balance.whole_body_kernel import limit_torques
from linewalker.cerebellum.body.dynamics import GRAVITY
from tests.cerebellum.balance.reference_whole_body import random_tasks


@pytest.mark.parametrize("contact", [(1, 1), (1, 0), (0, 1)])
def test_the_torques_bring_about_the_accelerations(control: WholeBody, contact: tuple[int, int]) -> None:
    """Forward dynamics under the torques and wrenches: feet and free joints accelerate as asked, the base is free."""
    body, tasks = control.dynamics, random_tasks(control.dynamics, contact, 0.3)
    tau = control.solve(tasks)
    force = sum(
        body.J[k].T @ np.concatenate((body.foot_R[k] @ control.wrench[k, :3], body.foot_R[k] @ control.wrench[k, 3:]))
        for k in (0, 1)
    )
    drive = np.zeros(body.nv)
    drive[body.joints] = tau
    acc = np.linalg.solve(body.M, drive + force - body.h)
    np.testing.assert_allclose(acc, control.acceleration, atol=1e-6)
    np.testing.assert_allclose(body.J @ acc + body.bias, tasks.foot_acc, atol=1e-6)
    np.testing.assert_allclose(acc[body.rest], tasks.rest_acc, atol=1e-6)
    assert control.failures == 0


@pytest.mark.parametrize("contact", [(1, 1), (1, 0), (0, 1)])
@pytest.mark.parametrize("scale", [0.3, 30.0])
def test_forces_are_possible_however_much_is_asked(control: WholeBody, contact: tuple[int, int], scale: float) -> None:
    tasks = random_tasks(control.dynamics, contact, scale)
    control.solve(tasks)
    slack = control.wrench @ control._cone.T
    assert slack.max() < 1e-3 * control.dynamics.mass * GRAVITY
    assert (control.wrench[np.array(contact) == 0] == 0).all()
    assert control.wrench[:, 2].max() <= tasks.max_force_n[0] + 1e-6


def test_torque_limits_count_where_they_are_exceeded_and_only_there(control: WholeBody) -> None:
    """All limits in the problem from the start give the same as those added when they are needed."""
    body, tasks = control.dynamics, random_tasks(control.dynamics, (1, 1), 0.3)
    control.solve(tasks)
    free, limits = control.wrench.copy(), control._limits[0].copy()
    try:
        for share, same in ((1e3, True), (0.05, False)):
            control._limits[0][:] = share * limits
            control.solve(tasks)
            found = control.wrench.ravel().copy()
            problem = control._problems[1]
            limit_torques((body.M, body.h), body.legs, control._maps, tasks.contact, share * limits, problem.limits)
            np.testing.assert_allclose(found, daqp.solve(*problem.limited)[0], atol=1e-6)
            assert np.allclose(found, free.ravel(), atol=1e-6) == same
    finally:
        control._limits[0][:] = limits


def test_standing_still_the_feet_carry_the_weight(control: WholeBody) -> None:
    body, tasks = control.dynamics, Tasks(len(control.dynamics.rest))
    tasks.max_force_n[:] = 1e4
    control.solve(tasks)
    total = sum(body.foot_R[k] @ control.wrench[k, :3] for k in (0, 1))
    np.testing.assert_allclose(total, [0, 0, body.mass * GRAVITY], atol=0.02 * body.mass * GRAVITY)


CORNERS = np.array([[x, y, 0.0] for x in (-0.08, 0.08) for y in (-0.03, 0.03)])


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1)), min_size=4, max_size=4))
def test_forces_at_the_corners_make_a_wrench_in_the_cone(forces: list[tuple[float, float, float]]) -> None:
    """Any sum of corner forces inside the friction pyramids is a wrench the cone allows."""
    f = np.array(forces) * [FRICTION, FRICTION, 1.0]
    f[:, :2] *= f[:, 2:]
    wrench = np.concatenate((f.sum(axis=0), np.cross(CORNERS, f).sum(axis=0)))
    assert (wrench_cone(0.08, 0.03, FRICTION) @ wrench).max() < 1e-9


@pytest.mark.parametrize(
    "wrench",
    [
        [0.6, 0, 1, 0, 0, 0],
        [0, -0.6, 1, 0, 0, 0],
        [0, 0, 1, 0.031, 0, 0],
        [0, 0, 1, 0, -0.081, 0],
        [0, 0, 1, 0, 0, 0.06],
    ],
    ids=["slips ahead", "slips aside", "tips aside", "tips back", "twists"],
)
def test_what_no_floor_can_give_is_outside_the_cone(wrench: list[float]) -> None:
    assert (wrench_cone(0.08, 0.03, FRICTION) @ np.array(wrench, float)).max() > 0


def test_a_foot_that_slides_has_less_hold_against_twisting() -> None:
    cone = wrench_cone(0.08, 0.03, FRICTION)

    def greatest_twist(fx: float) -> float:
        twists = np.linspace(0, 0.1, 1001)
        allowed = [t for t in twists if (cone @ np.array([fx, 0, 1, 0, 0, t])).max() <= 1e-9]
        return max(allowed, default=0.0)

    assert greatest_twist(0.0) == pytest.approx(FRICTION * 0.11, abs=1e-3)
    assert greatest_twist(0.4) < greatest_twist(0.2) < greatest_twist(0.0)
