"""Scores tell what is off: a body that is elsewhere, a place that is, touchdowns that are late."""

from dataclasses import replace

import numpy as np
import pytest

from linewalker.station.dance_score import off_clip_mm, score
from linewalker.station.performance import Recording
from tests.cerebellum.performing.short_dance import BEATS_S, short_plan
from tests.station.danced import danced


def ideal(shift_m: float = 0.0, late_s: float = 0.0) -> Recording:
    """A recording of the plan itself, which drifts aside, with touchdowns so late."""
    plan, recording = short_plan(), Recording()
    for i in range(0, plan.n):
        q, t = plan.q[i].copy(), i / 100.0
        q[1] += shift_m * t
        recording.time_s.append(t)
        recording.plan_s.append(t)
        recording.q.append(q)
        air = [any(s.foot == f and s.lift_s < t < s.land_s + late_s for s in plan.swings) for f in range(2)]
        recording.force_n.append(np.where(air, 0.0, 160.0))
        recording.torque.append(np.full(29, 0.5))
    return recording


def test_the_plan_itself_is_perfect() -> None:
    floor, _ = danced()
    result = score(ideal(), short_plan(), floor.performer, BEATS_S)
    assert result.body_mm == pytest.approx((0.0, 0.0), abs=1e-6)
    assert result.place_mm == pytest.approx((0.0, 0.0), abs=1e-6)
    assert result.at_limit == 0.0
    assert result.landings_ms[2] == 4
    assert result.landings_ms[1] <= 11.0


def test_drift_and_late_touchdowns_are_seen() -> None:
    floor, _ = danced()
    result = score(ideal(shift_m=0.01, late_s=0.05), short_plan(), floor.performer, BEATS_S)
    assert result.place_mm[1] == pytest.approx(10.0 * short_plan().duration_s, rel=0.02)
    assert result.body_mm[1] == pytest.approx(0.0, abs=1e-6)
    assert result.landings_ms[0] == pytest.approx(50.0, abs=11.0)


def test_a_short_dance_keeps_the_numbers_of_a_dance() -> None:
    floor, recording = danced()
    result = score(recording, short_plan(), floor.performer, BEATS_S)
    assert result.danced_s > 5.0
    assert result.body_mm[0] < 5.0
    assert result.body_mm[1] < 15.0
    assert result.place_mm[1] < 50.0
    assert result.at_limit < 0.001
    assert result.landings_ms[1] < 25.0


def test_nothing_danced_is_no_number() -> None:
    floor, recording = danced()
    nothing = replace(recording, plan_s=[np.nan] * len(recording.plan_s))
    result = score(nothing, short_plan(), floor.performer, BEATS_S)
    assert result.danced_s == 0.0
    assert np.isnan(result.body_mm[0])


def test_a_clip_that_was_danced_exactly_is_not_off() -> None:
    floor, _ = danced()
    plan = short_plan()

    def clip(plan_s: np.ndarray) -> np.ndarray:
        out = plan.q[np.rint(plan_s * 100.0).astype(int)].copy()
        out[plan_s < 2.0] = np.nan
        return out

    assert off_clip_mm(ideal(), floor.performer, clip) == pytest.approx(0.0, abs=1e-6)
