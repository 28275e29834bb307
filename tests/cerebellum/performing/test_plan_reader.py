"""A plan is read between its samples, and knows when feet leave and land."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.plan_reader import ENTRY_M, ENTRY_S, NEVER_S, PlanReader
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
    assert np.isfinite(reader.share).all()


def test_a_plan_is_taken_up_at_rest_on_both_feet_once_a_phrase() -> None:
    plan, reader = short_plan(), PlanReader(short_plan())
    phrases = np.searchsorted(plan.timeline.phrase_s, reader.entries_s, side="right")
    assert len(phrases) > 0
    assert (np.diff(phrases) > 0).all()
    for entry_s in reader.entries_s:
        reader.read(entry_s)
        both = 0.5 * (reader.ways[0, 0, :2] + reader.ways[1, 0, :2])
        assert np.hypot(*(reader.body[:2] - both)) < ENTRY_M
        assert np.hypot(*reader.body[3:5]) / 4.5 < ENTRY_M
        assert all(not swing.lift_s - ENTRY_S < entry_s < swing.land_s for swing in plan.swings)
