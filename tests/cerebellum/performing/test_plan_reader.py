"""A plan is read between its samples, and knows when feet leave and land."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.plan_reader import NEVER_S, PlanReader
from tests.cerebellum.performing.short_dance import short_plan


def test_rows_are_what_was_planned() -> None:
    plan, reader = short_plan(), PlanReader(short_plan())
    reader.read(1.5)
    assert reader.body[:3] == pytest.approx(plan.com[150])
    assert reader.body[11:15] == pytest.approx(plan.q[150, 3:7])
    assert reader.ways[1, 2] == pytest.approx(plan.feet_a[150, 1])
    assert reader.rest_v == pytest.approx(plan.rest_v[150])
    reader.read(1.505)
    assert reader.rest == pytest.approx(0.5 * (plan.rest[150] + plan.rest[151]))


def test_before_and_after_it_stays_at_the_ends() -> None:
    plan, reader = short_plan(), PlanReader(short_plan())
    reader.read(-5.0)
    assert reader.body[:3] == pytest.approx(plan.com[0])
    reader.read(1e3)
    assert reader.body[:3] == pytest.approx(plan.com[-1], abs=1e-3)


def test_swings_are_counted() -> None:
    plan, reader = short_plan(), PlanReader(short_plan())
    first = plan.swings[0]
    before, after = (reader.begun(first.foot, first.lift_s + off) for off in (-0.01, 0.01))
    assert (before, after) == (0, 1)
    assert reader.next_lift_s(first.foot, 0) == first.lift_s
    assert reader.next_lift_s(first.foot, 99) == NEVER_S
    assert reader.foothold(first.foot, first.land_s) == pytest.approx(first.to, abs=2e-3)
    assert reader.rests(0.1)
    assert not reader.rests(0.5 * (first.lift_s + first.land_s))
    assert np.isfinite(reader.share).all()
