"""Gap and flush without robot and CAD: known answers, either way up, and what is chosen is what is done."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linewalker.inspection.seam.bare_profiles import (
    GapAxis,
    ProfileChoices,
    ProfilesMeasurement,
    measure_profiles,
)
from linewalker.inspection.verdict import Reason, Undecided
from tests.inspection.seam.analytic_seam import AnalyticSeam, View, scan

SEAM = AnalyticSeam(gap=4.2, flush=0.7, radius_master=2.0, radius_slave=1.5)
CHOICES = ProfileChoices(radius_master_mm=2.0, radius_slave_mm=1.5)


def profiles(seam: AnalyticSeam = SEAM, count: int = 3, view: View | None = None) -> list[np.ndarray]:
    rng = np.random.default_rng(4)
    taken = [scan(seam, view or View(), rng)[0] for _ in range(count)]
    return [np.column_stack((p.x_mm, 300 - p.z_mm)) for p in taken]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("axis", [GapAxis.SURFACE, GapAxis.DISTANCE])
def test_known_answers(count: int, axis: GapAxis) -> None:
    found = measure_profiles(profiles(count=count), replace(CHOICES, axis=axis))
    assert isinstance(found, ProfilesMeasurement)
    deeper = SEAM.flush - SEAM.radius_slave + SEAM.radius_master  # of one gap point over the other
    true = SEAM.gap if axis is GapAxis.SURFACE else np.hypot(SEAM.gap, deeper)
    assert found.gap_mm == pytest.approx(true, abs=found.gap_budget.expanded_mm)
    assert found.flush_mm == pytest.approx(SEAM.flush, abs=found.flush_budget.expanded_mm)
    assert (found.used, found.taken) == (count, count)


def test_a_range_is_a_height_the_other_way() -> None:
    up, down = (measure_profiles([p * [1, way] for p in profiles()], CHOICES, upwards=way > 0) for way in (1, -1))
    assert up == down
    assert isinstance(measure_profiles(profiles(), CHOICES, upwards=False), Undecided)


def test_from_the_other_side_flush_turns_its_sign() -> None:
    seam = replace(SEAM, radius_slave=2.0)
    low, high = (measure_profiles(profiles(seam), ProfileChoices(master_at_low_x=master)) for master in (True, False))
    assert isinstance(low, ProfilesMeasurement)
    assert isinstance(high, ProfilesMeasurement)
    assert high.flush_mm == pytest.approx(-low.flush_mm, abs=0.03)


def test_the_flank_of_the_master_has_to_be_seen() -> None:
    hidden = measure_profiles(profiles(), replace(CHOICES, axis=GapAxis.EDGE))
    assert isinstance(hidden, Undecided)
    seen = measure_profiles(profiles(view=View(roll=-0.35)), replace(CHOICES, axis=GapAxis.EDGE))
    assert isinstance(seen, ProfilesMeasurement)
    assert seen.gap_mm == pytest.approx(SEAM.gap, abs=0.1)


def test_void_and_depth_are_bounds() -> None:
    hollow = [np.where(((p[:, 1] < 145) & (p[:, 1] > -1e9))[:, None] * [False, True], np.nan, p) for p in profiles()]
    assert isinstance(measure_profiles(hollow, CHOICES), ProfilesMeasurement)
    void = measure_profiles(hollow, replace(CHOICES, largest_void_mm=0.5))
    assert isinstance(void, Undecided)
    assert void.reason is Reason.TOO_FEW_POINTS
    shallow = measure_profiles(profiles(), replace(CHOICES, least_depth_mm=30.0))
    assert isinstance(shallow, Undecided)
    assert shallow.reason is Reason.NO_SEAM
