"""Control charts: published data give the published numbers, and each rule finds its pattern and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.quality.control_chart import control_chart, nelson_rules

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rate of ten batches."""
VISCOSITY = [33.75, 33.05, 34.0, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.2, 33.62, 33.0, 33.54, 33.12, 33.84]
"""Montgomery, Introduction to Statistical Quality Control, example 6.5: primer paint."""
ONE = st.floats(-50.0, 50.0)


def test_the_chart_of_the_e_handbook() -> None:
    chart = control_chart(FLOW)
    assert chart.mean == pytest.approx(50.81)
    assert chart.mean_range == pytest.approx(1.8778, abs=1e-4)
    assert chart.limits == pytest.approx((45.8159, 55.8041), abs=1e-3)
    assert chart.broken == {}


def test_the_chart_of_the_textbook() -> None:
    chart = control_chart(VISCOSITY)
    assert chart.mean == pytest.approx(33.52, abs=0.005)
    assert chart.mean_range == pytest.approx(0.48, abs=0.005)
    assert chart.limits == pytest.approx((32.24, 34.80), abs=0.01)
    assert chart.range_limit == pytest.approx(1.57, abs=0.01)


PATTERNS = {
    1: [0.0, 0.4, -3.1],
    2: [0.1, 1.2, 0.3, 0.8, 1.4, 0.2, 0.5, 1.1, 0.4],
    3: [-1.4, -0.8, -0.1, 0.2, 0.6, 1.3],
    4: [0.1, -0.2, 0.3, -0.1, 0.4, -0.3, 0.2, -0.2, 0.1, -0.4, 0.5, -0.1, 0.2, -0.3],
    5: [2.1, 0.3, 2.4],
    6: [1.2, 1.1, -0.3, 1.4, 1.6],
    7: [0.1, -0.4, 0.3, 0.6, -0.9, 0.2, 0.1, -0.3, -0.2, 0.8, -0.1, -0.6, 0.4, 0.7, -0.2],
    8: [1.3, -1.2, -1.5, 1.1, 1.2, -1.6, 1.4, -1.3],
}


@pytest.mark.parametrize("rule", PATTERNS)
def test_each_pattern_is_found_at_its_last_point_and_not_before(rule: int) -> None:
    pattern = PATTERNS[rule]
    found = nelson_rules(pattern, 0.0, 1.0)
    assert found[rule] == (len(pattern) - 1,)
    assert rule not in nelson_rules(pattern[:-1], 0.0, 1.0)
    assert rule in nelson_rules([-value for value in pattern], 0.0, 1.0)


@given(values=st.lists(ONE, min_size=2, max_size=60), scale=st.floats(0.01, 100.0), shift=ONE)
def test_another_unit_breaks_the_same_rules(values: list[float], scale: float, shift: float) -> None:
    z = np.round(values, 3) + 1e-4
    assert nelson_rules(z, 0.0, 7.0) == nelson_rules(scale * z + shift, shift, 7.0 * scale)


def test_values_that_do_not_differ_break_nothing() -> None:
    chart = control_chart([4.0] * 30)
    assert (chart.sigma, chart.broken, chart.limits) == (0.0, {}, (4.0, 4.0))


@pytest.mark.parametrize("values", [[], [1.0], [1.0, np.nan], [1.0, np.inf]])
def test_what_is_no_series_has_no_chart(values: list[float]) -> None:
    with pytest.raises(ValueError, match="2 numbers or more"):
        control_chart(values)
