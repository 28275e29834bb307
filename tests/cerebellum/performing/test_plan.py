"""A plan agrees with itself: its parts are derivatives of each other and of its postures."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.curves import derivative
from linewalker.cerebellum.performing.plan import HANDOVER_S, counted_on
from tests.cerebellum.performing.short_dance import short_plan, staging


def test_postures_stand_where_the_plan_says() -> None:
    plan, body = short_plan(), staging().body
    assert plan.sole_m < 1e-3
    assert plan.outside_m < 1e-3
    for i in range(50, plan.n - 50, 97):
        body.update(plan.q[i], plan.v[i])
        assert body.com == pytest.approx(plan.com[i], abs=4e-3)
        assert body.com_v == pytest.approx(plan.com_v[i], abs=0.05)
        for k in range(2):
            if plan.carries[i, k]:
                assert body.foot_p[k] == pytest.approx(plan.feet[i, k, :3], abs=3e-3)


def test_parts_are_derivatives() -> None:
    plan = short_plan()
    assert derivative(plan.rest) == pytest.approx(plan.rest_v)
    assert derivative(plan.feet) == pytest.approx(plan.feet_v)
    assert np.abs(np.linalg.norm(plan.q[:, 3:7], axis=1) - 1.0).max() < 1e-9


def test_shares_are_of_feet_that_carry() -> None:
    plan = short_plan()
    assert plan.share.sum(axis=1) == pytest.approx(1.0)
    assert (plan.share[~plan.carries] == 0.0).all()


def test_feet_are_not_counted_on_about_a_swing() -> None:
    plan = short_plan()
    carries = counted_on(plan.swings, plan.n)
    swing = plan.swings[0]
    for time_s in (swing.lift_s - 0.6 * HANDOVER_S, swing.land_s + 0.6 * HANDOVER_S):
        assert not carries[round(100 * time_s), swing.foot]
    assert carries.any(axis=1).all()
    assert plan.duration_s == plan.n / 100.0
